import { connect } from "node:http2";
import { expect } from "chai";
import { settingsOf } from "../../tools/drills/shapes";
import { until } from "../../tools/shared/until";
import { boot } from "./parts/boot";
import { firewall } from "./parts/firewall";
import { wire } from "./parts/wire";
import { rehearsed } from "./rehearsed";
import { visit } from "./visit";

describe("pools, a managed database, and the visitors' TLS passed through", function () {
  this.timeout(60_000);
  const ipRange = "10.30.96.0/20";
  const stack = rehearsed({ ...settingsOf("pools", "passthrough"), network: { ipRange } });
  const webNames = () =>
    stack()
      .servers.filter(({ roles }) => roles.includes("web"))
      .map(({ name }) => name);

  boot(stack);
  firewall(stack, { appPort: 8443, ownDatabase: false });
  wire(stack, ipRange, { web: 443, app: 8443, database: 25060 });

  it("the site answers over HTTPS with the chain verified, and stores what is written", async () => {
    expect((await visit(stack(), "/entries/books", { method: "PUT", body: "twelve" })).status).to.equal(201);
    expect((await visit(stack(), "/entries/books")).body).to.equal("twelve");
  });

  it("visitors speak HTTP/2 with the web servers themselves", async () => {
    const { site, authority } = stack();
    const servername = new URL(site.url).hostname;
    const session = connect(site.url, { host: site.host, port: site.port, servername, ca: authority });
    const stream = session.request({ ":path": "/", ":authority": servername });
    const status = await new Promise((resolve, reject) => {
      stream.on("response", (headers) => resolve(headers[":status"])).on("error", reject);
    });
    stream.resume();
    session.close();
    expect(status).to.equal(200);
  });

  it("the access log has the visitor's address, by the PROXY protocol", async () => {
    const { nodes, outputs, site } = stack();
    const visitor = await nodes.visitor();
    const address = String(outputs.address);
    const host = new URL(site.url).hostname;
    const path = `/entries/from-${Date.now()}`;
    await visitor.run([
      "curl",
      "-sSk",
      "-o",
      "/dev/null",
      "--resolve",
      `${host}:443:${address}`,
      `${site.url}${path}`,
    ]);
    const find = ["grep", "-h", path, "/var/log/nginx/access.log"];
    const lines = await Promise.all(webNames().map((name) => nodes.run(name, find).catch(() => "")));
    expect(JSON.parse(lines.join(""))).to.include({ client: visitor.publicIp, status: 404 });
  });

  it("a web server that is stopped leaves the balancer before it stops serving", async function () {
    this.timeout(120_000);
    const { nodes, balancerId } = stack();
    const [name = ""] = webNames();
    const verdicts = async () => [...(await nodes.health(balancerId)).values()];
    let failed = 0;
    let stopped = false;
    const stopping = nodes.run(name, ["systemctl", "stop", "nginx.service"]).finally(() => {
      stopped = true;
    });
    while (!stopped) {
      await visit(stack(), "/").then(
        ({ status }) => status === 200 || failed++,
        () => failed++,
      );
    }
    await stopping;
    expect(failed).to.equal(0);
    expect(await verdicts()).to.have.members([true, false]);
    await nodes.run(name, ["systemctl", "start", "nginx.service"]);
    await until("The server was not taken in again", 60, async () => (await verdicts()).every(Boolean));
  });
});
