import { expect } from "chai";
import type { Live } from "../../../tools/live";
import { until } from "../../../tools/shared/until";
import { visit, visitPlain } from "../visit";

/** What visitors get. */
export function site(stack: () => Live): void {
  describe("the site", () => {
    it("answers over HTTPS through the balancer, its chain verified, from every web and app server", async () => {
      const live = stack();
      const seen = { web: new Set<string>(), app: new Set<string>() };
      for (let count = 0; count < 60; count++) {
        const { status, body } = await visit(live, "/");
        expect(status).to.equal(200);
        const { web, app } = JSON.parse(body);
        seen.web.add(web);
        seen.app.add(app);
      }
      for (const role of ["web", "app"] as const) {
        const labels = live.servers.filter(({ roles }) => roles.includes(role)).map(({ label }) => label);
        expect([...seen[role]]).to.have.members(labels);
      }
    });

    it("is refused by a client that trusts another authority", async () => {
      const fault = await visit({ ...stack(), authority: "" }, "/").catch((error: Error) => error.message);
      expect(fault).to.match(/certificate|issuer/);
    });

    it("stores what is written, and shows a write again as one", async () => {
      const live = stack();
      const write = { method: "PUT", body: "zwölf Bücher" };
      expect((await visit(live, "/entries/books", write)).status).to.equal(201);
      expect((await visit(live, "/entries/books", write)).status).to.equal(200);
      expect((await visit(live, "/entries/books")).body).to.equal(write.body);
      const { body } = await visit(live, "/entries?after=bookr");
      expect(JSON.parse(body)).to.deep.include({ key: "books", applied: 1 });
    });

    it("applies a request by its name once, whatever was written in between", async () => {
      const live = stack();
      const write = (name: string, body: string) =>
        visit(live, "/entries/named", { method: "PUT", headers: { "idempotency-key": name }, body });
      const statuses: number[] = [];
      for (const n of "12131") statuses.push((await write(`request-${n}`, `body ${n}`)).status);
      expect(statuses).to.deep.equal([201, 200, 200, 200, 200]);
      expect((await visit(live, "/entries/named")).body).to.equal("body 3");
      const { body } = await visit(live, "/entries?after=namec");
      expect(JSON.parse(body)).to.deep.include({ key: "named", applied: 3 });
    });

    it("sends plain HTTP to HTTPS", async () => {
      const { status, headers } = await visitPlain(stack(), "/a?b=c");
      expect([status, headers.location]).to.deep.equal([307, `${stack().site.url}/a?b=c`]);
    });

    it("has security headers on every answer, also where there is nothing", async () => {
      for (const path of ["/", "/nothing"]) {
        const { headers } = await visit(stack(), path);
        expect(headers).to.include({
          "strict-transport-security": "max-age=31536000",
          "x-content-type-options": "nosniff",
          "x-frame-options": "SAMEORIGIN",
          "referrer-policy": "strict-origin-when-cross-origin",
          server: "nginx",
        });
        expect(headers["x-request-id"]).to.match(/^[0-9a-f]{32}$/);
      }
    });

    it("lets nobody claim another's address, and logs each request as JSON", async () => {
      const live = stack();
      const marker = `/entries/logged-${Date.now()}`;
      const { headers } = await visit(live, marker, { headers: { "x-forwarded-for": "203.0.113.9" } });
      const web = live.servers.filter(({ roles }) => roles.includes("web"));
      const logs = await Promise.all(
        web.map(({ name }) =>
          live.nodes.run(name, ["grep", "-h", marker, "/var/log/nginx/access.log"]).catch(() => ""),
        ),
      );
      const entry = JSON.parse(logs.join(""));
      // Clients on 127.0.0.1 reach the balancer with that address.
      expect(entry).to.include({
        client: "127.0.0.1",
        uri: marker,
        status: 404,
        request_id: headers["x-request-id"],
      });
      expect(entry.upstream).to.match(/^\d+\.\d+\.\d+\.\d+$/);
      expect(Number(entry.duration)).to.be.within(0, 20);
    });

    it("is served again at once by a web server whose nginx has died", async () => {
      const { nodes, servers } = stack();
      const { name } = servers.find(({ roles }) => roles.includes("web")) ?? { name: "" };
      await nodes.run(name, ["systemctl", "kill", "--signal=KILL", "nginx.service"]);
      await until("nginx did not come back", 5, async () => {
        const units = ["nginx.service", "web-drain.service"];
        const states = await nodes.run(name, ["systemctl", "show", "--property=ActiveState", ...units]);
        return states.match(/=active/g)?.length === units.length;
      });
    });

    it("speaks HTTP/2 and TLS 1.2 and 1.3 at the web servers, and nothing older", async () => {
      const { nodes, servers, authority, site } = stack();
      const web = servers.find(({ roles }) => roles.includes("web"))?.name ?? "";
      const name = new URL(site.url).hostname;
      const client = `echo | openssl s_client -connect 127.0.0.1:443 -servername ${name} "$@" 2>&1 || true`;
      const handshake = (...options: string[]) => nodes.run(web, ["sh", "-c", client, "sh", ...options]);
      await nodes.run(web, ["sh", "-c", "cat >/tmp/authority.pem"], authority);
      const verified = ["-CAfile", "/tmp/authority.pem", "-verify_return_error", "-verify_hostname", name];
      expect(await handshake("-alpn", "h2,http/1.1", "-tls1_3", ...verified))
        .to.contain("ALPN protocol: h2")
        .and.contain("Verification: OK");
      expect(await handshake("-tls1_2", ...verified)).to.contain("Verification: OK");
      const old = await handshake("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");
      expect(old).to.contain("alert protocol version");
    });
  });
}
