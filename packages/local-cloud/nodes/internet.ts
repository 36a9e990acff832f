import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import { Server } from "node:net";
import { Clock } from "../core/clock";
import { Store } from "../core/store";
import { Authority } from "../digitalocean/authority";
import { freeAddress, internetRange } from "./addresses";
import type { Enclosure } from "./enclosure";
import type { Network } from "./network";
import { answerAt, openSockets } from "./sockets";

interface Served {
  readonly address: string;
  listener: RequestListener;
  close(): void;
}

/** The servers of the internet that are not in the cloud, as the machines reach them: by name, over HTTPS. */
export class Internet {
  private readonly clock = new Clock();
  private readonly authority = new Authority(new Store(undefined), this.clock, "Local Cloud Internet");
  private readonly served = new Map<string, Served>();

  constructor(
    private readonly enclosure: Enclosure,
    private readonly network: Network,
  ) {}

  /** The certificate, PEM, of the authority that stands for the public ones. */
  async root(): Promise<string> {
    return (await this.authority.root()).certificate;
  }

  /** Host name → address. */
  names(): Record<string, string> {
    return Object.fromEntries([...this.served].map(([name, { address }]) => [name, address]));
  }

  /** Serves a name on port 443 of an address of its own, which it keeps when it is served anew. */
  async publish(name: string, listener: RequestListener): Promise<void> {
    const present = this.served.get(name);
    if (present) {
      present.listener = listener;
      return;
    }
    const address = freeAddress(internetRange, new Set(Object.values(this.names())));
    const served: Served = { address, listener, close: () => {} };
    this.served.set(name, served);
    await this.network.claim(address);
    const [socket] = await openSockets(this.enclosure, [{ transport: "tcp", address, port: 443 }]);
    const { certificate: cert, privateKey: key } = await this.authority.issue([name]);
    const https = createServer({ cert, key }, (request, response) => served.listener(request, response));
    if (!(socket instanceof Server)) throw new Error(`${name} can't be served.`);
    served.close = answerAt(socket, https);
  }

  close(): void {
    this.clock.stop();
    for (const { close } of this.served.values()) close();
  }
}
