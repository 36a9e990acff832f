import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { forcesReplacement } from "../../../tools/plan/facts";
import replaces from "../../../tools/plan/replaces.json";

const contract = join(__dirname, "../../../../shared/contracts/digitalocean-provider-facts.json");
const table: Readonly<Record<string, readonly string[] | undefined>> = replaces;

/** The contract is of 4.76; the version in use adds these. */
const newer: Readonly<Record<string, readonly string[]>> = {
  "digitalocean:index/loadBalancer:LoadBalancer": ["ip", "subnetUuid"],
};

describe("what replaces a resource", () => {
  it("is what the DigitalOcean provider says", function () {
    if (!existsSync(contract)) {
      console.log("      skipped: the provider's facts are not beside this clone");
      this.skip();
    }
    const { resources } = JSON.parse(readFileSync(contract, "utf8")) as {
      resources: Record<string, { replaces: string[] }>;
    };
    for (const [type, facts] of Object.entries(resources)) {
      expect(table[type], type).to.have.members([...facts.replaces, ...(newer[type] ?? [])]);
    }
    const known = Object.keys(table).filter((type) => type.startsWith("digitalocean:"));
    expect(known).to.have.members(Object.keys(resources));
  });

  it("is any input of a key or a random value, and of a certificate all that it is made from", () => {
    expect(forcesReplacement("tls:index/privateKey:PrivateKey", "algorithm")).to.equal(true);
    expect(
      forcesReplacement("tls:index/locallySignedCert:LocallySignedCert", "validityPeriodHours"),
    ).to.equal(true);
    expect(forcesReplacement("tls:index/locallySignedCert:LocallySignedCert", "earlyRenewalHours")).to.equal(
      false,
    );
    expect(forcesReplacement("random:index/randomPassword:RandomPassword", "length")).to.equal(true);
  });

  it("is known of every kind of Sumo Logic resource that the package has", () => {
    const resources = Object.keys(require("../../../packages/sumologic/resources"));
    const known = Object.keys(table).filter((type) => type.startsWith("sumologic:"));
    expect(known.map((type) => type.slice(type.lastIndexOf(":") + 1))).to.have.members(resources);
    expect(forcesReplacement("sumologic:index/folder:Folder", "parentId")).to.equal(true);
  });

  it("is not guessed of a kind that is not known", () => {
    expect(forcesReplacement("aws:s3/bucket:Bucket", "name")).to.equal(undefined);
  });
});
