import { expect } from "chai";
import { validate } from "../../config/validate";
import { spacesApi } from "../../tools/engine/apis";
import { readStackConfig } from "../../tools/engine/stackfile";
import { paces } from "../../tools/rehearsal";
import { Notes } from "../../tools/restore-test/notes";
import { testSettings } from "../../tools/restore-test/settings";
import { projectDirectory } from "../../tools/shared/project";
import { withCloud } from "./support";

const source = {
  region: "ams3",
  name: "shelf",
  accessId: "id",
  secretKey: "key",
  passphrase: "p".repeat(32),
};

describe("the test of a restore", () => {
  for (const stack of ["dev", "staging"]) {
    it(`has sound settings for ${stack}, with nothing that an account has only once`, () => {
      const { values, project } = readStackConfig(projectDirectory, stack, "");
      const checked = validate(testSettings(stack, values, source), {
        project,
        stack: `${stack}-restore-test`,
      });
      if ("faults" in checked) throw new Error(JSON.stringify(checked.faults));
      const { database, dns, monitoring } = checked.settings;
      expect([dns.zone, monitoring.fields, monitoring.extractionRules]).to.deep.equal(
        Array(3).fill("existing"),
      );
      expect(database.backups.enabled).to.be.false;
      expect(database.restoreFrom).to.deep.equal({
        bucket: "shelf",
        region: "ams3",
        passphrase: source.passphrase,
        test: true,
      });
    });
  }

  it("is over with the first note that was not there before", () =>
    withCloud(async ({ spaces }) => {
      const bucket = spacesApi(spaces, paces.instant);
      const note = (name: string, content: object) =>
        bucket.call("PUT", `/shelf/restore-test/${name}.json`, JSON.stringify(content));
      await bucket.call("PUT", "/shelf");
      await note("20261120T030000Z-ok", { seconds: 1 });
      const notes = new Notes(spaces, "shelf");
      await notes.begin();
      await note("20261121T030000Z-failed", { seconds: 2, reason: "The table app.entries is not sound." });
      expect(await notes.next(1)).to.deep.equal({
        ok: false,
        seconds: 2,
        reason: "The table app.entries is not sound.",
      });
    }));
});
