import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectDirectory } from "../../tools/rehearsal";
import { bringUp, verb, withCloud } from "./support";

async function plan(stack: string) {
  const { code, stdout, stderr } = await verb("plan", "--stack", stack, "--json").ended;
  expect(code, stderr).to.equal(0);
  return { stdout, plan: JSON.parse(stdout) };
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
    const stack = `test-${process.pid}`;
    const file = join(projectDirectory, `Pulumi.${stack}.yaml`);
    const notifications = "{ slack: { url: { secure: 'v1:encrypted' } } }";
    writeFileSync(file, `config:\n  web-infra:monitoring: { notifications: ${notifications} }\n`);
    try {
      const { stdout, plan: planned } = await plan(stack);
      expect(stdout).not.to.match(/v1:encrypted|#cloud-config|PRIVATE KEY/);
      const droplet = planned.resources.find(({ type }: { type: string }) => type.endsWith(":Droplet"));
      expect(droplet.inputs.userData).to.equal("[secret]");
      expect(planned.outputs.url).to.equal("https://www.foobar.com");
    } finally {
      rmSync(file);
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
