import { type Alias, type Registration, urnOf } from "../engine/registration";

/** What a program registered before, to be found again by URN or by the names that a resource says it had. */
export class Former {
  private readonly byUrn: ReadonlyMap<string, Registration>;
  private readonly found = new Set<string>();
  /** The URNs that resources of the new program had, by what they have now. */
  private readonly had = new Map<string, readonly string[]>();

  constructor(private readonly registrations: readonly Registration[]) {
    this.byUrn = new Map(registrations.map((one) => [one.urn, one]));
  }

  /** The same resource before; undefined where it is new. Parents have to be asked for before their children. */
  find(resource: Registration): Registration | undefined {
    const urns = this.formerUrns(resource);
    this.had.set(resource.urn, urns);
    const known = [resource.urn, ...urns].find((urn) => this.byUrn.has(urn) && !this.found.has(urn));
    if (known === undefined) return undefined;
    this.found.add(known);
    return this.byUrn.get(known);
  }

  /** What nothing of the new program has been. */
  gone(): Registration[] {
    return this.registrations.filter(({ urn }) => !this.found.has(urn));
  }

  /** By its own aliases, by those of its parents, and by both. */
  private formerUrns({ urn, type, name, parent, aliases }: Registration): string[] {
    const [stack = "", project = ""] = urn.slice("urn:pulumi:".length).split("::");
    const parents = this.parents(parent, name);
    return [{}, ...aliases].flatMap((alias: Alias) => {
      if ("urn" in alias) return [alias.urn];
      const above = alias.parent === undefined ? parents : this.parents(alias.parent, name);
      return above.map((one) =>
        urnOf(
          alias.stack ?? stack,
          alias.project ?? project,
          one.urn,
          alias.type ?? type,
          alias.name ?? one.name,
        ),
      );
    });
  }

  /** The parent's URNs, now and before; a child that is called after its parent was called after what that was. */
  private parents(parent: string | null, name: string): { urn: string; name: string }[] {
    if (parent === null) return [{ urn: "", name }];
    const now = nameOf(parent);
    return [parent, ...(this.had.get(parent) ?? [])].map((urn) => ({
      urn,
      name: name.startsWith(now) ? nameOf(urn) + name.slice(now.length) : name,
    }));
  }
}

const nameOf = (urn: string): string => urn.split("::")[3] ?? "";
