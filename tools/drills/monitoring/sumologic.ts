import type { LocalCloud } from "local-cloud";
import type { Json } from "../../engine/props";

/** A call to the local Sumo Logic's own switches, by its path beneath `/_local/`. @throws when it is refused. */
export async function localCall(
  { sumologic: { endpoint, accessId, accessKey } }: LocalCloud,
  method: "GET" | "PUT",
  path: string,
  body?: Json,
): Promise<Json> {
  const credentials = Buffer.from(`${accessId}:${accessKey}`).toString("base64");
  const response = await fetch(new URL(`/_local/${path}`, endpoint), {
    method,
    headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`/_local/${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Json;
}
