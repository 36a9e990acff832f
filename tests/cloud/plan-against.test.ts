import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { Review } from "../../tools/plan/review";
import { planStacks } from "../../tools/plan/stacks";
import { projectDirectory } from "../../tools/shared/project";

const program = `
import * as digitalocean from "@pulumi/digitalocean";
import { Config, RunError } from "@pulumi/pulumi";
const ipRange = new Config().require("ipRange");
if (ipRange === "none") throw new RunError("toy:ipRange is no range.");
new digitalocean.Vpc("vpc", { name: "toy", region: "nyc3", ipRange });
`;
const settings = (ipRange: string) => `config:\n  toy:ipRange: ${ipRange}\n`;
const files = {
  "Pulumi.yaml": "name: toy\nruntime: nodejs\n",
  "Pulumi.dev.yaml": settings("10.1.0.0/20"),
  "package.json": '{ "main": "index.ts" }',
  "index.ts": program,
};

/** A project of its own in a git repository, in a directory for temporary files that nothing else uses. */
class Toy {
  readonly temporary = mkdtempSync(join(tmpdir(), "plan-test-"));
  readonly directory = join(this.temporary, "toy");
  readonly said: string[] = [];

  constructor() {
    mkdirSync(this.directory);
    this.git("init", "--quiet", "--initial-branch=main");
    this.write({ ".gitignore": "node_modules" });
    symlinkSync(join(projectDirectory, "node_modules"), join(this.directory, "node_modules"));
  }

  /** Commits the files, those that are undefined as deleted. */
  commit(written: Readonly<Record<string, string | undefined>>): this {
    this.write(written);
    this.git("add", "--all");
    this.git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message=toy");
    return this;
  }

  write(written: Readonly<Record<string, string | undefined>>): this {
    for (const [name, text] of Object.entries(written)) {
      if (text === undefined) rmSync(join(this.directory, name));
      else writeFileSync(join(this.directory, name), text);
    }
    return this;
  }

  async plan(against: string, stack = "dev", signal?: AbortSignal): Promise<Review> {
    return (await this.plans(against, [stack], signal))[0] as Review;
  }

  async plans(
    against: string,
    stacks: readonly string[] | "all",
    signal = new AbortController().signal,
  ): Promise<readonly Review[]> {
    const { directory } = this;
    const log = (line: string) => this.said.push(line);
    return (await planStacks({ directory, stacks, against, signal, log })).reviews;
  }

  status(): string {
    return this.git("status", "--porcelain");
  }

  private git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.directory, encoding: "utf8" });
  }
}

describe("a plan against a git ref", function () {
  this.timeout(60_000);
  let toy: Toy;
  let former: string | undefined;
  beforeEach(() => {
    toy = new Toy().commit(files);
    former = process.env.TMPDIR;
    process.env.TMPDIR = toy.temporary;
  });
  afterEach(() => {
    const left = readdirSync(toy.temporary).filter((name) => name.startsWith("plan-"));
    if (former === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = former;
    rmSync(toy.temporary, { recursive: true });
    expect(left, "left behind").to.deep.equal([]);
  });

  it("compares what is in the work tree, committed or not, and leaves that as it is", async () => {
    toy.write({ "Pulumi.dev.yaml": settings("10.2.0.0/20") });
    const before = toy.status();
    const { changes } = await toy.plan("main");
    expect(changes.map(({ operation, name, because }) => [operation, name, ...because])).to.deep.equal([
      ["replace", "vpc", "ipRange"],
    ]);
    expect(toy.status()).to.equal(before);
  });

  it("says what there is to do where the ref is not there", async () => {
    const error = await toy.plan("nowhere").catch(({ message }: Error) => message);
    expect(error).to.match(/^There is no nowhere in this repository.*git fetch origin nowhere\.$/);
  });

  it("takes a stack for new where the ref had another layout, or none of it", async () => {
    toy.commit({ "Pulumi.yaml": undefined }).write(files);
    const { changes, notes } = await toy.plan("main");
    expect(changes.map(({ operation }) => operation)).to.deep.equal(["create"]);
    expect(notes).to.have.length(1);
    expect(notes[0]).to.match(/^The stack is new: main \(\w{7}\) does not have it\.$/);
  });

  it("goes on where the ref does not run, and says why it does not", async () => {
    for (const broken of [{ "Pulumi.dev.yaml": settings("none") }, { "index.ts": undefined }]) {
      const { changes, notes } = await toy.commit(broken).write(files).plan("main");
      expect(changes.map(({ operation }) => operation)).to.deep.equal(["create"]);
      expect(notes[0]).to.match(
        /does not run with its settings of this stack.*It says: .*(no range|Cannot find)/,
      );
    }
  });

  it("goes on with the other stacks where the work tree does not run with one", async () => {
    toy.write({ "Pulumi.dev.yaml": settings("none"), "Pulumi.prod.yaml": settings("10.3.0.0/20") });
    const [dev, prod] = await toy.plans("main", "all");
    expect(dev).to.deep.include({ stack: "dev", failed: true, notes: ["toy:ipRange is no range."] });
    expect(prod).to.deep.include({ stack: "prod", failed: false });
    expect(prod?.operations.create).to.equal(1);
  });

  it("tells which packages are others", async () => {
    const lock = (version: string) => ({
      "package-lock.json": JSON.stringify({
        packages: { "": { dependencies: { x: version } }, "node_modules/x": { version } },
      }),
    });
    const { notes } = await toy.commit(lock("1.0.0")).write(lock("1.1.0")).plan("main");
    expect(notes.join()).to.match(/^Both versions .*There: x 1\.0\.0, here 1\.1\.0\.$/);
  });

  it("fails where a stack's file can't be read", async () => {
    toy.write({ "Pulumi.dev.yaml": "config: [" });
    expect(await toy.plan("main").catch(({ message }: Error) => message)).to.match(
      /^Pulumi\.dev\.yaml can't be read/,
    );
  });

  it("shows what is deleted where the stack's file is gone", async () => {
    toy.commit({ "Pulumi.old.yaml": settings("10.9.0.0/20") }).write({ "Pulumi.old.yaml": undefined });
    const { changes, notes } = await toy.plan("main", "old");
    expect(changes.map(({ operation }) => operation)).to.deep.equal(["delete"]);
    expect(notes[0]).to.match(/pulumi destroy/);
  });

  it("ends at once when it is interrupted, wherever it is", async () => {
    for (const milliseconds of [0, 50, 300, 900]) {
      const controller = new AbortController();
      const planned = toy.plan("main", "dev", controller.signal).then(
        () => "done",
        () => "stopped",
      );
      await delay(milliseconds);
      controller.abort();
      expect(await planned).to.be.oneOf(["done", "stopped"]);
    }
  });
});
