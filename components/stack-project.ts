import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import { type Stack, typeToken } from "./stack";

export interface StackProjectArgs {
  readonly stack: Stack;
  /** DigitalOcean's URNs (`do:droplet:…`) of what the project holds. */
  readonly urns: pulumi.Input<string>[];
}

/** The DigitalOcean project that shows all of a stack's resources in one place. */
export class StackProject extends pulumi.ComponentResource {
  constructor(name: string, args: StackProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("project", "StackProject"), name, {}, opts);
    const { title, site, settings } = args.stack;
    const project = new digitalocean.Project(
      name,
      {
        name: title,
        description: `${site}, by Pulumi`,
        purpose: "Web Application",
        environment: settings.environment,
        resources: args.urns,
      },
      { parent: this },
    );
    this.registerOutputs({ projectId: project.id });
  }
}
