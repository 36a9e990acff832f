import { expect } from "chai";
import { run } from "local-cloud/nodes/exec";
import type { Live } from "../../../tools/live";

/** How every server came up. */
export function boot(stack: () => Live): void {
  describe("every server", () => {
    it("was set up by its user-data from DigitalOcean's data source, without an error or a warning", async () => {
      const { nodes } = stack();
      for (const name of nodes.names()) {
        const { v1 } = JSON.parse(await nodes.run(name, ["cat", "/var/lib/cloud/data/result.json"]));
        expect(v1, name).to.deep.equal({ datasource: "DataSourceDigitalOcean", errors: [] });
        const status = await nodes.run(name, ["cloud-init", "status", "--long"]);
        expect(status, name)
          .to.match(/^status: done$/m)
          .and.contain("DataSourceDigitalOcean");
        const schema = await nodes.run(name, ["cloud-init", "schema", "--system"]);
        expect(schema, name).to.match(/^Valid cloud-config/m);
        // This cloud-init has no recoverable_errors yet; what would be there is in its log.
        const said = ["grep", "-cE", "WARNING|ERROR|Traceback", "/var/log/cloud-init.log"];
        expect((await nodes.run(name, said).catch(() => "0")).trim(), name).to.equal("0");
      }
    });

    it("is running, with no unit failed", async () => {
      const { nodes } = stack();
      for (const name of nodes.names()) {
        expect((await nodes.run(name, ["systemctl", "is-system-running"])).trim(), name).to.equal("running");
        expect(await nodes.run(name, ["systemctl", "--failed", "--no-legend"]), name).to.equal("");
      }
    });

    it("is small: the whole shape takes less than 1.5 GiB", async () => {
      // All processes of the servers and the balancer, each page counted once (proportional set size).
      const sizes = stack().nodes.networkCommand([
        "sh",
        "-c",
        "cat /proc/[0-9]*/smaps_rollup 2>/dev/null || true",
      ]);
      const rollups = await run(sizes);
      const kibibytes = [...rollups.matchAll(/^Pss:\s+(\d+) kB$/gm)].reduce(
        (sum, [, size]) => sum + Number(size),
        0,
      );
      console.log(`      ${Math.round(kibibytes / 1024)} MiB (sum of PSS)`);
      expect(kibibytes).to.be.within(50 * 1024, 1.5 * 1024 * 1024);
    });
  });
}
