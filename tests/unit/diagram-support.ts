import { draw } from "../../tools/diagram/draw";
import type { Picture } from "../../tools/diagram/picture";
import { foreseen } from "../../tools/diagram/stack";
import { list, object, type Props } from "../../tools/engine/props";
import type { Registration } from "../../tools/engine/registration";
import { settingsByKey } from "../../tools/engine/stackfile";

const pool = (name: string, count: number, roles: string[]) => ({ name, count, roles, size: "s-2vcpu-4gb" });
const notifications = {
  email: ["ops@example.com"],
  slack: { url: "https://hooks.example.com/secret-part", channel: "#ops" },
};
const access = {
  sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAabcdefghijklmnopqrstuvwxyzabcdefghijklmnop"],
  adminCidrs: ["203.0.113.0/24"],
};

const shapes: Readonly<Record<string, { stack: string; settings: Props }>> = {
  three: { stack: "sandbox", settings: { monitoring: { notifications: { email: [] } } } },
  uniform30: { stack: "sandbox", settings: { pools: [pool("server", 30, ["web", "app", "db"])] } },
  pools30: {
    stack: "staging",
    settings: {
      pools: [pool("web", 10, ["web"]), pool("app", 17, ["app"]), pool("db", 3, ["db"])],
      monitoring: { notifications },
      access,
    },
  },
  managed: { stack: "prod", settings: { monitoring: { notifications } } },
  mixed: {
    stack: "sandbox",
    settings: { pools: [pool("front", 2, ["web", "db"]), pool("app", 3, ["app"]), pool("db", 1, ["db"])] },
  },
  passthrough: { stack: "sandbox", settings: { tls: { certificate: "internal", backend: "passthrough" } } },
};

export const shapeNames = Object.keys(shapes);

const known = new Map<string, Promise<readonly Registration[]>>();

/** What the program registers for a shape of the stack; run once for all tests. */
export function registered(shape: string): Promise<readonly Registration[]> {
  const { stack = "", settings = {} } = shapes[shape] ?? {};
  const running = known.get(shape) ?? foreseen(stack, settingsByKey(settings));
  known.set(shape, running);
  return running;
}

/** A picture after a change of what was registered. */
export async function drawn(
  shape: string,
  change: (all: readonly Registration[]) => readonly Registration[] = (all) => all,
): Promise<Picture> {
  return draw(shape, change(await registered(shape)));
}

/** Changes the resources of a kind. */
export const changing =
  (kind: string, change: (resource: Registration) => Registration) =>
  (all: readonly Registration[]): Registration[] =>
    all.map((one) => (one.custom && one.type.endsWith(`:${kind}`) ? change(one) : one));

/** Leaves the resources of a kind out. */
export const without =
  (kind: string) =>
  (all: readonly Registration[]): Registration[] =>
    all.filter(({ custom, type }) => !custom || !type.endsWith(`:${kind}`));

/** Changes the list of rules of the firewalls. */
export const ruling = (
  direction: "inboundRules" | "outboundRules",
  change: (rules: readonly Props[]) => Props[],
) =>
  changing("Firewall", (one) => ({
    ...one,
    inputs: { ...one.inputs, [direction]: change(list(one.inputs[direction]).map(object)) },
  }));

/** Cuts an input off what it comes from, where that is of a kind. */
export const cutting = (kind: string, input: string, source: string) =>
  changing(kind, (one) => ({
    ...one,
    inputsFrom: {
      ...one.inputsFrom,
      [input]: (one.inputsFrom[input] ?? []).filter((urn) => !urn.includes(`:${source}::`)),
    },
  }));

/** The lines of a picture in words: `visitors -> balancer: https 443, TLS`. */
export function told({ boxes, frames, buses, arrows }: Picture): string[] {
  const titles = new Map([...boxes, ...frames].map(({ id, title }) => [id, title]));
  const title = (id: string) => titles.get(id) ?? id;
  return [
    ...buses.map(({ text, tls }) => `${text}${tls ? ", TLS" : ""}`),
    ...arrows.map(
      ({ from, to, text, tls }) => `${title(from)} -> ${title(to)}: ${text}${tls ? ", TLS" : ""}`,
    ),
  ];
}
