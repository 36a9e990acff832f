import { text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const agentPinned: Rule = {
  name: "agent-pinned",
  holds: "What a server fetches itself has a version and a SHA-256.",
  reason: "Whoever gets into the place it comes from would get into every server at its next boot.",
  fix: "Name a release by its version, and check its SHA-256 before it is run.",
  check: each(droplet, ({ props }) => {
    const userData = text(props.userData);
    if (isUnknown(userData)) return undefined;
    const archive = /https:\/\/[^\s"']+\.(tar\.gz|tgz|zip|deb)\b/.exec(userData)?.[0];
    if (archive === undefined) return undefined;
    if (!/\d+\.\d+\.\d+/.test(archive)) return `fetches ${archive}, which names no version`;
    return !/\b[0-9a-f]{64}\b/.test(userData) && `fetches ${archive} without checking its SHA-256`;
  }),
};
