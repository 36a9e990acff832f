import type { Backing } from "../engine/execution";
import type { Objections } from "../engine/hooks";
import { type Made, nothingMade } from "../engine/kind";
import type { Props } from "../engine/props";
import { hidden, type Registration } from "../engine/registration";
import { compare, type Step } from "./compare";
import type { Refusal } from "./foresee";
import type { Former } from "./former";
import { standInAnswer, standIns } from "./stand-ins";

/**
 * Foresees a run that finds a stack as another version of the program left it. As in the real engine, what is made
 * anew gets other outputs, and what is derived from those changes in its turn.
 */
export class Foresight implements Backing {
  readonly preview = true;
  /** What the program's own hooks won't have. */
  readonly refusals: Refusal[] = [];
  private readonly planned: Step[] = [];
  private readonly made = new Map<string, { resource: Registration; deletedFirst: boolean }>();

  constructor(private readonly former: Former) {}

  async make(resource: Registration, objections: Objections): Promise<Made> {
    const step = this.step(resource);
    if (step.operation === "update" && step.before) {
      const { type, name } = resource;
      for (const reason of await objections(step.before)) this.refusals.push({ type, name, reason });
    }
    if (!resource.custom) return nothingMade;
    this.planned.push(step);
    const { operation, deletedFirst } = step;
    if (operation === "replace" || operation === "create")
      this.made.set(resource.urn, { resource, deletedFirst });
    // A resource that has another name now is still the same.
    const urn = step.before?.urn ?? resource.urn;
    const { id, outputs } = standIns(urn, resource.type, operation === "replace");
    return { id, outputs: hidden({ ...outputs, ...resource.inputs }, resource) };
  }

  async invoke(token: string, inputs: Props): Promise<Props> {
    return standInAnswer(token, inputs);
  }

  /** All steps: those of the program, then what is deleted. */
  steps(): Step[] {
    const gone = this.former.gone().filter(({ custom }) => custom);
    const nothing = { differences: [], because: [], deletedFirst: false };
    return [...this.planned, ...gone.map((before): Step => ({ operation: "delete", before, ...nothing }))];
  }

  private step(resource: Registration): Step {
    const before = this.former.find(resource);
    if (before) return compare(before, resource, this.made);
    return { operation: "create", after: resource, differences: [], because: [], deletedFirst: false };
  }
}
