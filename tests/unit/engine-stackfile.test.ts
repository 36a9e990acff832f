import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readStackConfig } from "../../tools/engine/stackfile";

const stackFile = `
config:
  web:region: nyc3
  web:count: 3
  web:debug: true
  web:pools:
    - name: a
      secrets: [{ secure: v1:abc }]
  web:key:
    secure: v1:def
  short: yes
  digitalocean:token: plain
`;

describe("Engine: a stack's file", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "stackfile-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: web\nruntime: nodejs\n");
    writeFileSync(join(directory, "Pulumi.dev.yaml"), stackFile);
    writeFileSync(join(directory, "Pulumi.empty.yaml"), "");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("is read as the SDK takes it: text by namespace, lists as JSON", () => {
    const { project, values } = readStackConfig(directory, "dev", "[secret]");
    expect(project).to.equal("web");
    expect(values).to.deep.equal({
      "web:region": "nyc3",
      "web:count": "3",
      "web:debug": "true",
      "web:pools": '[{"name":"a","secrets":["[secret] 35b72d5e"]}]',
      "web:key": "[secret] 782c7d60",
      "web:short": "yes",
      "digitalocean:token": "plain",
    });
  });

  it("has as secret what is encrypted anywhere below a key", () => {
    expect(readStackConfig(directory, "dev", "[secret]").secrets).to.deep.equal(["web:pools", "web:key"]);
  });

  it("may be empty", () => {
    expect(readStackConfig(directory, "empty", "[secret]").values).to.deep.equal({});
  });

  it("is named when it is missing, with the stacks there are", () => {
    expect(() => readStackConfig(directory, "live", "[secret]")).to.throw(
      "There is no stack live: Pulumi.live.yaml is missing. Stacks: dev, empty.",
    );
  });
});
