import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Clock } from "../../packages/local-cloud/core/clock";
import { Store } from "../../packages/local-cloud/core/store";
import { Authority } from "../../packages/local-cloud/digitalocean/authority";
import { Load } from "../../tools/drills/load";

describe("the drills' visitors", () => {
  it("keep coming while this process is busy, and tell what became of each request", async () => {
    const authority = new Authority(new Store(undefined), new Clock(), "drill");
    const { certificate: cert, privateKey: key } = await authority.issue(["localhost"]);
    const server = createServer({ cert, key }, ({ method }, response) => {
      response.statusCode = method === "PUT" ? 201 : 503;
      response.end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const load = new Load({
      site: { url: "https://localhost", host: "127.0.0.1", port },
      authority: (await authority.root()).certificate,
      rate: 100,
    });
    try {
      while (load.acknowledgedAt.length === 0) await sleep(10);
      const from = Date.now();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
      const to = Date.now();
      await load.stop();
      expect(load.outcomes.filter(({ sentAt }) => sentAt > from && sentAt < to)).to.not.be.empty;
      expect(load.expected).to.have.length(load.acknowledgedAt.length);
      expect(load.outcomes.find(({ key }) => key === undefined)?.fault).to.match(/503$/);
      expect(load.overwhelmed.aborted).to.be.false;
    } finally {
      load.close();
      server.closeAllConnections();
      server.close();
    }
  });
});
