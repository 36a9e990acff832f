import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import { type Stack, typeToken } from "./stack";

/** Fields of everything the servers send. An account has each of them only once, for all stacks. */
const sentFields = ["environment", "role"] as const;
type FieldValues = Record<(typeof sentFields)[number], string>;

/** Fields that the extraction rule takes out of the access log; undeclared, they would outlive the stack. */
const extractedFields = ["status", "duration"] as const;

export interface MonitoringAccountArgs {
  readonly stack: Stack;
}

/** What the Sumo Logic account holds for all servers together: fields, extraction rules, folders. */
export class MonitoringAccount extends pulumi.ComponentResource {
  /** What sends fields depends on this: undeclared fields are dropped. */
  readonly fields: pulumi.Resource[];
  /** Folder of the stack's monitors. */
  readonly monitorFolderId: pulumi.Output<string>;
  /** Folder of the stack's dashboards; undefined where none are wanted. */
  readonly dashboardFolderId: pulumi.Output<string> | undefined;

  constructor(
    private readonly name: string,
    private readonly args: MonitoringAccountArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("monitoring", "MonitoringAccount"), name, {}, opts);
    const { settings, title, project } = args.stack;
    const { monitoring } = settings;

    this.fields =
      monitoring.fields === "create"
        ? [...sentFields, ...extractedFields].map(
            (fieldName) =>
              new sumologic.Field(
                `${name}-field-${fieldName}`,
                { fieldName, dataType: "String", state: "Enabled" },
                { parent: this },
              ),
          )
        : [];
    if (monitoring.extractionRules === "create") {
      new sumologic.FieldExtractionRule(
        `${name}-rule-access`,
        {
          name: `${project}-nginx-access`,
          scope: `_sourceCategory=${project}/*/nginx/access`,
          parseExpression: `json ${extractedFields.map((field) => `"${field}"`).join(", ")} nodrop`,
          enabled: true,
        },
        { parent: this, dependsOn: this.fields },
      );
    }

    const monitorFolder = new sumologic.MonitorFolder(
      `${name}-monitors`,
      { name: title, description: `Monitors of ${title}` },
      { parent: this },
    );
    this.monitorFolderId = monitorFolder.id;
    this.dashboardFolderId = this.dashboardFolder(monitorFolder);
    this.registerOutputs({ monitorFolderId: this.monitorFolderId });
  }

  /** The values as a collector may send them: none where the account has no fields. */
  fieldValues(values: FieldValues): Partial<FieldValues> {
    return this.args.stack.settings.monitoring.fields === "none" ? {} : values;
  }

  private dashboardFolder(known: pulumi.Resource): pulumi.Output<string> | undefined {
    const { settings, title } = this.args.stack;
    const { folder, folderId, parentFolderId } = settings.monitoring;
    if (folder === "none") return undefined;
    if (folder === "existing" && folderId !== undefined) return pulumi.output(folderId);
    return new sumologic.Folder(
      `${this.name}-dashboards`,
      {
        name: title,
        description: `Dashboards of ${title}`,
        // A first preview asks nobody: the look-up waits for a resource that is not there yet.
        parentId:
          parentFolderId ?? sumologic.getPersonalFolderOutput({}, { parent: this, dependsOn: known }).id,
      },
      { parent: this },
    ).id;
  }
}
