import { type ConfigMap, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { settingsByKey } from "./engine/stackfile";
import { Notes } from "./restore-test/notes";
import { type Source, testSettings } from "./restore-test/settings";
import { command, main, wholeNumber } from "./shared/command";
import { projectDirectory } from "./shared/project";

interface Options {
  readonly stack: string;
  readonly minutes: number;
}

/** `npm run restore-test`: proves that a stack's backups can be restored, with a stack that lives only for that. */
main(
  command(
    "restore-test",
    "Restores a stack's newest backup into a stack of its own, looks at it, and takes that down again.",
  )
    .requiredOption("--stack <name>", "stack whose backups are tested")
    .option(
      "--minutes <number>",
      "how long the restored server may take, 1 to 1440",
      wholeNumber(1, 1440),
      60,
    )
    .action(test),
);

async function test({ stack, minutes }: Options): Promise<void> {
  const source = await LocalWorkspace.selectStack({ stackName: stack, workDir: projectDirectory });
  const config = await source.getAllConfig();
  const backups = await backupsOf(source);
  const template =
    config["digitalocean:spacesEndpoint"]?.value ?? "https://{{.Region}}.digitaloceanspaces.com";
  const endpoint = template.replace("{{.Region}}", backups.region);
  const notes = new Notes({ ...backups, endpoint }, backups.name);
  await notes.begin();

  const stackName = `${stack}-restore-test`;
  const trial = await LocalWorkspace.createOrSelectStack({ stackName, workDir: projectDirectory });
  try {
    // One that did not end in order has its volume still, which nothing is restored to.
    await trial.destroy({ onOutput });
    await trial.setAllConfig(trialConfig(config, backups, stack));
    await trial.up({ onOutput });
    const { ok, seconds, reason, tables, logHours } = await notes.next(minutes);
    if (!ok) throw new Error(`The backups of ${stack} can't be restored: ${reason}`);
    console.log(
      `The backups of ${stack} were restored in ${seconds} s: ${tables} tables of the application, all tables sound; the newest log was ${logHours} h old.`,
    );
  } finally {
    await trial.destroy({ onOutput });
    await trial.workspace.removeStack(stackName);
  }
}

async function backupsOf(stack: Stack): Promise<Source> {
  const backups: Source | undefined = (await stack.outputs()).backups?.value;
  if (backups) return backups;
  throw new Error(
    `The stack ${stack.name} has no backups of its own: its database is DigitalOcean's, or database.backups.enabled is false.`,
  );
}

/** The trial's settings, and the credentials of the stack that it is made for. */
function trialConfig(config: ConfigMap, source: Source, stack: string): ConfigMap {
  const values = Object.fromEntries(Object.entries(config).map(([key, { value }]) => [key, value]));
  const settings = settingsByKey(testSettings(stack, values, source));
  const credentials = Object.entries(config).filter(([key]) => /^(digitalocean|sumologic):/.test(key));
  return {
    ...Object.fromEntries(credentials),
    ...Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [key, { value, secret: key.endsWith(":database") }]),
    ),
  };
}

const onOutput = (text: string): boolean => process.stderr.write(text);
