import { expect } from "chai";
import { Load } from "../../../tools/drills/load";
import { faults, type Place } from "../../../tools/drills/monitoring/faults";
import { placeOf } from "../../../tools/drills/monitoring/place";
import { quiet, tryFault } from "../../../tools/drills/monitoring/trial";
import type { Live } from "../../../tools/live";

/** One that metrics tell of and one that the journal does; the drill `monitors` tries them all. */
const tried = ["disk filled", "certificate near its end"];

/** That the monitors fire and resolve on what servers under load really send. */
export function alerts(stack: () => Live, timeScale: number): void {
  describe("the monitors", function () {
    this.timeout(120_000);
    const { signal } = new AbortController();
    let load: Load;
    let place: Place;
    const watched = () => ({ live: stack(), timeScale, log: () => {}, signal });

    before(async () => {
      load = new Load({ ...stack(), rate: 24 });
      place = await placeOf(stack(), load);
    });
    after(async () => {
      await load?.stop();
      load?.close();
    });

    it("are quiet while all is well", async () => {
      expect(await quiet(watched())).to.deep.equal([]);
    });

    for (const fault of faults.filter(({ name }) => tried.includes(name)))
      it(`fire for one fault and no other, and resolve: ${fault.name}`, async () => {
        expect((await tryFault(fault, place, watched())).broken).to.deep.equal([]);
      });
  });
}
