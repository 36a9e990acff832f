import { expect } from "chai";
import { databases } from "../../../tools/drills/databases";
import type { Live } from "../../../tools/live";

/** Who may do what in the databases that the servers run. */
export function accounts(stack: () => Live): void {
  describe("a server's database", () => {
    const server = () => databases(stack())[0]?.name ?? "";
    const asRoot = (query: string) => stack().nodes.run(server(), ["mariadb", "-BNe", query]);
    /** As the application does, over the network. */
    const asApp = async (query: string, ...options: string[]) => {
      const password = (await stack().nodes.run(server(), ["cat", "/etc/app/database-password"])).trim();
      const own = ["--protocol=TCP", "-h127.0.0.1", "-uapp_1", `-p${password}`, ...options];
      return stack().nodes.run(server(), ["mariadb", ...own, "-BNe", query]);
    };
    const refusal = (asked: Promise<string>) =>
      asked.then(
        () => "",
        (error: Error) => error.message,
      );

    it("knows nobody but those it needs: from elsewhere only by TLS, root by the socket alone", async () => {
      const rows = (await asRoot("SELECT user, host, JSON_VALUE(priv, '$.ssl_type') FROM mysql.global_priv"))
        .trim()
        .split("\n")
        .map((row) => row.split("\t"));
      const byTls = "1";
      for (const [user = "", host, ssl] of rows) {
        if (host !== "localhost")
          expect([/^(app|replication)_[12]$/.test(user), host, ssl]).to.eql([true, "%", byTls]);
      }
      const local = rows.filter(([, host]) => host === "localhost").map(([user]) => user);
      expect(local).to.include("root").and.not.include("");
      expect(await asRoot("SHOW CREATE USER root@localhost")).to.contain("unix_socket");
      expect(await asRoot("SHOW DATABASES LIKE 'test'")).to.equal("");
    });

    it("lets the application use its own tables and nothing else", async () => {
      expect(await asApp("CREATE TABLE own (id INT); DROP TABLE own", "app")).to.equal("");
      for (const query of [
        "SELECT * FROM mysql.global_priv",
        "CREATE DATABASE other",
        "CREATE USER other",
        "SET GLOBAL max_connections = 1",
        "SELECT LOAD_FILE('/etc/hostname') INTO OUTFILE '/tmp/out'",
        "SHUTDOWN",
      ]) {
        expect(await refusal(asApp(query, "app")), query).to.match(/denied/);
      }
    });

    it("answers nobody in plain", async () => {
      expect(await refusal(asApp("SELECT 1", "--skip-ssl"))).to.match(/denied|insecure/);
    });
  });
}
