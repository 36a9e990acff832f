import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { shutDownToResize } from "../../../components/retirement";

/** A droplet that shuts down, as it is shown from one look to the next; the last stays. */
const shown = [
  { status: "active", locked: false },
  { status: "off", locked: true },
  { status: "off", locked: false },
];

describe("a database server whose size changes", function () {
  this.timeout(15_000);
  let api: Server;
  let looks: number;
  let asked: string[];
  const kept = process.env.DIGITALOCEAN_API_URL;

  before(async () => {
    api = createServer((request, response) => {
      if (request.method === "POST") {
        request.on("data", (body) => asked.push(`${request.url} ${body}`));
        request.on("end", () => response.end("{}"));
        return;
      }
      const droplet = { id: 7, name: "test-server-1", ...(shown[looks++] ?? shown.at(-1)) };
      response.end(JSON.stringify({ droplet }));
    });
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    process.env.DIGITALOCEAN_API_URL = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  after(() => {
    api.close();
    if (kept === undefined) delete process.env.DIGITALOCEAN_API_URL;
    else process.env.DIGITALOCEAN_API_URL = kept;
  });
  beforeEach(() => {
    looks = 0;
    asked = [];
  });

  const changed = (size: string) =>
    shutDownToResize({
      id: "7",
      oldInputs: { size: "s-1vcpu-2gb" },
      newInputs: { size },
    } as unknown as pulumi.ResourceHookArgs);

  it("is shut down before, and then free for the change", async () => {
    await changed("s-2vcpu-4gb");
    expect(asked).to.deep.equal(['/v2/droplets/7/actions {"type":"shutdown"}']);
    expect(looks).to.equal(shown.length);
  });

  it("is left alone where another thing changes", async () => {
    await changed("s-1vcpu-2gb");
    expect([looks, asked.length]).to.deep.equal([0, 0]);
  });
});
