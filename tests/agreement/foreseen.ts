import { runHere } from "../../tools/engine/program";
import type { Props } from "../../tools/engine/props";
import type { Registration } from "../../tools/engine/registration";
import { settingsByKey } from "../../tools/engine/stackfile";
import type { Step } from "../../tools/plan/compare";
import { Foresight } from "../../tools/plan/foresight";
import { Former } from "../../tools/plan/former";
import { projectDirectory } from "../../tools/shared/project";
import { digest, keyOf, type Operations } from "./recording";

/** What a plan says of a change. */
export interface Planned extends Operations {
  readonly same: readonly string[];
  readonly refused: readonly string[];
  /** Of those to replace, what is deleted before the new one is made. */
  readonly deletedFirst: readonly string[];
}

/** What a program registers with a base's settings, and what a plan says of others. */
export class Plans {
  private constructor(private readonly resources: readonly Registration[]) {}

  static async of(settings: Props): Promise<Plans> {
    return new Plans((await run(settings, new Foresight(new Former([])))).resources);
  }

  async ask(settings: Props): Promise<Planned> {
    const foresight = new Foresight(new Former(this.resources));
    await run(settings, foresight);
    return {
      ...operations(foresight.steps()),
      refused: foresight.refusals.map(({ type, name }) => keyOf(type, name)).sort(),
    };
  }

  /** Digest of what decides about operations: the resources, what their inputs come from, and their options. */
  program(): string {
    const shapes = this.resources.map(({ inputs, dependsOn, secretOutputs, ...shape }) => {
      return JSON.stringify({ ...shape, inputs: Object.keys(inputs).sort() });
    });
    return digest(shapes.sort());
  }
}

async function run(settings: Props, foresight: Foresight) {
  const config = { project: "web-infra", stack: "sandbox", values: settingsByKey(settings), secrets: [] };
  const result = await runHere({ directory: projectDirectory, config }, foresight);
  if (result.faults.length > 0) throw new Error(result.faults.map(({ message }) => message).join("\n"));
  return result;
}

function operations(steps: readonly Step[]): Omit<Planned, "refused"> {
  const key = ({ before, after }: Step) =>
    keyOf((after ?? before)?.type ?? "", (after ?? before)?.name ?? "");
  const of = (operation: Step["operation"]) => steps.filter((step) => step.operation === operation);
  const keys = (operation: Step["operation"]) => of(operation).map(key).sort();
  const inputs = (operation: Step["operation"], why: (step: Step) => readonly string[]) =>
    Object.fromEntries(
      of(operation)
        .map((step) => [key(step), why(step)] as const)
        .sort(),
    );
  return {
    create: keys("create"),
    update: inputs("update", ({ differences }) =>
      [...new Set(differences.map(({ path }) => String(path[0])))].sort(),
    ),
    replace: inputs("replace", ({ because }) => because),
    delete: keys("delete"),
    same: keys("same"),
    deletedFirst: steps.filter(({ deletedFirst }) => deletedFirst).map(key),
  };
}
