import { randomBytes } from "node:crypto";
import { digitalOceanApi, isLocal, spacesApi, sumoLogicApi } from "./apis";
import { computed } from "./computed";
import * as digitalocean from "./digitalocean";
import type { Made } from "./kind";
import { type Props, text } from "./props";
import type { Api, Pace } from "./rest";
import * as sumologic from "./sumologic";

type Cloud = typeof digitalocean | typeof sumologic;
const clouds: Readonly<Record<string, Cloud>> = { digitalocean, sumologic };

/** What is to be made: a type of the SDK, the logical name, plain inputs, and the provider's URN and id if it is not the default. */
export interface Order {
  readonly type: string;
  readonly name: string;
  readonly inputs: Props;
  readonly provider: string;
}

/** Makes resources in the local clouds that the configuration names, and computes those that need none. */
export class Provider {
  private readonly apis = new Map<string, Api>();
  /** Configuration of the providers that the program made itself, by URN and id. */
  private readonly configured = new Map<string, Props>();

  constructor(
    private readonly config: Readonly<Record<string, string>>,
    private readonly pace: Pace,
  ) {}

  async create({ type, name, inputs, provider }: Order): Promise<Made> {
    const [family, kind] = parts(type);
    const compute = computed[family]?.[kind];
    if (compute) return compute(inputs);
    const cloud = clouds[family];
    const make = cloud?.makers[kind];
    if (!make) throw new Error(`The embedded engine can't make resources of the type ${type}.`);
    const complete = cloud.unnamed.has(kind) ? inputs : { name: autoname(name), ...inputs };
    return make(complete, this.api(kind === "SpacesBucket" ? "spaces" : family, provider));
  }

  /** Answers a function of a provider. */
  async invoke(token: string, inputs: Props, provider: string): Promise<Props> {
    const [family, name] = parts(token);
    const answer = clouds[family]?.invokes[name];
    if (!answer) throw new Error(`The embedded engine does not know the function ${token}.`);
    return answer(inputs, this.api(family, provider));
  }

  /** Takes note of a provider that the program makes itself; `reference` is how its resources will name it. */
  configure(reference: string, inputs: Props): void {
    this.configured.set(reference, inputs);
  }

  private api(family: string, provider: string): Api {
    const key = `${family} ${provider}`;
    const known = this.apis.get(key) ?? this.connect(family, (name) => this.setting(family, provider, name));
    this.apis.set(key, known);
    return known;
  }

  private setting(family: string, provider: string, name: string): string {
    const section = family === "spaces" ? "digitalocean" : family;
    return text(this.configured.get(provider)?.[name] ?? this.config[`${section}:${name}`]);
  }

  private connect(family: string, setting: (name: string) => string): Api {
    if (family === "sumologic") {
      const endpoint = loopback("sumologic:baseUrl", setting("baseUrl"));
      return sumoLogicApi(
        { endpoint, accessId: setting("accessId"), accessKey: setting("accessKey") },
        this.pace,
      );
    }
    if (family === "spaces") {
      const endpoint = loopback("digitalocean:spacesEndpoint", setting("spacesEndpoint"));
      const [accessId, secretKey] = [setting("spacesAccessId"), setting("spacesSecretKey")];
      return spacesApi({ endpoint, accessId, secretKey }, this.pace);
    }
    const endpoint = loopback("digitalocean:apiEndpoint", setting("apiEndpoint"));
    return digitalOceanApi({ endpoint, token: setting("token") }, this.pace);
  }
}

/** The package and the last part of a type or token: `digitalocean:index/vpc:Vpc` → `digitalocean`, `Vpc`. */
function parts(token: string): [family: string, name: string] {
  return [token.slice(0, token.indexOf(":")), token.slice(token.lastIndexOf(":") + 1)];
}

function autoname(name: string): string {
  return `${name}-${randomBytes(4).toString("hex").slice(0, 7)}`;
}

/** This engine keeps no state, so what it made in a real account nobody could find and change again. */
function loopback(key: string, address: string): string {
  if (isLocal(address)) return address;
  throw new Error(
    `${key} is ${address || "not set"}: the embedded engine makes resources in a local cloud only. ` +
      "Use `npm start`, which brings one along, or `pulumi up` for a real account.",
  );
}
