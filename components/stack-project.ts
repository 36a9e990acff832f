import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import { type Stack, typeToken } from "./stack";

export interface StackProjectArgs {
  readonly stack: Stack;
}

/** The DigitalOcean project that shows all of a stack's resources in one place. */
export class StackProject extends pulumi.ComponentResource {
  /** A balancer is put into the project as it is made: each update of it sends the project that it knows. */
  readonly projectId: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    args: StackProjectArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("project", "StackProject"), name, {}, opts);
    const { title, site, settings } = args.stack;
    const project = new digitalocean.Project(
      name,
      {
        name: title,
        description: `${site}, by Pulumi`,
        purpose: "Web Application",
        environment: settings.environment,
      },
      // What is in it is told elsewhere.
      { parent: this, ignoreChanges: ["resources"] },
    );
    this.projectId = project.id;
    this.registerOutputs({ projectId: this.projectId });
  }

  /** Puts resources into the project. @param urns DigitalOcean's URNs (`do:droplet:…`) */
  hold(urns: pulumi.Input<string>[]): void {
    new digitalocean.ProjectResources(
      `${this.name}-resources`,
      { project: this.projectId, resources: urns },
      { parent: this },
    );
  }
}
