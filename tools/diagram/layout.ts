import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import { type Grid, grid } from "./grid";
import { nodes } from "./nodes";
import type { Picture } from "./picture";
import { font, width } from "./text";
import { type Wire, wires } from "./wires";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** A line with its corners, and where its text stands. */
export interface Laid extends Wire {
  readonly points: readonly Point[];
  readonly label?: Rect | undefined;
}

/** Where everything is, in px from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly grid: Grid;
  /** Frames, boxes, buses and cells, by id. */
  readonly rects: ReadonlyMap<string, Rect>;
  readonly lines: readonly Laid[];
}

const options = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.partitioning.activate": "true",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.padding": "[top=20,left=20,bottom=20,right=20]",
  "elk.alignment": "TOP",
  "elk.spacing.nodeNode": "18",
  "elk.layered.spacing.nodeNodeBetweenLayers": "22",
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.edgeLabels.sideSelection": "ALWAYS_UP",
};

export async function layout(picture: Picture): Promise<Layout> {
  const places = grid(picture);
  const laid = wires(picture, places);
  const root: ElkNode = await new ELK().layout<ElkNode>({
    id: "picture",
    layoutOptions: options,
    children: nodes(picture, places).map((node) => ({ ...inherit(node), edges: edgesIn(laid, node.id) })),
    edges: edgesIn(laid, undefined),
  });
  const edges = new Map(
    [root, ...(root.children ?? [])].flatMap((node) => node.edges ?? []).map((one) => [one.id, one]),
  );
  return {
    width: Math.ceil(root.width ?? 0),
    height: Math.ceil(root.height ?? 0),
    grid: places,
    rects: new Map(flat(root.children ?? []).map((node) => [node.id, rect(node)])),
    lines: laid.map((wire) => ({ ...wire, ...route(edges.get(wire.id)) })),
  };
}

/** What holds for the whole picture holds within its frames too; ELK passes on only a part. */
function inherit(node: ElkNode): ElkNode {
  if (node.children === undefined) return node;
  const { "elk.padding": _, ...shared } = options;
  return { ...node, layoutOptions: { ...shared, ...node.layoutOptions } };
}

const edgesIn = (all: readonly Wire[], frame: string | undefined): ElkExtendedEdge[] =>
  all.filter(({ within }) => within === frame).map(edge);

function edge({ id, from, to, arrow, style }: Wire): ElkExtendedEdge {
  const text = arrow?.text ?? "";
  return {
    id,
    sources: [from],
    targets: [to],
    labels:
      text === ""
        ? []
        : [{ id: `${id}-text`, text, width: width(text, font.line) + (arrow?.tls ? 18 : 6), height: 16 }],
    layoutOptions: { "elk.layered.priority.straightness": style === "traffic" ? "20" : "10" },
  };
}

const flat = (all: readonly ElkNode[]): ElkNode[] =>
  all.flatMap((node) => [node, ...flat(node.children ?? [])]);

const rect = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Rect>): Rect => ({ x, y, width, height });

function route(edge: ElkExtendedEdge | undefined): Pick<Laid, "points" | "label"> {
  const [section] = edge?.sections ?? [];
  const [label] = edge?.labels ?? [];
  return {
    points: section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [],
    label: label && rect(label),
  };
}
