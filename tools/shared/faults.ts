import type { ProgramResult } from "../engine/program";

/** Ends a verb when the program failed, with its own words and the resource that they are about. */
export function requireSound(result: ProgramResult): void {
  if (result.faults.length > 0) throw new Error(faultText(result));
}

/** The program's own words about its faults, each with the resource that it is about. */
export const faultText = ({ faults }: ProgramResult): string =>
  faults.map(({ urn, message }) => (urn ? `${about(urn)}: ${message}` : message)).join("\n");

/** The name and the type out of a URN: `server-1 (Droplet)`. */
function about(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${name} (${types.slice(types.lastIndexOf(":") + 1)})`;
}
