import { list, object, text } from "../engine/props";
import { Api } from "../engine/rest";
import type { StackConfig } from "../engine/stackfile";
import { listed, type Prices, withSizes } from "./prices";

/** Prices, and in words where they come from. */
export interface Source {
  readonly prices: Prices;
  readonly source: string;
}

const fromTable: Source = { prices: listed, source: `prices as of ${listed.asOf}` };

/**
 * Droplets at DigitalOcean's own prices where a token is at hand (in the stack's configuration or the environment),
 * all else from the dated table; a token that does not help is no fault, but is told.
 */
export async function currentPrices(
  { values, secrets }: StackConfig,
  environment: NodeJS.ProcessEnv,
  tell: (message: string) => void,
): Promise<Source> {
  const isEncrypted = secrets.includes("digitalocean:token");
  const readable = isEncrypted ? undefined : values["digitalocean:token"];
  const token = readable ?? environment.DIGITALOCEAN_TOKEN ?? environment.DIGITALOCEAN_ACCESS_TOKEN;
  if (!token) {
    if (isEncrypted)
      tell(
        "The table's prices are used. Only the CLI can read the encrypted token of the stack: put it into DIGITALOCEAN_TOKEN for DigitalOcean's own prices.",
      );
    return fromTable;
  }
  const endpoint =
    values["digitalocean:apiEndpoint"] ?? environment.DIGITALOCEAN_API_URL ?? "https://api.digitalocean.com";
  try {
    const prices = withSizes(listed, await sizePrices(endpoint, token));
    return { prices, source: `droplets at DigitalOcean's own prices, all else as of ${listed.asOf}` };
  } catch (error) {
    tell(`The table's prices are used. ${error instanceof Error ? error.message : error}`);
    return fromTable;
  }
}

/** US dollars a month by droplet size. The prices are an extra, so nothing is repeated or waited for. */
async function sizePrices(endpoint: string, token: string): Promise<Record<string, number>> {
  const digitalocean = new Api({
    name: "DigitalOcean",
    endpoint,
    credentials: () => ({ authorization: `Bearer ${token}` }),
    pace: { pollMs: 0, retryMs: 0, sumologicMs: 0 },
    intervalMs: 0,
    retries: 0,
  });
  const { sizes } = await digitalocean.call("GET", "/v2/sizes?per_page=200");
  return Object.fromEntries(
    list(sizes)
      .map(object)
      .map(({ slug, price_monthly }) => [text(slug), Number(price_monthly)]),
  );
}
