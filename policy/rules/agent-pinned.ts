import { unpacked } from "../../cloudinit/bundle";
import { text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const agentPinned: Rule = {
  name: "agent-pinned",
  holds: "What a server fetches itself has a SHA-256, and its agent a version.",
  reason: "Whoever gets into the place it comes from would get into every server at its next boot.",
  fix: "Name a release by its version, and check its SHA-256 in the script that fetches it. Where the engine keeps but a hash of the user-data, npm run plan checks it.",
  check: each(droplet, ({ props: { userData } }) => {
    if (isUnknown(userData)) return undefined;
    for (const [path, { content }] of unpacked(text(userData))) {
      const urls = fetched.flatMap((pattern) => [...content.matchAll(pattern)].map(([, url = ""]) => url));
      const unversioned = urls.find((url) => path.includes("agent") && !version.test(url));
      if (unversioned !== undefined) return `fetches ${unversioned}, which names no version`;
      if (urls.length > 0 && !sha256.test(content)) return `fetches ${urls[0]} without checking its SHA-256`;
    }
    return undefined;
  }),
};

/** Archives, wherever they stand, and what a script gets from elsewhere. */
const fetched = [
  /(https:\/\/[^\s"']+\.(?:tar\.gz|tgz|zip|deb))\b/g,
  /\b(?:curl|wget)\b(?:\\\n|.)*?(https:\/\/(?!localhost\b)[^\s"']+)/g,
];

const version = /\d+\.\d+\.\d+/;
const sha256 = /\b[0-9a-f]{64}\b/;
