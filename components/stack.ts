import { balancerHealthPath, type Node, nodes, privateZone, siteName } from "../config/derived";
import type { Settings } from "../config/schema";

/** A stack: its settings, and what follows from them and from its name. */
export interface Stack {
  readonly settings: Settings;
  readonly project: string;
  readonly stack: string;
  /** `<project>-<stack>`: start of every name that must be unique in an account. */
  readonly title: string;
  /** Start of the Sumo Logic source categories: `<project>/<stack>`. */
  readonly categoryPrefix: string;
  /** Host name of the site. */
  readonly site: string;
  /** Path the balancer checks on each web server. */
  readonly healthPath: string;
  /** Zone of the servers' private records; it belongs to this stack alone. */
  readonly privateZone: string;
  readonly nodes: readonly Node[];
  /** Whether data is protected from deletion. */
  readonly protect: boolean;
}

export function describeStack(settings: Settings, project: string, stack: string): Stack {
  return {
    settings,
    project,
    stack,
    title: `${project}-${stack}`,
    categoryPrefix: `${project}/${stack}`,
    site: siteName(settings),
    healthPath: balancerHealthPath(settings),
    privateZone: privateZone(settings, stack),
    nodes: nodes(settings, stack),
    protect: settings.environment === "production",
  };
}

/** A DigitalOcean tag: `<project>:<stack>` for the whole stack, `<project>:<stack>:<what>` for a part of it. */
export const tagName = ({ project, stack }: Stack, what?: string): string =>
  [project, stack, what].filter((part) => part !== undefined).join(":");

/** Type token of a component: `<project>:<module>:<Class>`, the same in every stack. */
export const typeToken = (module: string, className: string): string => `web-infra:${module}:${className}`;
