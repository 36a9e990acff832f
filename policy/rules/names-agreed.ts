import { text } from "../../tools/engine/props";
import { isUnknown, kindOf } from "../resource";
import { each, type Rule } from "../rule";
import { tagOf } from "../servers";
import type { Stack } from "../stack";

/** What a name begins with, and what then parts it from the rest. */
type Beginning = readonly [own: string, separator: string];

const title = ({ project, name }: Stack): Beginning => [`${project}-${name}`, "-"];
const own = ({ name }: Stack): Beginning => [name, "-"];

const beginnings: Readonly<Record<string, (stack: Stack) => Beginning>> = {
  "digitalocean:Droplet": own,
  "digitalocean:Volume": own,
  "digitalocean:Tag": (stack) => [tagOf(stack), ":"],
  "digitalocean:Vpc": title,
  "digitalocean:LoadBalancer": title,
  "digitalocean:DatabaseCluster": title,
  "digitalocean:Firewall": title,
  "digitalocean:Project": title,
};

export const namesAgreed: Rule = {
  name: "names-agreed",
  holds: "Names in the account begin with the stack's own.",
  reason: "Stacks share an account: names tell whose a thing is, and two stacks never want the same one.",
  fix: "Call servers and volumes <stack>-…, tags <project>:<stack>…, and all else <project>-<stack>….",
  check: each(Object.keys(beginnings), ({ type, props: { name } }, _resources, stack) => {
    if (isUnknown(name)) return undefined;
    const [beginning = "", separator] = beginnings[kindOf(type)]?.(stack) ?? [];
    const agreed = text(name) === beginning || text(name).startsWith(`${beginning}${separator}`);
    return !agreed && `is called ${text(name)}, which is not ${beginning} or ${beginning}${separator}…`;
  }),
};
