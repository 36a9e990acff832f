import { fieldText } from "../tokens";

/** A dimension's name as it is written. */
export function dimensionText(name: string): string {
  return /^[A-Za-z_][\w.]*$/.test(name) ? name : fieldText(name);
}
