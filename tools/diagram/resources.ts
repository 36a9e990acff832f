import { list, object, type Props, text } from "../engine/props";
import { type Registration, shown } from "../engine/registration";
import { kind } from "../shared/resources";

/** Natural order, whatever the machine's language: `server-2` before `server-10`. */
export const natural = new Intl.Collator("en", { numeric: true }).compare;

/** One registered resource, its secrets left out. */
export interface Resource {
  readonly urn: string;
  /** Last part of the type, e.g. `Droplet`. */
  readonly kind: string;
  readonly inputs: Props;
  readonly inputsFrom: Registration["inputsFrom"];
}

/** What a program registered, to be asked who is who's. The order of registration doesn't show. */
export class Resources {
  private readonly known: ReadonlyMap<string, Resource>;

  constructor(registrations: readonly Registration[]) {
    const made = registrations
      .filter(({ custom }) => custom)
      .map(({ urn, type, inputs, inputsFrom }): [string, Resource] => [
        urn,
        { urn, kind: kind(type), inputs: object(shown(inputs)), inputsFrom },
      ]);
    this.known = new Map(made.sort(([one], [other]) => natural(one, other)));
  }

  /** All resources of a kind, in the natural order of their names. */
  all(kind: string): Resource[] {
    return [...this.known.values()].filter((resource) => resource.kind === kind);
  }

  /** The resources of a kind that an input comes from: a preview knows no ids, but it knows where they come from. */
  from(resource: Resource, input: string, kind: string): Resource[] {
    const urns = resource.inputsFrom[input] ?? [];
    return this.all(kind).filter(({ urn }) => urns.includes(urn));
  }
}

/** A list of texts among the inputs. */
export const texts = (props: Props, key: string): string[] => list(props[key]).map(text);

/** A list of objects among the inputs. */
export const objects = (props: Props, key: string): Props[] => list(props[key]).map(object);

/** The items by what `key` says of them, in the order in which the keys first come up. */
export function grouped<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups.values()];
}

/** Without repetitions. */
export const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];
