import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { serveDownloads } from "../../nodes/downloads";

describe("downloads for machines", () => {
  it("are served on their hosts, each published once, at their addresses and nowhere else", async () => {
    const published = new Map<string, RequestListener>();
    const publish = async (name: string, listener: RequestListener) => {
      expect(published.has(name)).to.equal(false);
      published.set(name, listener);
    };
    const download = (url: string) => ({ url, content: Buffer.from(url) });
    await serveDownloads({ publish }, [
      download("https://a.test/site.tar.gz?version=1 2"),
      download("https://a.test/other"),
      download("https://b.test/site.tar.gz"),
    ]);
    expect([...published.keys()]).to.deep.equal(["a.test", "b.test"]);

    const server = createServer(published.get("a.test")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return response.status === 200 ? response.text() : response.status;
    };
    expect(await get("/site.tar.gz?version=1%202")).to.equal("https://a.test/site.tar.gz?version=1 2");
    expect(await get("/other")).to.equal("https://a.test/other");
    expect(await get("/site.tar.gz")).to.equal(404);
    server.close();
    server.closeAllConnections();
  });
});
