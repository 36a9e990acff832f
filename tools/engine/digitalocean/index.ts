import type { Invoke, Maker } from "../kind";
import { camel, list, object, type Props } from "../props";
import type { Api } from "../rest";
import { compute } from "./compute";
import { database, databaseCa } from "./database";
import { network } from "./network";
import { spaces } from "./spaces";
import { watch } from "./watch";

/** How each kind of DigitalOcean resource is made, by the last part of its type. */
export const makers: Readonly<Record<string, Maker>> = {
  ...network,
  ...compute,
  ...database,
  ...spaces,
  ...watch,
};

/** Kinds without a name that the engine could choose. */
export const unnamed: ReadonlySet<string> = new Set([
  "Domain",
  "VolumeAttachment",
  "ReservedIp",
  "DatabaseFirewall",
  "DatabaseMysqlConfig",
  "MonitorAlert",
  "ProjectResources",
]);

/** The functions, by the last part of their token. */
export const invokes: Readonly<Record<string, Invoke>> = { getDatabaseCa: databaseCa, getSizes: sizes };

async function sizes(inputs: Props, api: Api): Promise<Props> {
  if (inputs.filters !== undefined || inputs.sorts !== undefined) {
    throw new Error(
      "getSizes: the embedded engine knows no filters and no sorts; filter the result in the program.",
    );
  }
  const answer = await api.call("GET", "/v2/sizes?per_page=200");
  return { id: "sizes", sizes: list(answer.sizes).map((size) => camel(object(size))) };
}
