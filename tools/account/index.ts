import { type DigitalOceanAccess, digitalOceanApi, type SumoLogicAccess, sumoLogicApi } from "../engine/apis";
import type { Pace } from "../engine/rest";
import { listDigitalOcean } from "./digitalocean";
import type { Held } from "./held";
import { listSumoLogic } from "./sumologic";

/** What it takes to look into the accounts of a stack. */
export interface Access {
  readonly digitalocean: DigitalOceanAccess;
  readonly sumologic: SumoLogicAccess;
}

/** Everything that both accounts hold. */
export async function listAccount({ digitalocean, sumologic }: Access, pace: Pace): Promise<Held[]> {
  const lists = [
    listDigitalOcean(digitalOceanApi(digitalocean, pace)),
    listSumoLogic(sumoLogicApi(sumologic, pace)),
  ];
  return (await Promise.all(lists)).flat();
}
