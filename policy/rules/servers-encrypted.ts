import { list, object } from "../../tools/engine/props";
import { each, type Rule } from "../rule";

const encrypted = ["https", "http2"];

export const serversEncrypted: Rule = {
  name: "servers-encrypted",
  holds: "The balancer speaks TLS to the servers, or passes the visitors' through.",
  reason:
    "Plaintext behind the balancer is readable to whoever gets into the private network, and to its operator.",
  fix: "Give each forwarding rule the target protocol https or http2: tls.backend is reencrypt or passthrough.",
  check: each("digitalocean:LoadBalancer", ({ props }) => {
    const plain = list(props.forwardingRules)
      .map(object)
      .find(({ targetProtocol }) => !encrypted.includes(String(targetProtocol)));
    return plain && `speaks ${plain.targetProtocol} to the servers' port ${plain.targetPort}`;
  }),
};
