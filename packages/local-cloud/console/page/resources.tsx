import { useState } from "preact/hooks";
import type { ResourceKind } from "../shapes";
import { usePoll } from "./poll";
import { Scroll } from "./scroll";

const clouds = ["DigitalOcean", "Sumo Logic"] as const;

/** What both accounts hold, by kind. */
export function ResourcesView() {
  const { data } = usePoll<ResourceKind[]>("resources", 10_000);
  const [wanted, setWanted] = useState("");
  if (!data) return <h1>Resources</h1>;
  const found = data.map((kind) => matching(kind, wanted)).filter(({ items }) => items.length > 0);
  return (
    <>
      <h1>Resources</h1>
      <search class="toolbar">
        <label>
          Name or detail
          <input
            type="search"
            value={wanted}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        </label>
      </search>
      {clouds.map((cloud) => (
        <section key={cloud} class="kinds" aria-label={cloud}>
          <h2>{cloud}</h2>
          {found
            .filter((kind) => kind.cloud === cloud)
            .map((kind) => (
              <Kind key={kind.kind} kind={kind} open={wanted !== ""} />
            ))}
        </section>
      ))}
    </>
  );
}

function Kind({ kind: { kind, items }, open }: { kind: ResourceKind; open: boolean }) {
  return (
    <details class="card kind" open={open}>
      <summary>
        <h3>{kind}</h3> <span class="hint">{items.length}</span>
      </summary>
      <Scroll label={kind}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Detail</th>
              <th scope="col">Id</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, name, detail }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{detail}</td>
                <td>
                  <code>{id}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function matching(kind: ResourceKind, wanted: string): ResourceKind {
  const words = wanted.toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(words);
  return has(kind.kind)
    ? kind
    : { ...kind, items: kind.items.filter(({ id, name, detail }) => has(name) || has(detail) || has(id)) };
}
