import { X509Certificate } from "node:crypto";
import { text } from "../tools/engine/props";
import { isUnknown, type Resource } from "./resource";

/** When a certificate ends; undefined where that is not known (yet). */
export function endOf({ props }: Resource): Date | undefined {
  const stated = [props.notAfter, props.validityEndTime].find((end) => !isUnknown(end) && text(end) !== "");
  const end = stated === undefined ? endOfPem(text(props.leafCertificate)) : new Date(text(stated));
  return end !== undefined && Number.isFinite(end.getTime()) ? end : undefined;
}

/** The provider keeps but a hash of the PEM text in its state. */
function endOfPem(pem: string): Date | undefined {
  return pem.startsWith("-----BEGIN CERTIFICATE") ? new Date(new X509Certificate(pem).validTo) : undefined;
}
