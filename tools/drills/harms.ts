import type { Deed } from "./drill";
import { droplet } from "./power";

/** What can happen to a server, and what mends it. */
export interface Harm {
  /** In words: the server is… */
  readonly what: string;
  readonly harm: Deed;
  readonly heal: Deed;
}

export const stopped: Harm = { what: "stopped", harm: droplet("shutdown"), heal: droplet("power_on") };

/** Its power fails. */
export const killed: Harm = {
  what: "killed",
  harm: ({ nodes }, { name }) => nodes.kill(name),
  heal: ({ nodes }, { name }) => nodes.start(name),
};

/** Its network fails. */
export const cutOff: Harm = {
  what: "cut off",
  harm: ({ nodes }, { name }) => nodes.cut(name),
  heal: ({ nodes }, { name }) => nodes.cut(name, false),
};
