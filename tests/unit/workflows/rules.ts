import type { Job, Source, Step, Workflow } from "./workflow";

/** What a rule finds wrong; nothing where all is well. */
export type Rule = (source: Source) => string[];

/** What every workflow is held to, beyond what GitHub's parser knows. */
export const rules: Readonly<Record<string, Rule>> = {
  "actions are pinned by SHA, with the version beside it": ({ text }) =>
    [...text.matchAll(/^.*\buses:\s*(.*)$/gm)]
      .map(([, used = ""]) => used)
      .filter((used) => !/^(\.\/\S+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(used)),

  "nothing is permitted but what a job asks for": ({ workflow }) => [
    ...(isEmpty(workflow.permissions) ? [] : ["permissions of the workflow"]),
    ...jobs(workflow, ({ permissions }) => permissions === undefined || typeof permissions === "string"),
  ],

  "every job has an end": ({ workflow }) => jobs(workflow, (job) => job["timeout-minutes"] === undefined),

  "a failure within a pipe is one": ({ workflow }) =>
    workflow.defaults?.run?.shell === "bash" ? [] : ["defaults.run.shell"],

  "no credentials are left in a checkout": ({ workflow }) =>
    jobs(workflow, ({ steps }) =>
      steps.some((step) => isCheckout(step) && step.with?.["persist-credentials"] !== false),
    ),

  "no script is made of expressions": ({ workflow }) =>
    jobs(workflow, ({ steps }) => steps.some(({ run }) => run?.includes("${{"))),

  "what may write runs no code of a pull request": ({ workflow }) =>
    jobs(workflow, (job) => {
      const trusted = ["pull_request_target", "workflow_run"].some((event) =>
        events(workflow).includes(event),
      );
      const writes = Object.entries(job.permissions ?? {}).some(
        ([scope, right]) => right === "write" && scope !== "id-token",
      );
      const foreign = trusted || events(workflow).includes("pull_request");
      return foreign && (trusted || writes) && job.steps.some(({ uses }) => uses !== undefined);
    }),

  "no secret and no identity is within a fork's reach": ({ workflow }) =>
    events(workflow).includes("pull_request")
      ? jobs(
          workflow,
          (job) => holdsSecrets(job) && !job.if?.includes("head.repo.full_name == github.repository &&"),
        )
      : [],
};

const isCheckout = ({ uses }: Step): boolean => uses?.startsWith("actions/checkout@") === true;

const isEmpty = (value: unknown): boolean => JSON.stringify(value) === "{}";

function jobs({ jobs: all }: Workflow, wrong: (job: Job) => boolean): string[] {
  return Object.entries(all).flatMap(([name, job]) => (wrong(job) ? [`job ${name}`] : []));
}

function events({ on }: Workflow): string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on : Object.keys(on);
}

/** The job's own token is none: it can do what its permissions say. */
function holdsSecrets(job: Job): boolean {
  return /\bsecrets\b|"id-token":"write"/.test(JSON.stringify(job));
}
