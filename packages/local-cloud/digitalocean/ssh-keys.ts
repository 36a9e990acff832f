import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { parse } from "./input";

/** A public SSH key, as the API shows it. */
export interface Key {
  readonly id: number;
  readonly name: string;
  readonly public_key: string;
  /** MD5, as OpenSSH writes it: bytes in hex with colons. */
  readonly fingerprint: string;
}

type ById = { Params: { id: string } };

const name = z.string().min(1, "can't be blank");
const creation = z.object({ name, public_key: z.string() });

export function addKeys(app: FastifyInstance, cloud: Cloud): void {
  const { keys } = cloud;
  app.get("/v2/account/keys", (request) => page(request, "ssh_keys", keys.list(), (key) => key));
  app.post("/v2/account/keys", (request, reply) => {
    const input = parse(creation, request.body);
    const fingerprint = fingerprintOf(input.public_key);
    if (keys.find((key) => key.fingerprint === fingerprint))
      throw invalid("SSH Key is already in use on your account");
    const id = cloud.nextId("key");
    return reply.status(201).send({ ssh_key: keys.put(String(id), { ...input, id, fingerprint }) });
  });
  app.get<ById>("/v2/account/keys/:id", (request) => ({ ssh_key: found(findKey(cloud, request.params.id)) }));
  app.put<ById>("/v2/account/keys/:id", (request) => {
    const key = found(findKey(cloud, request.params.id));
    return { ssh_key: keys.patch(String(key.id), parse(z.object({ name }), request.body)) };
  });
  app.delete<ById>("/v2/account/keys/:id", (request, reply) => {
    keys.delete(String(found(findKey(cloud, request.params.id)).id));
    return reply.status(204).send();
  });
}

/** The key of that id or fingerprint. */
export function findKey({ keys }: Cloud, identifier: string): Key | undefined {
  return keys.get(identifier) ?? keys.find((key) => key.fingerprint === identifier);
}

function fingerprintOf(publicKey: string): string {
  const [type = "", blob = ""] = publicKey.trim().split(/\s+/);
  const bytes = Buffer.from(blob, "base64");
  const named = bytes.length > 4 ? bytes.subarray(4, 4 + bytes.readUInt32BE()).toString() : "";
  if (!/^(ssh|ecdsa|sk)-/.test(type) || named !== type)
    throw invalid("Key invalid, key should be of the format `type key [comment]`");
  return createHash("md5")
    .update(bytes)
    .digest("hex")
    .replace(/..(?!$)/g, "$&:");
}
