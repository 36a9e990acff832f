import { expect } from "chai";
import { type Layout, layout, type Rect } from "../../tools/diagram/layout";
import type { Picture } from "../../tools/diagram/picture";
import { drawn, shapeNames } from "./diagram-support";

interface Named extends Rect {
  readonly name: string;
}

/** What nothing else may cover. */
function solid({ boxes, units, buses }: Picture, { rects }: Layout): Named[] {
  const ids = [...boxes, ...buses, ...units.flatMap(({ cells }) => cells)].map(({ id }) => id);
  return ids.map((id) => {
    const rect = rects.get(id);
    if (rect === undefined) throw new Error(`${id} has no place.`);
    return { ...rect, name: id };
  });
}

const labels = ({ lines }: Layout): Named[] =>
  lines.flatMap(({ label, arrow }) => (label ? [{ ...label, name: arrow?.text ?? "" }] : []));

/** The stretches of the lines, as thin rectangles without their ends. */
const stretches = ({ lines }: Layout): Named[] =>
  lines
    .filter(({ style }) => style)
    .flatMap(({ points, from, to }) =>
      points.slice(1).map((end, index) => {
        const start = points[index] ?? end;
        const [x, y] = [Math.min(start.x, end.x), Math.min(start.y, end.y)];
        const [width, height] = [Math.abs(start.x - end.x), Math.abs(start.y - end.y)];
        return { x, y, width, height, name: `${from} to ${to}` };
      }),
    );

const meet = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width - 1 &&
  other.x < one.x + one.width - 1 &&
  one.y < other.y + other.height - 1 &&
  other.y < one.y + one.height - 1;

const collisions = (all: readonly Named[], others: readonly Named[]): string[] =>
  all.flatMap((one) =>
    others.filter((other) => other !== one && meet(one, other)).map((other) => `${one.name} | ${other.name}`),
  );

describe("the picture's layout", function () {
  this.timeout(60_000);

  for (const shape of shapeNames) {
    it(`has nothing on top of anything and fits a page: ${shape}`, async () => {
      const picture = await drawn(shape);
      const places = await layout(picture);
      const covered = [...solid(picture, places), ...labels(places)];
      expect(collisions(covered, covered)).to.deep.equal([]);
      expect(collisions(stretches(places), covered)).to.deep.equal([]);
      expect(places.width).to.be.at.most(1200);
    });
  }

  it("keeps the cells of a server in one column", async () => {
    for (const shape of ["three", "mixed"]) {
      const picture = await drawn(shape);
      const { rects } = await layout(picture);
      for (const { cells, title } of picture.units) {
        const columns = cells.map(({ id }) => Math.round(rects.get(id)?.x ?? -1));
        expect(new Set(columns).size, title).to.equal(1);
      }
    }
  });

  it("draws small pools server by server and large ones as one", async () => {
    const counts = async (shape: string) =>
      (await drawn(shape)).units.map(({ title, count }) => [title, count]);
    expect(await counts("three")).to.have.length(3);
    expect(await counts("uniform30")).to.deep.equal([["sandbox-server-1 … 30", 30]]);
    expect(await counts("pools30")).to.deep.include.members([
      ["staging-web-1 … 10", 10],
      ["staging-app-1 … 17", 17],
      ["staging-db-2", 1],
    ]);
  });
});
