import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { LocalCloud } from "local-cloud";
import { stringify } from "yaml";
import type { Held } from "../../tools/account/held";
import { accountsIn } from "../../tools/rehearsal";
import { projectDirectory } from "../../tools/shared/project";
import { bringUp, held, verb, withCloud } from "./support";

const stack = `test-${process.pid}`;
const stackFile = join(projectDirectory, `Pulumi.${stack}.yaml`);

/** A stack whose accounts are in the cloud. */
const writeStack = (cloud: LocalCloud): void =>
  writeFileSync(stackFile, stringify({ config: accountsIn(cloud) }));

/** A state that knows these things, as `pulumi stack export` would write it. */
function writeState(file: string, known: readonly Held[]): void {
  const resources = known.map(({ type, id }, index) => ({ urn: `urn:${index}`, type, id }));
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
}

const label = ({ collection, name }: Held) => `${collection} ${name}`;

describe("npm run orphans", function () {
  this.timeout(60_000);

  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "orphans-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
    rmSync(stackFile, { force: true });
  });

  it("lists what the state does not know, and deletes just that", () =>
    withCloud(async (cloud) => {
      writeStack(cloud);
      expect((await bringUp(cloud, {}, stack)).faults).to.deep.equal([]);
      const before = await held(cloud);
      const left = before.filter(({ collection, name, owner }) => {
        if (collection === "sources") return name === "metrics" && owner?.name === `${stack}-server-1`;
        return [`web-infra-${stack}-server-2`, `web-infra-${stack}: Web`].includes(name);
      });
      expect(left.map(({ collection }) => collection)).to.have.members([
        "firewalls",
        "sources",
        "dashboards",
      ]);
      const state = join(directory, "state.json");
      writeState(
        state,
        before.filter((one) => !left.includes(one)),
      );

      const listed = await verb("orphans", "--stack", stack, "--state", state, "--json").ended;
      expect(listed.code, listed.stderr).to.equal(0);
      expect(JSON.parse(listed.stdout).orphans.map(label)).to.have.members(left.map(label));

      const deleted = await verb("orphans", "--stack", stack, "--state", state, "--delete", "--yes").ended;
      expect(deleted.code, deleted.stderr).to.equal(0);
      const remaining = before.filter((one) => !left.includes(one));
      expect((await held(cloud)).map(label)).to.have.members(remaining.map(label));
    }));

  it("asks before it deletes, and does not where nobody can be asked", () =>
    withCloud(async (cloud) => {
      writeStack(cloud);
      expect((await bringUp(cloud, {}, stack)).faults).to.deep.equal([]);
      const state = join(directory, "empty.json");
      writeState(state, []);
      const { code, stderr } = await verb("orphans", "--stack", stack, "--state", state, "--delete").ended;
      expect(code).to.equal(1);
      expect(stderr).to.contain("Say --yes where nobody can be asked.");
      expect((await held(cloud)).length).to.be.greaterThan(0);
    }));
});
