import { createConsole } from "./console";
import { createCore } from "./core/core";
import type { LocalCloud, LocalCloudOptions } from "./core/options";
import { listen } from "./core/server";
import { createDigitaloceanApi, token } from "./digitalocean/api";
import { createSpaces } from "./spaces";
import { ownKey } from "./spaces/access";
import { createSumologicApi } from "./sumologic";
import { collectionHost } from "./sumologic/receiver";

export type { ApiObject, Backend, DatabaseEndpoint, DropletBody, World } from "./core/backend";
export { parseFault } from "./core/faults";
export type { Fault, LocalCloud, LocalCloudOptions } from "./core/options";

/** The access key that the local Sumo Logic takes, and no other. */
const credentials = { accessId: "local-cloud-id", accessKey: "local-cloud-key" };

/**
 * Starts a local cloud and answers once its APIs take calls.
 * @throws an Error where a port is taken or the state file can't be opened.
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const core = createCore(options);
  const digitalocean = createDigitaloceanApi(core);
  const sumologic = createSumologicApi(core, credentials);
  const spaces = createSpaces(core);
  const page = createConsole(core, digitalocean.cloud, sumologic.services);
  const close = async () => {
    await Promise.all([digitalocean.app, sumologic.receiver, sumologic.app, page].map((app) => app.close()));
    await options.backend?.close();
    await spaces.close();
    await core.close();
  };
  try {
    await sumologic.receiver.ready();
    await options.backend?.publish(collectionHost, sumologic.receiver.routing);
    return {
      digitalocean: { endpoint: await listen(digitalocean.app, options.digitaloceanPort), token },
      spaces: { endpoint: await spaces.listen(options.spacesPort ?? 0), ...ownKey },
      sumologic: {
        endpoint: `${await listen(sumologic.app, options.sumologicPort)}/api/`,
        ...credentials,
        queries: sumologic.services.queries,
      },
      console: `${await listen(page, options.consolePort)}/`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
