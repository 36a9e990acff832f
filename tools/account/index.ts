import { type DigitalOceanAccess, digitalOceanApi, type SumoLogicAccess, sumoLogicApi } from "../engine/apis";
import type { Api, Pace } from "../engine/rest";
import { listDigitalOcean } from "./digitalocean";
import type { Held } from "./held";
import { listSumoLogic } from "./sumologic";

/** What it takes to look into the accounts of a stack. */
export interface Access {
  readonly digitalocean: DigitalOceanAccess;
  readonly sumologic: SumoLogicAccess;
}

export function connect(
  { digitalocean, sumologic }: Access,
  pace: Pace,
): { digitalocean: Api; sumologic: Api } {
  return { digitalocean: digitalOceanApi(digitalocean, pace), sumologic: sumoLogicApi(sumologic, pace) };
}

/** Everything that both accounts hold. */
export async function listAccount(access: Access, pace: Pace): Promise<Held[]> {
  const { digitalocean, sumologic } = connect(access, pace);
  return (await Promise.all([listDigitalOcean(digitalocean), listSumoLogic(sumologic)])).flat();
}
