import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, page } from "./answers";
import type { Cloud } from "./cloud";
import { list, parse, text } from "./input";

/** A key of Spaces; only the answer to its creation shows the secret. */
export interface SpacesKey {
  readonly name: string;
  readonly access_key: string;
  readonly secret_key: string;
  readonly grants: readonly Grant[];
  readonly created_at: string;
}

/** What a key may do to a bucket; `fullaccess` goes with no bucket and means all of them. */
export interface Grant {
  readonly bucket: string;
  readonly permission: "read" | "readwrite" | "fullaccess";
}

type ByKey = { Params: { key: string } };

const grant = z
  .object({ bucket: text, permission: z.enum(["read", "readwrite", "fullaccess"]) })
  .refine(
    ({ bucket, permission }) => (bucket === "") === (permission === "fullaccess"),
    "bucket has to be empty with the permission fullaccess, and only there",
  );
const input = z.object({ name: z.string().min(1, "can't be blank"), grants: list(grant) });

export function addSpacesKeys(app: FastifyInstance, { spacesKeys, core }: Cloud): void {
  app.get("/v2/spaces/keys", (request) => page(request, "keys", spacesKeys.list(), shown));
  app.post("/v2/spaces/keys", (request, reply) => {
    const key: SpacesKey = {
      ...parse(input, request.body),
      access_key: `DO00${randomBytes(8).toString("hex").toUpperCase()}`,
      secret_key: randomBytes(32).toString("base64url"),
      created_at: new Date(core.clock.now()).toISOString(),
    };
    return reply.status(201).send({ key: spacesKeys.put(key.access_key, key) });
  });
  app.get<ByKey>("/v2/spaces/keys/:key", ({ params }) => ({ key: shown(found(spacesKeys.get(params.key))) }));
  app.put<ByKey>("/v2/spaces/keys/:key", ({ params, body }) => {
    found(spacesKeys.get(params.key));
    return { key: shown(found(spacesKeys.patch(params.key, parse(input, body)))) };
  });
  app.delete<ByKey>("/v2/spaces/keys/:key", ({ params }, reply) => {
    spacesKeys.delete(found(spacesKeys.get(params.key)).access_key);
    return reply.status(204).send();
  });
}

const shown = ({ secret_key: _, ...key }: SpacesKey): object => key;
