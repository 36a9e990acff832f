import type { ResourceKind, ResourceView } from "../shapes";

type Word = string | false | null | undefined;

/** Makes kinds of one cloud: the words about a thing are put in a line. */
export function kindsOf(cloud: ResourceKind["cloud"]) {
  return <T extends object>(kind: string, things: readonly T[], words: (thing: T) => readonly Word[]) => ({
    cloud,
    kind,
    items: things.map((thing) => ({ ...naming(thing), detail: words(thing).filter(Boolean).join(" · ") })),
  });
}

/** The kinds call their ids and names differently. */
function naming(thing: object): Pick<ResourceView, "id" | "name"> {
  const fields: Readonly<Record<string, unknown>> = { ...thing };
  const first = (...names: string[]) =>
    String(names.map((name) => fields[name]).find((value) => value !== undefined) ?? "");
  return {
    id: first("id", "uuid", "fieldId", "ip", "name"),
    name: first("name", "title", "fieldName", "ip", "description"),
  };
}
