import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import type { SourceCategory } from "../cloudinit/server";
import type { Node } from "../config/derived";
import type { Role } from "../config/schema";
import type { MonitoringAccount } from "./monitoring-account";
import { type Stack, typeToken } from "./stack";

/** Categories of what every server sends, and of what a role adds. */
const common: readonly SourceCategory[] = ["system", "metrics"];
const byRole: Readonly<Record<Role, readonly SourceCategory[]>> = {
  web: ["nginx-access", "nginx-error"],
  app: ["app"],
  db: ["database"],
};

/** The categories that a server with these roles sends. */
export const sourceCategories = (roles: readonly Role[]): SourceCategory[] => [
  ...roles.flatMap((role) => byRole[role]),
  ...common,
];

export interface MonitoringCollectorArgs {
  /** The server: its droplet name names the collector and is the host name of its sources. */
  readonly node: Node;
  readonly stack: Stack;
  /** The account whose fields are sent. */
  readonly account: MonitoringAccount;
  /**
   * Whose sources are made before this is. Sumo Logic takes four calls a second: made one server after the other,
   * the first servers are up while the last one's sources are still to come, and what the servers want of
   * DigitalOcean, which counts calls as well, is spread over all that time. @default none
   */
  readonly after?: MonitoringCollector | undefined;
}

/** One server's hosted collector in Sumo Logic, with a source for each category that the server sends. */
export class MonitoringCollector extends pulumi.ComponentResource {
  /** Where the server's agent sends each category. Whoever knows an address can write to it: secret. */
  readonly sources: pulumi.Output<Partial<Record<SourceCategory, string>>>;
  /** For what is made after the sources. */
  readonly sourceResources: pulumi.Resource[];
  /** Resolves when the sources are there. */
  private readonly made: Promise<readonly string[]>;

  constructor(name: string, args: MonitoringCollectorArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("monitoring", "MonitoringCollector"), name, {}, opts);
    const child = { parent: this };
    const { node } = args;
    const { categoryPrefix, settings } = args.stack;
    const fields = { environment: settings.environment, role: node.roles.join("-") };
    const collector = new sumologic.Collector(
      name,
      {
        // A promise, not a dependency: what depends on each other is deleted in turn as well, pair after pair.
        name: pulumi.output(args.after?.made).apply(() => node.name),
        category: categoryPrefix,
        timezone: "Etc/UTC",
        fields: args.account.fieldValues(fields),
      },
      { ...child, dependsOn: args.account.fields },
    );
    const sources = sourceCategories(node.roles).map((category) => {
      const source = new sumologic.HttpSource(
        `${name}-${category}`,
        {
          name: category,
          collectorId: collector.id.apply(Number),
          category: `${categoryPrefix}/${category.replace("-", "/")}`,
          hostName: node.name,
          contentType: "Otlp",
        },
        child,
      );
      return { category, source };
    });
    this.sourceResources = sources.map(({ source }) => source);
    const urns = pulumi.all(this.sourceResources.map(({ urn }) => urn));
    this.made = new Promise((resolve) => void urns.apply(resolve));
    const urls = sources.map(({ category, source }) => [category, source.url] as const);
    this.sources = pulumi.secret(pulumi.output(Object.fromEntries(urls)));
    this.registerOutputs({ collectorId: collector.id });
  }
}
