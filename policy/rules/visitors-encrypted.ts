import { list, object } from "../../tools/engine/props";
import { each, type Rule } from "../rule";

const encrypted = ["https", "http2", "http3"];

export const visitorsEncrypted: Rule = {
  name: "visitors-encrypted",
  holds: "The balancer takes nothing from visitors but TLS.",
  reason:
    "Whoever is on the way could read and change what is sent in plain, passwords and cookies included.",
  fix: "Give each forwarding rule the entry protocol https, http2 or http3.",
  check: each("digitalocean:LoadBalancer", ({ props }) => {
    const plain = list(props.forwardingRules)
      .map(object)
      .find(
        ({ entryProtocol, tlsPassthrough }) => !encrypted.includes(String(entryProtocol)) && !tlsPassthrough,
      );
    return plain && `takes ${plain.entryProtocol} from visitors on port ${plain.entryPort}`;
  }),
};
