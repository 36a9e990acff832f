import { expect } from "chai";
import type { Change } from "../../../tools/plan/changes";
import { markdown } from "../../../tools/plan/markdown";
import { finding, review } from "./support";

const change = (name: string, lines = 0): Change => ({
  operation: "replace",
  urn: `urn:pulumi:dev::web::digitalocean:index/droplet:Droplet::${name}`,
  type: "digitalocean:index/droplet:Droplet",
  name,
  protect: false,
  because: ["userData"],
  deletedFirst: false,
  properties: [{ path: `image-${name}`, before: "a", after: "b", replaces: true }],
  files: [{ path: `/etc/${name}`, lines: Array.from({ length: lines }, (_, line) => `+ line ${line}`) }],
});
const many = (count: number, lines: number) =>
  Array.from({ length: count }, (_, index) => change(`server-${index}`, lines));

describe("a plan as a comment", () => {
  it("tells what changes, what it does and which rules it breaks", () => {
    const broken = [finding({ name: "one" }), finding({ name: "other" })];
    const text = markdown(
      [
        review({
          changes: [change("server-1", 1)],
          risk: { downtime: "reduced", reasons: ["1 of 3 servers is replaced."], data: [] },
          policies: { broken, newlyBroken: [] },
          picture: "flowchart LR",
        }),
      ],
      "main (1234567)",
    );
    expect(text).to.match(/^## Plan against `main \(1234567\)`\n/);
    expect(text).to.include("- 1 of 3 servers is replaced.");
    expect(text).to.match(/^! .*server-1.*replaced because of userData$|^± /m);
    expect(text).to.match(/^\+ {4}line 0$/m);
    expect(text).to.include("one admits SSH from everywhere; other admits SSH from everywhere");
    expect(text).to.include("It is found within minutes. | Name your own addresses.");
    expect(text).to.include("```mermaid\nflowchart LR\n```");
  });

  it("says of a stack that can't be planned why, beside the others", () => {
    const faults = "The settings are not sound:\n  pools[0].count: 0";
    const text = markdown([review(), review({ stack: "prod", failed: true, notes: [faults] })], "main");
    expect(text)
      .to.match(/^\| dev \| no change \|/m)
      .and.to.match(/^\| prod \| \*\*can't be planned\*\* \|/m);
    expect(text).to.include(`<b>prod</b>: can't be planned</summary>\n\n\`\`\`\n${faults}\n\`\`\``);
  });

  it("leaves out what may be left out until it is no longer than GitHub takes", () => {
    const shortened = (changes: Change[], stacks = 1) => {
      const picture = "flowchart LR\n".repeat(1000);
      const text = markdown(Array(stacks).fill(review({ changes, picture })), "main");
      expect(text.length).to.be.at.most(65_536);
      // Whatever is folded is complete.
      expect(text.match(/<details>/g) ?? []).to.have.length((text.match(/<\/details>/g) ?? []).length);
      expect(text)
        .to.include("| Stack | Resources |")
        .and.to.match(/_Shortened, .*_$/);
      return text;
    };
    expect(shortened(many(100, 40)))
      .to.include("image-server-99")
      .and.not.to.include("line 0");
    expect(shortened(many(700, 0)))
      .to.include("server-699 ")
      .and.not.to.include("image-server-699");
    expect(shortened(many(3000, 0)))
      .to.include("<summary><b>dev</b>")
      .and.not.to.include("server-1");
    expect(shortened(many(1, 0), 400)).not.to.include("<details>");
  });

  it("takes nothing of a setting for Markdown or HTML", () => {
    const nasty = "a|b <script>\n``` `````";
    const text = markdown(
      [
        review({
          changes: [change("x")].map((one) => ({
            ...one,
            properties: [{ path: "tags", before: nasty, after: null, replaces: false }],
          })),
          policies: { broken: [finding({ message: nasty })], newlyBroken: [] },
        }),
      ],
      "`main`",
    );
    expect(text).to.include("`'main'`");
    expect(text).to.include("a\\|b &lt;script> ``` `````");
    expect(text).to.include("``````diff\n");
  });
});
