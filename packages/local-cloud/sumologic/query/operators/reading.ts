import { canonical } from "../metadata";
import type { FieldAt } from "../operator";
import type { Tokens } from "../tokens";

/** The next field's name. */
export function readField(tokens: Tokens, what = "a field"): FieldAt {
  const at = tokens.peek().start;
  return { name: canonical(tokens.name(what)), at };
}

/** Fields between commas. */
export function readFields(tokens: Tokens): FieldAt[] {
  const fields = [readField(tokens)];
  while (tokens.accept(",")) fields.push(readField(tokens));
  return fields;
}

/** The fields after `by` or `group by`, where they are next. */
export function readBy(tokens: Tokens): FieldAt[] {
  return tokens.acceptAll("group", "by") || tokens.accept("by") ? readFields(tokens) : [];
}

/** `field=name`, where it is next: the field to read from instead of the message. */
export function readSourceField(tokens: Tokens): FieldAt {
  const at = tokens.peek().start;
  return tokens.acceptAll("field", "=") ? readField(tokens) : { name: "_raw", at };
}

/** The name after `as`, where it is next. */
export function readAlias(tokens: Tokens, what = "a name"): string | undefined {
  return tokens.accept("as") ? tokens.name(what) : undefined;
}
