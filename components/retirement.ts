import * as pulumi from "@pulumi/pulumi";

/** A server leaves once the others carry on without it. */
const patienceMs = 20 * 60_000;
const pollMs = 3000;

interface Droplet {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  /** Whether an action is under way; no other is taken meanwhile. */
  readonly locked: boolean;
  readonly networks: { readonly v4: readonly { readonly ip_address: string }[] };
}

/**
 * For a record of a server that is replaced: before the name goes over to the new server, the former one is shut down
 * in order. A database server takes its time for that, until all its peers serve, so that never two of them are
 * replaced at once. The engine calls this in an update only, neither in a preview nor when a stack is made or destroyed.
 * @param tag the server's own
 * @throws when the former server does not leave in 20 minutes; nothing has been taken from it then
 */
export const retireFormer =
  (tag: pulumi.Input<string>) =>
  async ({ oldInputs, newInputs }: pulumi.ResourceHookArgs): Promise<void> => {
    const address = oldInputs?.value;
    if (address === newInputs?.value) return;
    const tagName = await new Promise<string>((resolve) => pulumi.output(tag).apply(resolve));
    const { droplets } = await call<{ droplets: Droplet[] }>(
      `/v2/droplets?tag_name=${encodeURIComponent(tagName)}`,
    );
    const former = droplets.find(({ networks }) =>
      networks.v4.some(({ ip_address }) => ip_address === address),
    );
    if (former) await shutDown(former);
  };

/**
 * For a droplet whose size changes, which powers it off: it is shut down in order before, as one that is replaced, so
 * that database servers are resized one after the other.
 * @throws when it does not leave in 20 minutes
 */
export async function shutDownToResize({ id, oldInputs, newInputs }: pulumi.ResourceHookArgs): Promise<void> {
  if (oldInputs?.size !== newInputs?.size) await shutDown({ id: Number(id), name: oldInputs?.name });
}

async function shutDown({ id, name }: Pick<Droplet, "id" | "name">): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const look = async () => (await call<{ droplet?: Droplet }>(`/v2/droplets/${id}`)).droplet;
  let asked = false;
  for (let now = await look(); now?.status === "active" || now?.locked; now = await look()) {
    if (Date.now() > deadline) throw new Error(unwilling(name));
    // It is refused while another action is under way.
    if (!asked && now.status === "active")
      asked = await call(`/v2/droplets/${id}/actions`, { type: "shutdown" }).then(
        () => true,
        () => false,
      );
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

const unwilling = (name: string): string =>
  `${name} has not stopped in ${patienceMs / 60_000} minutes, so it is left as it is. It leaves only while all other ` +
  "database servers serve: see journalctl -u database-node on each of them. If it is past help, power it off and run " +
  "the update again.";

/** Asks DigitalOcean's API as the provider does; what is not there is an empty object. */
async function call<T>(path: string, body?: object): Promise<T> {
  const config = new pulumi.Config("digitalocean");
  const { DIGITALOCEAN_TOKEN, DIGITALOCEAN_ACCESS_TOKEN, DIGITALOCEAN_API_URL } = process.env;
  const endpoint = config.get("apiEndpoint") ?? DIGITALOCEAN_API_URL ?? "https://api.digitalocean.com";
  const token = config.get("token") ?? DIGITALOCEAN_TOKEN ?? DIGITALOCEAN_ACCESS_TOKEN;
  const response = await fetch(new URL(path, endpoint), {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok && response.status !== 404) {
    throw new Error(`DigitalOcean answers ${response.status} to ${path}: ${await response.text()}`);
  }
  return (response.ok ? await response.json() : {}) as T;
}
