import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import type { ExtractionRule } from "../extraction-rules";
import { parseExtraction } from "../query/log-query";
import { scopeTest } from "../query/scope";
import { parseScope } from "../query/scope-parser";
import { type Row, textOf } from "../query/values";

/** What a rule takes out of a message; nothing where the message is not in its scope. */
type Extract = (message: Row) => Row | undefined;

/** The account's extraction rules, which are applied to messages as they come in. */
export class Extraction {
  private readonly rules: Collection<ExtractionRule>;
  /** Rules are never changed in place. */
  private readonly ready = new WeakMap<ExtractionRule, Extract>();

  constructor(core: Core) {
    this.rules = core.store.collection<ExtractionRule>("sumologic/extraction-rules");
  }

  /** The fields that the rules find in a message. */
  of(message: Row): Record<string, string> {
    const found: Record<string, string> = {};
    for (const rule of this.rules.list()) {
      const row = rule.enabled ? this.extract(rule)(message) : undefined;
      for (const name of row ? rule.fieldNames : []) {
        if (row?.[name] !== undefined && row[name] !== null) found[name] = textOf(row[name]);
      }
    }
    return found;
  }

  private extract(rule: ExtractionRule): Extract {
    const known = this.ready.get(rule);
    if (known) return known;
    const made = prepared(rule);
    this.ready.set(rule, made);
    return made;
  }
}

function prepared({ scope, parseExpression }: ExtractionRule): Extract {
  const inScope = scopeTest(parseScope(scope).scope, (row) => textOf(row._raw));
  const steps = parseExtraction(parseExpression).flatMap(({ stage }) =>
    stage.kind === "each" ? [stage.start({ from: 0, to: 0 })] : [],
  );
  return (message) => {
    if (!inScope(message)) return undefined;
    return steps.reduce<Row | undefined>((row, step) => row && step(row), message);
  };
}
