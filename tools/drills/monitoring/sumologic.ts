import type { LocalCloud } from "local-cloud";
import type { Json } from "../../engine/props";

/** A call to the local Sumo Logic, to its API or to its own switches beneath `_local/`. @throws when it is refused. */
export async function sumoLogicCall(
  { sumologic: { endpoint, accessId, accessKey } }: LocalCloud,
  method: "GET" | "PUT",
  path: string,
  body?: Json,
): Promise<Json> {
  const credentials = Buffer.from(`${accessId}:${accessKey}`).toString("base64");
  const response = await fetch(new URL(`/${path}`, endpoint), {
    method,
    headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`/${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Json;
}
