import type { Registration } from "../engine/registration";
import { certificates, dns } from "./entry";
import { flows } from "./flows";
import type { Picture } from "./picture";
import { distinct, Resources } from "./resources";
import { servers } from "./servers";
import { balancers, buses, clusters, entrances, networkOf, networks, outsiders, type Scene } from "./site";
import { drawn } from "./units";
import { audience, digitalOceanAlerts, sumoLogic } from "./watching";

/** The picture of what a program registered; all that it shows comes from there. */
export function draw(title: string, registrations: readonly Registration[]): Picture {
  const resources = new Resources(registrations);
  const all = servers(resources);
  const scene: Scene = {
    resources,
    servers: all,
    flows: flows(resources, all),
    drawn: drawn(all, ({ urn }) => networkOf(resources, urn)),
  };
  const { boxes: outside, incoming } = outsiders(scene);
  const certified = distinct(
    all.filter((server) => server.certified).flatMap(({ urn }) => networkOf(resources, urn) ?? []),
  );
  const [zones, issued] = [dns(resources), certificates(resources, certified)];
  const watching = [sumoLogic(scene), digitalOceanAlerts(scene)];
  return {
    title,
    frames: [...networks(scene), ...watching.flatMap(({ frames }) => frames)],
    boxes: [
      ...zones.boxes,
      ...outside,
      ...issued.boxes,
      ...balancers(scene),
      ...clusters(scene),
      ...watching.flatMap(({ boxes }) => boxes),
      ...audience(scene),
    ],
    units: scene.drawn.map(({ unit }) => unit),
    buses: buses(scene),
    arrows: [
      ...zones.arrows,
      ...entrances(scene, incoming),
      ...issued.arrows,
      ...watching.flatMap(({ arrows }) => arrows),
    ],
  };
}
