import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { UNKNOWN_SECRET } from "../config/secret";
import { listAccount } from "./account";
import { isLocal } from "./engine/apis";
import { runProgram } from "./engine/run";
import { readStackConfig } from "./engine/stackfile";
import { accessOf } from "./orphans/access";
import { findOrphans, isOwn, type Orphan } from "./orphans/find";
import { importFile, remove } from "./orphans/mend";
import { pulumi, readState } from "./orphans/state";
import { paces } from "./rehearsal";
import { command, main } from "./shared/command";
import { requireSound } from "./shared/faults";
import { projectDirectory } from "./shared/project";
import { kind } from "./shared/resources";

interface Options {
  readonly stack: string;
  readonly state?: string;
  readonly delete?: true;
  readonly import?: true;
  readonly json?: true;
  readonly yes?: true;
}

/** `npm run orphans`: what a broken-off `pulumi up` left in the accounts. */
main(
  command("orphans", "Lists what carries a stack's tag or name in the clouds and is not in its state.")
    .requiredOption("--stack <name>", "stack to look for")
    .option("--state <file>", "state as `pulumi stack export` writes it; without it the CLI is asked")
    .option("--import", "take what the program would make into the state")
    .option("--delete", "delete what carries the stack's tag or name")
    .option("--yes", "do not ask")
    .option("--json", "print one JSON object")
    .action(orphans),
);

async function orphans(options: Options): Promise<void> {
  const config = readStackConfig(projectDirectory, options.stack, UNKNOWN_SECRET);
  const plan = await runProgram({ directory: projectDirectory, config });
  requireSound(plan);
  const access = accessOf(projectDirectory, config);
  const known = readState(projectDirectory, options.stack, options.state);
  const pace = isLocal(access.digitalocean.endpoint) ? paces.instant : paces.realistic;
  const held = await listAccount(access, pace);
  const { url } = plan.outputs;
  const site = typeof url === "string" && URL.canParse(url) ? new URL(url).hostname : undefined;
  const found = findOrphans(held, { ...config, site, planned: plan.resources, known });
  console.log(options.json ? JSON.stringify({ orphans: found.map(asJson) }) : asText(options.stack, found));

  const importable = options.import ? found.filter(({ resource }) => resource) : [];
  if (importable.length > 0 && (await agreed(options, `Import ${importable.length} into the state?`))) {
    importAll(options.stack, importable);
  }
  const own = options.delete ? found.filter((one) => isOwn(one.because) && !importable.includes(one)) : [];
  if (own.length > 0 && (await agreed(options, `Delete ${own.length} for good?`))) {
    await remove(own, access, pace, ({ type, name }) => console.error(`deleted  ${name}  (${kind(type)})`));
  }
}

function asJson({ resource, owner, ...one }: Orphan) {
  return { ...one, owner: owner?.name, importAs: resource?.urn };
}

function asText(stack: string, found: readonly Orphan[]): string {
  if (found.length === 0) return `Stack ${stack}: nothing in the clouds is missing in its state.`;
  const why = {
    tag: "has the stack's tag",
    name: "has the stack's name",
    owner: "belongs to something of the stack's",
    planned: "has the name that the program would give, maybe in another stack; never deleted here",
  };
  return [
    `Stack ${stack}: ${found.length} in the clouds that its state does not know.`,
    ...found.map(({ type, name, id, because, resource }) => {
      return `  ${kind(type)} ${name} (${id}): ${why[because]}${resource ? `; --import takes it as ${resource.name}` : ""}`;
    }),
  ].join("\n");
}

async function agreed({ yes }: Options, question: string): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new Error(`${question} Say --yes where nobody can be asked.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function importAll(stack: string, found: readonly Orphan[]): void {
  const directory = mkdtempSync(join(tmpdir(), "import-"));
  try {
    const file = join(directory, "import.json");
    writeFileSync(file, JSON.stringify(importFile(found)));
    const options = [
      "--stack",
      stack,
      "--yes",
      "--protect=false",
      "--generate-code=false",
      "--non-interactive",
    ];
    console.error(pulumi(projectDirectory, "import", "--file", file, ...options));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
