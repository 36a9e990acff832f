import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { foresee } from "../../tools/plan/foresee";
import { asJson } from "../../tools/plan/json";
import { markdown } from "../../tools/plan/markdown";
import { reviewOf } from "../../tools/plan/review";
import { planText } from "../../tools/plan/text";
import { projectDirectory } from "../../tools/shared/project";
import { bringUp, verb, withCloud } from "./support";

async function plan(stack: string) {
  const { code, stdout, stderr } = await verb("plan", "--stack", stack, "--json").ended;
  expect(code, stderr).to.equal(0);
  return { stdout, plan: JSON.parse(stdout) };
}

/** A stack's file, as long as it is used. */
async function withStackFile(text: string, use: (stack: string) => Promise<void>): Promise<void> {
  const stack = `test-${process.pid}`;
  const file = join(projectDirectory, `Pulumi.${stack}.yaml`);
  writeFileSync(file, text);
  try {
    await use(stack);
  } finally {
    rmSync(file);
  }
}

describe("npm run plan", function () {
  this.timeout(120_000);

  it("shows the very resources that a rehearsal makes", () =>
    withCloud(async (cloud) => {
      const urns = (resources: readonly { urn: string }[]) => resources.map(({ urn }) => urn).sort();
      const made = await bringUp(cloud);
      // A rehearsal lends the stack keys for Spaces, which its file leaves out: with them there are backups.
      const lent = ({ urn }: { urn: string }) => urn.includes(":database:Backups");
      expect(made.resources.some(lent)).to.equal(true);
      const own = made.resources.filter((resource) => !lent(resource));
      expect(urns((await plan("sandbox")).plan.resources)).to.deep.equal(urns(own));
    }));

  it("shows no secret, least of all what only the CLI can read", async () => {
    const notifications = "{ slack: { url: { secure: 'v1:encrypted' } } }";
    await withStackFile(
      `config:\n  web-infra:monitoring: { notifications: ${notifications} }\n`,
      async (stack) => {
        const { stdout, plan: planned } = await plan(stack);
        expect(stdout).not.to.match(/v1:encrypted|#cloud-config|PRIVATE KEY/);
        const droplet = planned.resources.find(({ type }: { type: string }) => type.endsWith(":Droplet"));
        expect(droplet.inputs.userData).to.equal("[secret]");
        expect(planned.outputs.url).to.equal("https://www.foobar.com");
      },
    );
  });

  it("shows no secret that changed, in no form", async () => {
    const version = (word: string) => {
      const notifications = {
        slack: { url: `https://hooks.slack.com/services/${word}` },
        webhook: { url: `https://example.com/${word}` },
        pagerduty: { integrationKey: word },
      };
      const values = {
        "web-infra:monitoring": JSON.stringify({ notifications }),
        "web-infra:app": JSON.stringify({ environment: { TOKEN: word } }),
      };
      return {
        directory: projectDirectory,
        config: { project: "web-infra", stack: "dev", values, secrets: [] },
      };
    };
    const words = ["5ec4e75ec4e75ec4e75ec4e75ec4e75e", "0dd5ec4e70dd5ec4e70dd5ec4e70dd5e"];
    const [before, after] = words.map(version);
    const signal = new AbortController().signal;
    const [found] = await foresee([{ ...(before && { before }), ...(after && { after }) }], {
      signal,
      onMessage: console.error,
    });
    if (!found) throw new Error("nothing is foreseen");
    const review = await reviewOf("dev", found, { before: before?.config, after: after?.config }, []);
    const changed = review.changes.map(({ type }) => type.slice(type.lastIndexOf(":") + 1));
    expect(changed).to.include.members(["Connection", "Droplet"]);
    const printed = [JSON.stringify(asJson(review)), planText(review, "main"), markdown([review], "main")];
    for (const text of printed) expect(text).not.to.match(new RegExp(words.join("|")));
  });

  it("ends with code 2 for any of the reasons that it is to fail on, and with code 1 for one that it does not know", async () => {
    const dear = "config:\n  web-infra:environment: production\n  web-infra:cost: { budgetUsd: 1 }\n";
    await withStackFile(dear, async (stack) => {
      const { code, stderr } = await verb(
        "plan",
        "--stack",
        stack,
        "--fail-on",
        "cost",
        "--fail-on",
        "policy",
      ).ended;
      expect(code).to.equal(2);
      expect(stderr)
        .to.match(/: cost: .* more than the budget of 1\.$/m)
        .and.to.match(/: policy: /);
    });
    const { code, stderr } = await verb("plan", "--fail-on", "price").ended;
    expect(code).to.equal(1);
    expect(stderr).to.include("Choose from replace-data, policy, cost.");
  });

  it("leaves nothing behind when it is interrupted", async function () {
    if (!existsSync(join(projectDirectory, ".git"))) {
      console.log("      skipped: this is no clone, there is nothing to compare with");
      this.skip();
    }
    const temporary = mkdtempSync(join(tmpdir(), "plan-test-"));
    const former = process.env.TMPDIR;
    process.env.TMPDIR = temporary;
    const { child, ended } = verb("plan", "--against", "HEAD");
    process.env.TMPDIR = former;
    if (former === undefined) delete process.env.TMPDIR;
    const left = () => readdirSync(temporary).filter((name) => name.startsWith("plan-"));
    try {
      while (left().length === 0) await delay(20);
      // As Ctrl-C does: all of the group get it.
      process.kill(-(child.pid ?? 0), "SIGINT");
      const { code, stderr } = await ended;
      expect(stderr).to.include("Stopped; nothing is left behind.");
      expect(code).to.equal(1);
      expect(left()).to.deep.equal([]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });

  it("groups by component, with counts, for people", async () => {
    const { stdout } = await verb("plan", "--stack", "prod").ended;
    expect(stdout).to.match(/^Stack prod: \d+ resources would be made in an empty account\.$/m);
    expect(stdout).to.match(/^ {2}network {2}\(Network, \d+\)$/m);
    expect(stdout).to.match(/^ {4}\+ network-vpc {2}\(digitalocean Vpc\)$/m);
    expect(stdout).to.match(/^ {4}\+ database-cluster {2}\(digitalocean DatabaseCluster\) {2}protected$/m);
    expect(stdout).to.match(/^ {5}5 {2}digitalocean Droplet$/m);
  });
});
