import { unpacked } from "../../cloudinit/bundle";
import { text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const userDataSecret: Rule = {
  name: "user-data-secret",
  holds: "User-data that carries keys or passwords is marked secret.",
  reason: "What is not marked stands readable in the state, in previews and in the logs of CI.",
  fix: "Wrap it with pulumi.secret. CrossGuard is not told what is secret: npm run plan checks it.",
  check: each(droplet, ({ props: { userData }, secrets }) => {
    if (secrets === undefined || secrets.includes("userData") || isUnknown(userData)) return undefined;
    const closed = [...unpacked(text(userData))].find(([, { isOpen }]) => !isOpen);
    return closed && `has what root alone may read (${closed[0]}) in plain user-data`;
  }),
};
