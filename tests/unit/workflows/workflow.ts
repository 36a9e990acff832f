import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly if?: string;
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A workflow as it is run, and as it is written. */
export interface Source {
  readonly text: string;
  readonly workflow: Workflow;
}

export const root = join(__dirname, "../../..");
const folder = join(root, ".github/workflows");
const actions = join(root, ".github/actions");

/** The project's workflows, by path. */
export const paths: readonly string[] = readdirSync(folder).map((name) => join(folder, name));

export function source(text: string): Source {
  return { text, workflow: parse(text) };
}

export const read = (path: string): Source => source(readFileSync(path, "utf8"));

/** The project's own actions, by name, their steps as those of a job. */
export const ownActions = readdirSync(actions).map((name) => {
  const text = readFileSync(join(actions, name, "action.yml"), "utf8");
  const workflow: Workflow = { on: [], jobs: { [name]: parse(text).runs } };
  return { name, text, workflow };
});
