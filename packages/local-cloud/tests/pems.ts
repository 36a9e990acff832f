import { Clock } from "../core/clock";
import { Store } from "../core/store";
import { Authority } from "../digitalocean/authority";

/** A certificate for these names from an authority of its own, all PEM. */
export async function pems(...dnsNames: string[]) {
  const authority = new Authority(new Store(), new Clock(), "Test");
  const { certificate, privateKey } = await authority.issue(dnsNames);
  return { leaf: certificate, privateKey, chain: (await authority.root()).certificate };
}
