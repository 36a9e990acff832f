import { expect } from "chai";
import { droplet } from "../../../tools/drills/power";
import type { Live } from "../../../tools/live";
import { until } from "../../../tools/shared/until";
import { visit } from "../visit";

/** What is there again after a restart. */
export function reboot(stack: () => Live): void {
  describe("a server that restarts", () => {
    it("serves again by itself, firewalled as before, with its data, and sets nothing up anew", async function () {
      this.timeout(240_000);
      const live = stack();
      const { nodes } = live;
      const server = live.servers.at(-1);
      if (!server) throw new Error("There is no server.");
      const rules = () => nodes.run(server.name, ["nft", "--stateless", "list", "ruleset"]);
      const key = await nodes.run(server.name, [
        "sha256sum",
        "/etc/ssh/ssh_host_ed25519_key",
        "/etc/tls/private-key.pem",
      ]);
      const before = await rules();
      expect((await visit(live, "/entries/kept", { method: "PUT", body: "kept" })).status).to.be.within(
        200,
        201,
      );

      await droplet("reboot")(live, server);
      const state = async () => nodes.run(server.name, ["systemctl", "is-system-running", "--wait"]);
      await until("The server did not start", 120, async () => (await state()).trim() === "running");
      await until("The balancer did not take the server in", 60, async () =>
        [...(await nodes.health(live.balancerId)).values()].every(Boolean),
      );

      expect(await rules()).to.equal(before);
      expect(
        await nodes.run(server.name, [
          "sha256sum",
          "/etc/ssh/ssh_host_ed25519_key",
          "/etc/tls/private-key.pem",
        ]),
      ).to.equal(key);
      expect((await visit(live, "/entries/kept")).body).to.equal("kept");
      const { v1 } = JSON.parse(await nodes.run(server.name, ["cat", "/var/lib/cloud/data/result.json"]));
      expect(v1.errors).to.deep.equal([]);
      const ownData = [
        "mariadb",
        "--batch",
        "--skip-column-names",
        "-e",
        "SELECT COUNT(*) FROM app.entries WHERE name = 'kept'",
      ];
      await until(
        "The replica did not catch up",
        60,
        async () => (await nodes.run(server.name, ownData)).trim() === "1",
      );
    });
  });
}
