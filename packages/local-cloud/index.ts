import { createCore } from "./core/core";
import type { LocalCloud, LocalCloudOptions } from "./core/options";
import { listen } from "./core/server";
import { createDigitaloceanApi, token } from "./digitalocean/api";

export type { ApiObject, Backend, DatabaseEndpoint, DropletBody, World } from "./core/backend";
export type { Fault, LocalCloud, LocalCloudOptions } from "./core/options";

/** Starts a local cloud and answers once its APIs take calls. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const core = createCore(options);
  const digitalocean = createDigitaloceanApi(core);
  return {
    digitalocean: { endpoint: await listen(digitalocean, options.digitaloceanPort), token },
    sumologic: { endpoint: "", accessId: "", accessKey: "" },
    async close() {
      await digitalocean.close();
      await options.backend?.close();
      await core.close();
    },
  };
}
