import { type Archive, findArchive, type Pin } from "./archive";

/**
 * The monitoring agent that the servers of a rehearsal get; undefined where none can be had.
 * @param pin what the stack says
 */
export async function chooseAgent(pin: Pin, log: (line: string) => void): Promise<Archive | undefined> {
  const found = await findArchive(pin, log);
  log(
    !found
      ? "The servers have no monitoring agent: it can't be fetched, and Go, which could build it, is missing."
      : `The monitoring agent is ${found.sha256 === pin.sha256 ? "the pinned release" : "one built of its published modules"}.`,
  );
  return found;
}
