import { digitalOceanApi } from "../engine/apis";
import { object, type Props } from "../engine/props";
import { paces } from "../rehearsal";
import type { Deed } from "./drill";

/** Does as the cloud's console does: starts a droplet's action and waits for its end. */
export const droplet =
  (type: "power_on" | "shutdown" | "reboot" | "rebuild", input: Props = {}): Deed =>
  async ({ cloud }, { id, name }) => {
    const api = digitalOceanApi(cloud.digitalocean, paces.instant);
    const action = object((await api.call("POST", `/v2/droplets/${id}/actions`, { type, ...input })).action);
    const read = async () => object((await api.call("GET", `/v2/actions/${action.id}`)).action);
    const { status } = await api.until(read, ({ status }) => status !== "in-progress", `${name}: ${type}`);
    if (status !== "completed") throw new Error(`${name}: the action ${type} ended as ${status}.`);
  };
