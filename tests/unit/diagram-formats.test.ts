import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { mermaid } from "../../tools/diagram/mermaid";
import { pictureOf } from "../../tools/diagram/stack";
import { svg } from "../../tools/diagram/svg";
import { changing, drawn, shapeNames } from "./diagram-support";

describe("docs/images/architecture.svg", function () {
  this.timeout(60_000);

  it("is up to date; npm run diagram -- --output docs/images/architecture.svg writes it", async () => {
    const committed = readFileSync(join(__dirname, "../../docs/images/architecture.svg"), "utf8");
    const current = (await svg(await pictureOf("sandbox"))) === committed;
    const mend = "npm run diagram -- --output docs/images/architecture.svg";
    expect(current, `The program draws another picture than the committed one. Run: ${mend}\n`).to.equal(
      true,
    );
  });
});

describe("the picture's formats", function () {
  this.timeout(60_000);

  it("are the same bytes on each run, whatever the order of registration", async () => {
    const reversed = await drawn("three", (all) => [...all].reverse());
    expect(await svg(reversed)).to.equal(await svg(await drawn("three")));
    expect(mermaid(reversed)).to.equal(mermaid(await drawn("three")));
  });

  it("hold nothing from elsewhere, and mark no text as something else", async () => {
    const change = changing("Vpc", (one) => ({ ...one, inputs: { ...one.inputs, name: '<a>&"b"' } }));
    const picture = await svg(await drawn("three", change));
    expect(picture).to.include("VPC &lt;a&gt;&amp;&quot;b&quot;");
    expect(picture).to.not.match(/<script|<image|href="[^#]|url\([^#]|@import/);
    expect(mermaid(await drawn("three", change))).to.include("VPC #60;a#62;#38;#34;b#34;");
  });

  for (const shape of shapeNames) {
    it(`are well-formed Mermaid: ${shape}`, async () => {
      const [first, ...lines] = mermaid(await drawn(shape))
        .trimEnd()
        .split("\n");
      expect(first).to.equal("flowchart TB");
      const node = /^ *(n\d+)(\["[^"[\]{}|]*"\]|\{\{"[^"[\]{}|]*"\}\})$/;
      const opening = /^ *subgraph (n\d+)\["[^"[\]{}|]*"\]$/;
      const names = "n\\d+(?: & n\\d+)*";
      const link = new RegExp(`^ *(${names}) (?:---|-->|<-->|-\\.->)(?:\\|"[^"|]*"\\|)? (${names})$`);
      const declared = new Set<string>();
      let depth = 0;
      for (const line of lines) {
        const [, name] = node.exec(line) ?? opening.exec(line) ?? [];
        if (name !== undefined) declared.add(name);
        if (opening.test(line)) depth += 1;
        else if (/^ *end$/.test(line)) depth -= 1;
        else if (name === undefined) {
          const [, from = "", to = ""] = link.exec(line) ?? [];
          expect(from, line).to.not.equal("");
          for (const end of `${from} & ${to}`.split(" & ")) expect(declared.has(end), line).to.equal(true);
        }
        expect(depth, line).to.be.at.least(0);
      }
      expect(depth).to.equal(0);
    });
  }
});
