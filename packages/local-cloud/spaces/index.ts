import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Core } from "../core/core";
import { Caller } from "./access";
import { addressOf } from "./address";
import { answerBucket, listBuckets } from "./buckets";
import { Call } from "./call";
import { answerObject } from "./objects";
import { S3Error } from "./s3-error";
import { Storage } from "./storage";
import { document } from "./xml";

/** DigitalOcean's Spaces: it speaks S3, on the names of the regions and of the buckets in them. */
export interface Spaces {
  /** Serves it on 127.0.0.1 and answers with its URL. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

export function createSpaces(core: Core): Spaces {
  const { backend } = core.options;
  const open = new Map<string, Promise<void> | undefined>();
  /** Droplets that are machines find a region once there is a bucket in it. */
  const openRegion = async (region: string) => {
    if (!open.has(region)) open.set(region, backend?.publish(`${region}.digitaloceanspaces.com`, listener));
    await open.get(region);
  };
  const storage = new Storage(core, openRegion);
  const listener: RequestListener = async (request, response) => {
    const id = randomUUID();
    response.setHeader("x-amz-request-id", id);
    try {
      const caller = Caller.of(request, core);
      const address = addressOf(request);
      const call = new Call(request, response, caller, address, () => core.store.settled());
      if (address.key) await answerObject(storage, call);
      else if (address.bucket) await answerBucket(storage, call);
      else await call.send(200, listBuckets(storage, caller));
    } catch (fault) {
      request.resume();
      if (response.headersSent) return void response.destroy();
      const error = fault instanceof S3Error ? fault : new S3Error(500, "InternalError", String(fault));
      response.writeHead(error.status, { "content-type": "application/xml" });
      const body = document("Error", { Code: error.code, Message: error.message, RequestId: id });
      response.end(request.method === "HEAD" ? undefined : body);
    }
  };
  const server = createServer(listener);
  return {
    async listen(port) {
      for (const { region } of storage.buckets.list()) await openRegion(region);
      await once(server.listen(port, "127.0.0.1"), "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      server.closeAllConnections();
      if (server.listening) await once(server.close(), "close");
      storage.bodies.close();
    },
  };
}
