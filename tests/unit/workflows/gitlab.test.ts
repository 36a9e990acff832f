import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "./workflow";

interface Job {
  readonly extends?: string | readonly string[];
  readonly stage?: string;
  readonly image?: string;
  readonly when?: string;
  readonly artifacts?: unknown;
  readonly needs?: readonly string[];
  readonly resource_group?: string;
  readonly environment?: unknown;
  readonly rules?: readonly unknown[];
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly script?: readonly string[];
}

const text = readFileSync(join(root, "docs/examples/gitlab-ci.yml"), "utf8");
const { stages, default: common, workflow, ...entries } = parse(text);
const templates: Readonly<Record<string, Job>> = entries;

/** A job with what it extends, as GitLab merges it. */
function whole(name: string): Job {
  const own = templates[name];
  if (!own) throw new Error(`${name} is extended and not there.`);
  return Object.assign({}, ...[own.extends ?? []].flat().map(whole), own);
}

const jobs = Object.keys(templates)
  .filter((name) => !name.startsWith("."))
  .map((name) => [name, whole(name)] as const);

describe("docs/examples/gitlab-ci.yml", () => {
  it("has jobs of stages that there are, each with rules, a script and needs that are met", () => {
    for (const [name, job] of jobs) {
      expect(stages, name).to.include(job.stage);
      expect(job.rules, name).not.to.equal(undefined);
      expect(job.script, name).not.to.equal(undefined);
      for (const needed of job.needs ?? []) {
        expect(
          jobs.map(([other]) => other),
          name,
        ).to.include(needed);
        expect(stages.indexOf(templates[needed]?.stage ?? whole(needed).stage), name).to.be.at.most(
          stages.indexOf(job.stage),
        );
      }
    }
  });

  it("runs on images of a version, within a time", () => {
    const images = [common.image, ...jobs.flatMap(([, { image }]) => image ?? [])];
    for (const image of images) expect(image).to.match(/:\d+(\.\d+)*(-\w+)?$/);
    expect(common.timeout).to.be.a("string");
    expect(workflow.rules).not.to.deep.equal([]);
  });

  it("deploys each stack by itself, one update at a time, in an environment", () => {
    const deploying = jobs.filter(([, { stage }]) => stage === "deploy");
    expect(deploying.map(([name]) => name)).to.have.members(["dev", "staging", "prod"]);
    for (const [, job] of deploying) {
      expect(job.script?.[0]).to.include('--is-ancestor HEAD "origin/$CI_DEFAULT_BRANCH"');
      expect(job.environment).to.equal("$CI_JOB_NAME");
      expect(job.resource_group).to.equal("$CI_JOB_NAME");
    }
  });

  it("writes its note where a plan or a preview failed, with what they left", () => {
    expect(whole("comment")).to.include({ when: "always" });
    for (const name of whole("comment").needs ?? [])
      expect(whole(name).artifacts, name).to.include({ when: "always" });
  });

  it("gives the token that writes to no job with the repository's code", () => {
    const writing = jobs.filter(([, job]) => JSON.stringify(job).includes("REVIEW_TOKEN"));
    expect(writing.map(([name]) => name)).to.deep.equal(["comment"]);
    for (const [, job] of writing) expect(job.variables).to.include({ GIT_STRATEGY: "none" });
  });

  it("calls npm scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const called = [...text.matchAll(/\bnpm (?:run (?:--silent )?)?([\w-]+)/g)].map(([, name = ""]) => name);
    expect(called.filter((name) => name !== "ci" && !(name in scripts))).to.deep.equal([]);
  });
});
