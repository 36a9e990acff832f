import { text } from "../engine/props";
import type { Arrow, Box, Frame } from "./picture";
import { distinct, grouped } from "./resources";
import { networkOf, type Scene } from "./site";
import { span } from "./units";
import { alerts, dashboards, monitors, type Reader, type Telemetry, telemetry, told } from "./watchers";

export interface Watching {
  readonly frames: Frame[];
  readonly boxes: Box[];
  readonly arrows: Arrow[];
}

/** Lines of a box before the rest is only counted. */
const most = 6;
const collectors = "collectors";

/** Sumo Logic: the collectors, what reads what they take in, and who is told. */
export function sumoLogic(scene: Scene): Watching {
  const { resources, servers } = scene;
  const heard = telemetry(resources, servers).filter((one) => one.collectors.length > 0);
  const people = told(resources).sumoLogic;
  const readers = [
    { id: "monitors", title: "monitors", all: monitors(resources) },
    { id: "dashboards", title: "dashboards", all: dashboards(resources) },
  ].filter(({ all }) => all.length > 0);
  const frame: Frame = { id: "sumologic", kind: "account", title: "Sumo Logic", lines: [] };
  const boxes: Box[] = [
    ...(heard.length > 0 ? [collectorBox(heard)] : []),
    ...readers.map(({ id, title, all }) => readerBox(id, title, all)),
  ].map((box) => ({ ...box, frame: frame.id }));
  return {
    frames: boxes.length > 0 ? [frame] : [],
    boxes,
    arrows: [
      ...sends(scene, heard),
      ...readers.flatMap(({ id, all }) => reads(id, all)),
      ...(people.length > 0 ? [tells("monitors")] : []),
    ],
  };
}

function collectorBox(heard: readonly Telemetry[]): Box {
  const pools = grouped(heard, ({ server, categories }) => [server.name.replace(/-\d+$/, ""), categories]);
  const all = distinct(heard.flatMap((one) => one.collectors)).length;
  return {
    id: collectors,
    tone: "watching",
    title: all === heard.length ? `${all} collectors, one for each server` : `${all} collectors`,
    lines: pools.map(
      (pool) => `${span(pool.map(({ server }) => server.name))}: ${pool[0]?.categories.join(", ")}`,
    ),
  };
}

/** From the network that the servers lie in; from each of them where they lie in none. */
function sends({ resources, servers, drawn }: Scene, heard: readonly Telemetry[]): Arrow[] {
  const from = heard.map(
    ({ server: { urn } }) =>
      networkOf(resources, urn) ??
      drawn.find((one) => one.servers.some((server) => server.urn === urn))?.unit.cells.at(-1)?.id ??
      "",
  );
  const formats = distinct(resources.all("HttpSource").map(({ inputs }) => text(inputs.contentType)));
  const whose =
    heard.length === servers.length ? "every server" : `${heard.length} of ${servers.length} servers`;
  return distinct(from).map((id) => ({
    from: id,
    to: collectors,
    text: `${formats.join(", ").toUpperCase()} over https 443, ${whose}`,
    tls: true,
    style: "traffic",
  }));
}

function readerBox(id: string, title: string, all: readonly Reader[]): Box {
  const rest = all.length - most;
  const lines = all.slice(0, rest > 1 ? most : all.length).map(({ name }) => name);
  return {
    id,
    tone: "watching",
    title: all.length === 1 ? title.slice(0, -1) : `${all.length} ${title}`,
    lines: rest > 1 ? [...lines, `and ${rest} more`] : lines,
  };
}

function reads(id: string, all: readonly Reader[]): Arrow[] {
  const sources = distinct(all.flatMap((reader) => reader.reads));
  if (sources.length === 0) return [];
  const text = sources.length > 2 ? `${sources.length} kinds of sources` : sources.join(", ");
  return [{ from: id, to: collectors, text, tls: false, style: "watches" }];
}

/** DigitalOcean's own alerts. */
export function digitalOceanAlerts({ resources, servers }: Scene): Watching {
  const all = alerts(resources, servers);
  if (all.length === 0) return { frames: [], boxes: [], arrows: [] };
  const frame: Frame = { id: "alerts", kind: "account", title: "DigitalOcean alerts", lines: [] };
  const boxes = all.map(
    ({ watches, limits }, index): Box => ({
      id: `alert-${index}`,
      tone: "watching",
      title: subject(watches),
      lines: limits,
      frame: frame.id,
    }),
  );
  const watched = distinct(
    all.flatMap(({ watches }) => watches.flatMap((urn) => networkOf(resources, urn) ?? [])),
  );
  return {
    frames: [frame],
    boxes,
    arrows: [
      ...watched.map(
        (id): Arrow => ({ from: frame.id, to: id, text: "watches", tls: false, style: "watches" }),
      ),
      ...(told(resources).digitalOcean.length > 0 ? [tells(frame.id)] : []),
    ],
  };
}

/** What an alert is about, in words. */
function subject([first = "", ...more]: readonly string[]): string {
  if (first.includes(":LoadBalancer::")) return "the load balancer";
  if (first.includes(":DatabaseCluster::")) return "the database";
  if (!first.startsWith("urn:")) return first;
  return more.length === 0 ? "1 server" : `${more.length + 1} servers`;
}

const tells = (from: string): Arrow => ({ from, to: people, text: "tells", tls: false, style: "uses" });

const people = "people";

/** Whoever is told of an alert. */
export function audience({ resources }: Scene): Box[] {
  const { sumoLogic, digitalOcean } = told(resources);
  const ways = distinct([...sumoLogic, ...digitalOcean]);
  return ways.length > 0 ? [{ id: people, tone: "told", title: "people", lines: [ways.join(", ")] }] : [];
}
