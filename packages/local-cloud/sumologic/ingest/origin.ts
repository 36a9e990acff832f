import type { Collection } from "../../core/store";
import type { Collector } from "../collectors";
import type { Field } from "../fields";
import type { Source } from "../sources";
import type { LogRecord } from "./records";

/** What is known of all data of one request: where it came from. */
export type Origin = Pick<LogRecord, "collector" | "source" | "name" | "host" | "category"> & {
  readonly fields: Readonly<Record<string, string>>;
};

/** The origin that a source and its collector give. @param sender address of the client, for want of a host name. */
export function originOf(source: Source, collector: Collector | undefined, sender: string): Origin {
  return {
    collector: collector?.name ?? "",
    source: source.name,
    name: "Http Input",
    host: source.hostName || sender,
    category: source.category || collector?.category || "",
    fields: { ...collector?.fields, ...source.fields },
  };
}

/** Those of the fields that the account has declared and enabled; the others are dropped. */
export function declaredOnly(
  fields: Readonly<Record<string, string>>,
  declared: Collection<Field>,
): Record<string, string> {
  const names = new Map(
    declared
      .list()
      .filter(({ state }) => state === "Enabled")
      .map(({ fieldName }) => [fieldName.toLowerCase(), fieldName]),
  );
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const known = names.get(name.toLowerCase());
      return known === undefined ? [] : [[known, value]];
    }),
  );
}
