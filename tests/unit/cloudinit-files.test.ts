import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { userData } from "../../cloudinit";
import { template } from "../../cloudinit/template";
import { fileOf, needs, parsed, selfRun, specOf } from "./cloudinit-support";

const root = join(__dirname, "../../cloudinit/files");
const files = readdirSync(root, { recursive: true, encoding: "utf8" });

const release = { url: "https://example.com/it's?a=1&b=2", sha256: "0".repeat(64), start: "./start --quick" };
const specs = [
  specOf({ sources: { metrics: "https://example.com/a" } }),
  specOf({ database: selfRun("cluster"), app: { ...specOf().app, release } }),
];

/** Runs a program on a text and expects it to be content with it. */
function accepts(program: string, args: readonly string[], input: string) {
  const { status, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
  expect(stderr).to.equal("");
  expect(status).to.equal(0);
}

describe("the files of a server", () => {
  it("are scripts that the shell can read", () => {
    const scripts = specs
      .flatMap((spec) => parsed(spec).write_files)
      .filter(({ content }) => content.startsWith("#!/bin/sh"));
    expect(scripts).not.to.be.empty;
    for (const { content } of scripts) accepts("sh", ["-n"], content);
  });

  it("are programs that Python can read", function () {
    needs(this, "python3");
    const programs = files.filter((name) => name.endsWith(".py"));
    expect(programs).not.to.be.empty;
    const compile = "import sys; [compile(open(name).read(), name, 'exec') for name in sys.argv[1:]]";
    accepts("python3", ["-c", compile, ...programs.map((name) => join(root, name))], "");
  });

  it("hold the application's variables as they were given, whatever is in them", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab $`\"\\'!%#{}\n=é") });
    fc.assert(
      fc.property(text, (value) => {
        const environment = fileOf(
          specOf({ app: { ...specOf().app, environment: { VALUE: value } } }),
          "/etc/app/environment",
        );
        const read = spawnSync("sh", ["-c", `${environment}printf %s "$VALUE"`], { encoding: "utf8" });
        expect(read.stdout).to.equal(value);
      }),
    );
  });

  it("run the release's own command, fetched from its address as it was given", () => {
    const spec = specs[1] ?? specOf();
    expect(fileOf(spec, "/opt/app/start")).to.equal("#!/bin/sh\nexec ./start --quick\n");
    const script = fileOf(spec, "/usr/local/sbin/app-release");
    const quoted = /--output "\$file" (.*)\n/.exec(script)?.[1];
    const { stdout } = spawnSync("sh", ["-c", `printf %s ${quoted}`], { encoding: "utf8" });
    expect(stdout).to.equal(release.url);
  });

  it("are never rendered with a placeholder too few or a value too many", () => {
    expect(() => template("base/dnsmasq.conf")).to.throw("no value for {{forward}}");
    expect(() => template("base/dnsmasq.conf", { forward: "", more: 1 })).to.throw("nothing takes more");
  });
});

describe("user-data", () => {
  it("is valid by cloud-init's own schema", function () {
    needs(this, "cloud-init");
    for (const spec of specs) {
      const { status, stdout, stderr } = spawnSync("cloud-init", ["schema", "--config-file", "/dev/stdin"], {
        input: userData(spec),
        encoding: "utf8",
      });
      expect(status, stdout + stderr).to.equal(0);
    }
  });
});
