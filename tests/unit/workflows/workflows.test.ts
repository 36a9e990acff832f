import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { rules } from "./rules";
import { ownActions, paths, read, root, source } from "./workflow";

/** One mutation of a shipped workflow that each rule has to catch. */
const mutations: Readonly<Record<keyof typeof rules, readonly [file: string, from: string, to: string]>> = {
  "actions are pinned by SHA, with the version beside it": ["ci.yml", "@3d3c42e5", "@v7 # "],
  "nothing is permitted but what a job asks for": ["ci.yml", "permissions: {}", "permissions: write-all"],
  "every job has an end": ["drift.yml", "    timeout-minutes: 5\n", ""],
  "a failure within a pipe is one": ["drift.yml", "shell: bash", "shell: sh"],
  "no credentials are left in a checkout": ["deploy.yml", "persist-credentials: false", "ref: main"],
  "no script is made of expressions": ["comment.yml", '"$RUN"', "$" + "{{ github.event.workflow_run.id }}"],
  "what may write runs no code of a pull request": ["preview.yml", "contents: read", "contents: write"],
  "no secret and no identity is within a fork's reach": [
    "preview.yml",
    "head.repo.full_name == github.repository &&",
    "head.repo.fork == true &&",
  ],
};

/** What holds for the steps of an action as for those of a job. */
const forActions: readonly (keyof typeof rules)[] = [
  "actions are pinned by SHA, with the version beside it",
  "no credentials are left in a checkout",
  "no script is made of expressions",
];

describe("workflows", () => {
  const sources = paths.map((path) => ({ name: basename(path), ...read(path) }));

  const jobsOf = (file: string) => sources.find(({ name }) => name === file)?.workflow.jobs ?? {};

  it("are what GitHub's parser takes", function () {
    this.timeout(60_000);
    const parser = join(__dirname, "parse.mts");
    const told = execFileSync(process.execPath, ["--import", "tsx", parser, ...paths], { encoding: "utf8" });
    expect(JSON.parse(told)).to.deep.equal(Object.fromEntries(paths.map((path) => [path, []])));
  });

  for (const [name, rule] of Object.entries(rules)) {
    describe(name, () => {
      if (forActions.includes(name))
        for (const one of ownActions)
          it(`in the action ${one.name}`, () => expect(rule(one)).to.deep.equal([]));

      for (const one of sources) it(`in ${one.name}`, () => expect(rule(one)).to.deep.equal([]));

      it("or it is noticed", () => {
        const [file, from, to] = mutations[name] ?? [];
        const good = sources.find((one) => one.name === file)?.text ?? "";
        const bad = good.replace(from ?? "", to ?? "");
        expect(bad).not.to.equal(good);
        expect(rule(source(bad))).not.to.deep.equal([]);
      });
    });
  }

  it("have actions of their own that notice a failure within a pipe", () => {
    for (const { name, workflow } of ownActions)
      for (const step of workflow.jobs[name]?.steps ?? [])
        if (step.run !== undefined) expect(step.shell, step.run).to.equal("bash");
  });

  it("run npm scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const called = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm (?:run (?:--silent )?)?([\w-]+)/g)].map(([, name = ""]) => name),
    );
    expect(called).to.include.members(["ci", "plan", "drill", "setup", "test", "start"]);
    expect(called.filter((name) => name !== "ci" && !(name in scripts))).to.deep.equal([]);
  });

  it("let nothing that is shown end the fence around it", () => {
    const files = ["preview.yml", "drift.yml"].map((name) => sources.find((one) => one.name === name)?.text);
    const gitlab = readFileSync(join(root, "docs/examples/gitlab-ci.yml"), "utf8");
    for (const text of [...files, gitlab]) {
      const [, script = ""] = /\bsed '([^']*~[^']*)'/.exec(text ?? "") ?? [];
      const shown = execFileSync("sed", [script], { input: "~~~~\n~~~~~~\n~~~~~~~~~~~\n", encoding: "utf8" });
      expect(shown).to.equal("~~~~\n~~~~\n~~~~\n");
    }
  });

  it("report the checks that the page on pipelines has required", () => {
    const page = readFileSync(join(root, "docs/ci.md"), "utf8").replaceAll(/\s+/g, " ");
    const tests = jobsOf("ci.yml").test?.strategy?.matrix.node?.map((node) => `\`test (${node})\``) ?? [];
    expect(page).to.include(`and the checks ${tests.join(", ")}, \`workflows\` and \`plan\`.`);
    expect(jobsOf("ci.yml")).to.include.keys("workflows");
    expect(jobsOf("preview.yml")).to.include.keys("plan");
  });

  it("use one version of the CLI, which stands where the page on upgrades says", () => {
    const [row = ""] =
      /^\| `@pulumi\/pulumi`, the CLI .*$/m.exec(readFileSync(join(root, "docs/upgrade.md"), "utf8")) ?? [];
    const places = [...row.matchAll(/`([^`]+\.(?:yml|md))`/g)].map(([, place = ""]) => place);
    const versions = places.map((place) => {
      const text = readFileSync(join(root, place), "utf8");
      return /(?:pulumi-version: |pulumi-nodejs:|npx pulumi@)([\d.]+)/.exec(text)?.[1];
    });
    expect(versions).to.have.length(4).and.not.to.include(undefined);
    expect(new Set(versions).size).to.equal(1);
    const pinned = [...sources, ...ownActions].filter(({ text }) => text.includes("pulumi-version"));
    for (const { name } of pinned) expect(row).to.include(name);
  });

  it("look at each stack that is in an account", () => {
    const shipped = ["dev", "prod", "staging"];
    expect(Object.keys(jobsOf("deploy.yml"))).to.have.members(shipped);
    expect(jobsOf("drift.yml")).to.have.nested.property("look.strategy.matrix.stack").with.members(shipped);
  });
});
