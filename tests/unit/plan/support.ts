import type { Props } from "../../../tools/engine/props";
import { type Registration, urnOf } from "../../../tools/engine/registration";
import type { Foreseen } from "../../../tools/plan/foresee";
import { Foresight } from "../../../tools/plan/foresight";
import { Former } from "../../../tools/plan/former";

export const types = {
  droplet: "digitalocean:index/droplet:Droplet",
  vpc: "digitalocean:index/vpc:Vpc",
  volume: "digitalocean:index/volume:Volume",
  key: "tls:index/privateKey:PrivateKey",
  group: "web:group:Group",
} as const;

/** A resource as a program registers it. */
export function resource(
  type: string,
  name: string,
  inputs: Props = {},
  more: Partial<Registration> = {},
): Registration {
  return {
    urn: urnOf("dev", "web", more.parent ?? "", type, name),
    type,
    name,
    parent: null,
    custom: true,
    inputs,
    secretOutputs: [],
    dependsOn: [],
    inputsFrom: {},
    protect: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    deleteBeforeReplace: null,
    aliases: [],
    provider: "",
    ...more,
  };
}

/** One registration after the other; each may use the outputs of those before it. */
export type Program = (make: (resource: Registration) => Promise<Props>) => Promise<unknown>;

/** What is foreseen of one program after the other. */
export async function foreseen(before: Program, after: Program): Promise<Foreseen> {
  const run = async (program: Program, former: readonly Registration[]) => {
    const foresight = new Foresight(new Former(former));
    const resources: Registration[] = [];
    await program(async (one) => {
      resources.push(one);
      const { id, outputs } = await foresight.make(one);
      return { ...outputs, id };
    });
    return { resources, steps: foresight.steps() };
  };
  const old = await run(before, []);
  const planned = await run(after, old.resources);
  const result = { outputs: {}, faults: [] };
  return {
    before: { resources: old.resources, ...result },
    after: { resources: planned.resources, ...result },
    steps: planned.steps,
  };
}
