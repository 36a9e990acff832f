import { performance } from "node:perf_hooks";
import { startLocalCloud } from "local-cloud";

/**
 * How long the local DigitalOcean takes to answer at profile `instant`, with as many droplets as asked for:
 * `npx tsx bench/local-cloud.ts [droplets, default 100]`. Exits 1 where the median is not below 5 ms.
 */
const goalMs = 5;

async function main(count: number): Promise<void> {
  const cloud = await startLocalCloud({ rateLimits: false, dropletLimit: count });
  const { endpoint, token } = cloud.digitalocean;
  const spent: Record<string, number[]> = {};
  const call = async (kind: string, method: string, path: string, body?: object) => {
    const before = performance.now();
    const response = await fetch(endpoint + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${answer}`);
    spent[kind] = [...(spent[kind] ?? []), performance.now() - before];
    return answer;
  };
  const image = { region: "nyc3", size: "s-1vcpu-1gb", image: "debian-12-x64", tags: ["bench"] };
  for (let at = 0; at < count; at += 1) {
    const { droplet } = JSON.parse(
      await call("create a droplet", "POST", "/v2/droplets", { name: `d-${at}`, ...image }),
    );
    await call("read a droplet", "GET", `/v2/droplets/${droplet.id}`);
    await call("create a tag", "POST", "/v2/tags", { name: `t-${at}` });
    await call("list a page", "GET", "/v2/droplets");
  }
  await cloud.close();
  for (const [kind, times] of Object.entries(spent))
    console.log(`${kind}: median ${median(times).toFixed(2)} ms`);
  const overall = median(Object.values(spent).flat());
  console.log(`all calls, ${count} droplets: median ${overall.toFixed(2)} ms (goal: below ${goalMs} ms)`);
  if (overall >= goalMs) process.exitCode = 1;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

void main(Number(process.argv[2] ?? 100));
