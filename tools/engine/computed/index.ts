import type { Made } from "../kind";
import type { Props } from "../props";
import { certRequest, locallySignedCert, selfSignedCert } from "./certificates";
import { privateKey } from "./keys";
import { random } from "./random";

type Compute = (inputs: Props) => Promise<Made>;

/** What needs no cloud: it is computed here, for real. By package, then by the last part of the type. */
export const computed: Readonly<Record<string, Readonly<Record<string, Compute>>>> = {
  tls: {
    PrivateKey: privateKey,
    CertRequest: certRequest,
    SelfSignedCert: selfSignedCert,
    LocallySignedCert: locallySignedCert,
  },
  random: Object.fromEntries(
    Object.entries(random).map(([kind, make]) => [kind, async (inputs) => make(inputs)]),
  ),
};
