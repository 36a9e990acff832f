import type { Json } from "../engine/props";

/** Stacks that drills take place in: settings in the place of the sandbox's. */
const shapes: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  uniform: {},
  pools: {
    pools: [
      { name: "web", count: 2, roles: ["web"], size: "s-1vcpu-1gb" },
      { name: "app", count: 2, roles: ["app"], size: "s-1vcpu-1gb" },
    ],
    database: { mode: "managed" },
  },
};

export const shapeNames = Object.keys(shapes);
export const tlsBackends = ["reencrypt", "passthrough"];

/** The settings of a drill's stack. */
export function settingsOf(shape: string, backend: string): Record<string, Json> {
  return { ...shapes[shape], tls: { certificate: "internal", backend } };
}

/** A public key that nobody has the other half of. */
export const nobodysKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA nobody";
