import { expect } from "chai";
import { type Exemption, isExpired, readExemptions } from "../../../policy/exemptions";
import { facts, set } from "./changes";
import { found, now, shippedStack } from "./support";

const one: Exemption = {
  rule: "image-allowed",
  stack: "prod",
  resource: "web-1-droplet",
  reason: "The new image is tried on one server.",
  expires: "2026-06-30",
};

describe("an exemption", () => {
  const withImage = set("digitalocean:Droplet", { image: "debian-13-x64" });
  const findings = async (...exemptions: Exemption[]) => {
    const tried = withImage(await shippedStack("prod", "known"));
    return found("image-allowed", facts({ exemptions })(tried)).map(({ name }) => name);
  };
  const others = ["web-2-droplet", "app-1-droplet", "app-2-droplet", "app-3-droplet"];

  it("is of one resource", async () => {
    expect(await findings()).to.have.members(["web-1-droplet", ...others]);
    expect(await findings(one)).to.have.members(others);
  });

  it("is of the whole stack where no resource is named", async () => {
    const { resource: _, ...all } = one;
    expect(await findings(all)).to.deep.equal([]);
  });

  it("is of one rule", async () => {
    expect(await findings({ ...one, rule: "tagged" })).to.have.length(5);
  });

  it("holds on its last day, and no longer", async () => {
    expect(isExpired({ ...one, expires: "2026-06-01" }, new Date("2026-06-01T23:59:59Z"))).to.equal(false);
    expect(isExpired({ ...one, expires: "2026-06-01" }, new Date("2026-06-02T00:00:00Z"))).to.equal(true);
    expect(isExpired(one, now)).to.equal(false);
    expect(await findings({ ...one, expires: "2026-05-31" })).to.have.length(5);
  });
});

describe("the file of the exemptions", () => {
  const read = (text: string) => () => readExemptions(["tagged", "in-vpc"], text);
  const entry = (changes: string) => `- { rule: tagged, stack: dev, ${changes} }`;

  it("may be empty", () => {
    expect(read("")()).to.deep.equal([]);
    expect(read("[]")()).to.deep.equal([]);
  });

  it("is taken as it is", () => {
    expect(read(entry("reason: Until the move is over., expires: 2027-01-31"))()).to.deep.equal([
      { rule: "tagged", stack: "dev", reason: "Until the move is over.", expires: "2027-01-31" },
    ]);
  });

  const refused: Record<string, [string, RegExp]> = {
    "no reason": [entry("expires: 2027-01-31"), /exemptions\.0\.reason: /],
    "a reason of one word": [entry("reason: because, expires: 2027-01-31"), /0\.reason: must say why/],
    "no last day": [entry("reason: Until the move is over."), /exemptions\.0\.expires: /],
    "a last day that is none": [entry("reason: Until the move is over., expires: soon"), /must be a day/],
    "a rule that there is not": ["- { rule: tags, stack: dev }", /0\.rule: must be one of tagged, in-vpc/],
    "a word of its own": [entry("until: 2027-01-31"), /exemptions\.0: .*until/],
  };
  for (const [what, [text, message]] of Object.entries(refused)) {
    it(`is refused with ${what}`, () => expect(read(text)).to.throw(Error, message));
  }
});
