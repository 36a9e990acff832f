import { kindOf } from "../../policy/resource";
import { list, object, text } from "../engine/props";
import { plain, type Registration } from "../engine/registration";
import type { Step } from "./compare";
import { holdsData } from "./facts";
import type { Refusal } from "./foresee";

/** What visitors may notice while a change is made. */
export type Downtime = "none" | "reduced" | "outage";

export interface Risk {
  readonly downtime: Downtime;
  /** Why, in sentences; what else there is to know before. */
  readonly reasons: readonly string[];
  /** What holds data and is deleted, or made anew without it. */
  readonly data: readonly {
    readonly name: string;
    readonly operation: "replace" | "delete";
    readonly protect: boolean;
  }[];
}

const droplet = "digitalocean:Droplet";
const balancer = "digitalocean:LoadBalancer";
const cluster = "digitalocean:DatabaseCluster";
const roles = ["web", "app", "db"] as const;

/** What the steps of a stack put at risk. */
export function riskOf(steps: readonly Step[], refusals: readonly Refusal[]): Risk {
  const found = [...servers(steps), ...sizes(steps), ...entrances(steps), ...databases(steps)];
  const data = steps.flatMap(({ operation, before }) =>
    before && holdsData(before.type) && (operation === "replace" || operation === "delete")
      ? [{ name: before.name, operation, protect: before.protect }]
      : [],
  );
  const downtime = (["outage", "reduced"] as const).find((level) =>
    found.some((one) => one.downtime === level),
  );
  return {
    downtime: downtime ?? "none",
    reasons: [...found.map(({ reason }) => reason), ...refused(steps), ...refusals.map(refusedByHook)],
    data,
  };
}

interface Cause {
  readonly downtime: Downtime;
  readonly reason: string;
}

const is = ({ before, after }: Step, kind: string): boolean => kindOf((after ?? before)?.type ?? "") === kind;
const leaves = ({ operation }: Step): boolean => operation === "replace" || operation === "delete";
const resized = ({ operation, differences }: Step): boolean =>
  operation === "update" && differences.some(({ path }) => path[0] === "size");

const serversBefore = (steps: readonly Step[]): readonly Step[] =>
  steps.filter((step) => is(step, droplet) && step.before);

function servers(steps: readonly Step[]): Cause[] {
  const gone = serversBefore(steps).filter(leaves);
  const verb = gone.every(({ operation }) => operation === "delete") ? "deleted" : "replaced";
  const first = gone.some(({ deletedFirst }) => deletedFirst)
    ? ", the old ones deleted before the new ones are made"
    : "";
  return away(steps, gone, verb, first);
}

const shrunk = (step: Step): boolean =>
  step.operation === "update" &&
  is(step, "digitalocean:Volume") &&
  Number(step.after?.inputs.size) < Number(step.before?.inputs.size);

/** Servers that are away meanwhile: a role whose servers all are is not served. */
function away(steps: readonly Step[], gone: readonly Step[], what: string, more: string): Cause[] {
  if (gone.length === 0) return [];
  const had = serversBefore(steps);
  const shares = roles.map((role) => {
    const of = (some: readonly Step[]) => some.filter(({ before }) => before && hasRole(before, role)).length;
    return { role, gone: of(gone), all: of(had) };
  });
  const touched = shares.filter((share) => share.gone > 0);
  const told = touched.map((share) => `${share.role} ${share.gone} of ${share.all}`).join(", ");
  return [
    {
      downtime: touched.some((share) => share.gone === share.all) ? "outage" : "reduced",
      reason: `${gone.length} of ${had.length} servers ${gone.length === 1 ? "is" : "are"} ${what} (${told})${more}.`,
    },
  ];
}

const hasRole = ({ inputs }: Registration, role: string): boolean =>
  list(object(plain(inputs)).tags).some((tag) => text(tag).endsWith(`:${role}`));

function sizes(steps: readonly Step[]): Cause[] {
  const off = serversBefore(steps).filter(resized);
  return away(steps, off, "powered off", " while the size changes");
}

function entrances(steps: readonly Step[]): Cause[] {
  const balancers = steps.filter((step) => is(step, balancer) && step.before);
  const urns = new Set(balancers.map(({ before }) => before?.urn));
  const namesBalancer = ({ before }: Step) => (before?.inputsFrom.value ?? []).some((urn) => urns.has(urn));
  const outage = (of: readonly Step[], what: string, then: string) =>
    of.filter(leaves).map(({ operation, before }): Cause => {
      return { downtime: "outage", reason: `The ${what} ${before?.name} is ${operation}d: ${then}.` };
    });
  return [
    ...outage(
      balancers,
      "balancer",
      "its address changes, and visitors follow the record's time to live later",
    ),
    ...outage(
      steps.filter((step) => is(step, "digitalocean:Domain")),
      "domain",
      "its names are found no more, or only once it is there anew",
    ),
    ...outage(
      steps.filter((step) => is(step, "digitalocean:DnsRecord") && namesBalancer(step)),
      "balancer's record",
      "visitors do not find the site, or only once it is there anew",
    ),
  ];
}

function databases(steps: readonly Step[]): Cause[] {
  return steps
    .filter((step) => is(step, cluster))
    .flatMap((step): Cause[] => {
      const name = step.before?.name;
      if (leaves(step))
        return [{ downtime: "outage", reason: `The database cluster ${name} is ${step.operation}d.` }];
      const moved = step.differences.some(({ path }) =>
        ["size", "version", "region"].includes(text(path[0])),
      );
      return moved
        ? [
            {
              downtime: "reduced",
              reason: `The database cluster ${name} moves to new nodes; connections break once.`,
            },
          ]
        : [];
    });
}

/** What the engine will not do, nor the provider. */
function refused(steps: readonly Step[]): string[] {
  return [
    ...steps
      .filter((step) => leaves(step) && step.before?.protect)
      .map(({ operation, before }) => `The engine refuses to ${operation} ${before?.name}: it is protected.`),
    ...steps.filter(shrunk).map(({ before, after }) => {
      const sizes = [before, after].map((one) => one?.inputs.size);
      return `DigitalOcean refuses to shrink ${before?.name} from ${sizes.join(" to ")} GiB: a volume only grows.`;
    }),
  ];
}

/** A message for a terminal, as one sentence among others. */
const refusedByHook = ({ name, reason }: Refusal): string =>
  `The program refuses to change ${name}: ${reason.trim().replace(/\s+/g, " ")}`;
