import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";

const folder = join(__dirname, "../../.github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});

describe("the workflows", () => {
  it("are found sound by actionlint, which CI brings along", function () {
    const { error, stdout } = spawnSync("actionlint", { cwd: folder, encoding: "utf8" });
    if (error) {
      console.log("    skipped: actionlint is not on the PATH");
      this.skip();
    }
    expect(stdout).to.equal("");
  });

  for (const { file, text, workflow } of workflows) {
    const jobs = Object.entries(workflow.jobs);
    const steps = jobs.flatMap(([, job]) => job.steps ?? []);

    describe(file, () => {
      it("pins every action by its commit, with the version beside it", () => {
        const used = [...text.matchAll(/uses: *(\S+)(.*)/g)].filter(([, name]) => !name?.startsWith("./"));
        for (const [line, name, rest] of used) {
          expect(name, line).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
          expect(rest, line).to.match(/^ # v\d+\.\d+\.\d+$/);
        }
      });

      it("has no more rights than to read, but where a job says so", () => {
        expect([{}, { contents: "read" }]).to.deep.include(workflow.permissions);
      });

      it("ends by itself", () => {
        for (const [name, job] of jobs) if (!job.uses) expect(job["timeout-minutes"], name).to.be.a("number");
      });

      it("has nothing that others write in the middle of a script", () => {
        for (const { run = "" } of steps) expect(run).not.to.include("${{");
      });

      it("gives a fork's code neither a secret nor the right to write", () => {
        expect(workflow.on).not.to.have.property("pull_request_target");
        if (!("pull_request" in workflow.on)) return;
        for (const [name, job] of jobs) {
          const own = job.if?.includes("github.event.pull_request.head.repo.full_name == github.repository");
          const reaches =
            JSON.stringify(job).includes("secrets.") || job.permissions?.["id-token"] === "write";
          if (reaches) expect(own, name).to.equal(true);
          const written = Object.entries(job.permissions ?? {}).filter(([, right]) => right === "write");
          expect(
            written.map(([right]) => right).filter((right) => right !== "id-token"),
            name,
          ).to.deep.equal([]);
        }
      });

      it("runs nothing of a pull request where it may write for one", () => {
        if (!("workflow_run" in workflow.on)) return;
        expect(steps.filter(({ uses }) => uses)).to.deep.equal([]);
        expect(steps.map(({ run }) => run).join("\n")).not.to.match(/\b(git|npm|npx|node|bash|sh) /);
      });
    });
  }
});
