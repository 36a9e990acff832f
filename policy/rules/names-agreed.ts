import { text } from "../../tools/engine/props";
import { isUnknown, kindOf } from "../resource";
import { each, type Rule } from "../rule";
import { tagOf } from "../servers";
import type { Stack } from "../stack";

const title = ({ project, name }: Stack) => `${project}-${name}`;
const own = ({ name }: Stack) => `${name}-`;

const beginnings: Readonly<Record<string, (stack: Stack) => string>> = {
  "digitalocean:Droplet": own,
  "digitalocean:Volume": own,
  "digitalocean:Tag": (stack) => tagOf(stack),
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
    const beginning = beginnings[kindOf(type)]?.(stack);
    const agreed = beginning === undefined || isUnknown(name) || text(name).startsWith(beginning);
    return !agreed && `is called ${text(name)}, which does not begin with ${beginning}`;
  }),
};
