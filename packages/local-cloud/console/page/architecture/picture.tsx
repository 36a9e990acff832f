import { useRef } from "preact/hooks";
import type { Architecture, Overview } from "../../shapes";
import { count } from "../format";
import { columnsOf, visitors, watchers, wiresOf } from "./columns";
import { BalancerCard, DatabaseCard, GroupCard } from "./parts";
import { Wires } from "./wires";

/** The parts in columns, from the visitors to the databases, with lines between them and Sumo Logic beneath. */
export function Picture({ overview: { architecture, monitors, now } }: { overview: Overview }) {
  const frame = useRef<HTMLDivElement>(null);
  const wires = wiresOf(architecture);
  const columns = columnsOf(architecture, wires);
  const watched = architecture.groups.flatMap((group) => group.servers).filter(({ agent }) => agent !== null);
  return (
    <div class="picture" ref={frame}>
      <Wires frame={frame} wires={wires} />
      <div class="columns">
        {columns.map((ids) => (
          <div class="column" key={ids.join()}>
            {ids.map((id) => (
              <Part key={id} id={id} architecture={architecture} now={now} />
            ))}
          </div>
        ))}
      </div>
      {architecture.collectors > 0 && (
        <section class="card part watchers" data-part={watchers} aria-label="Sumo Logic">
          <h2>Sumo Logic</h2>
          <p class="hint">
            {count(architecture.collectors, "collector")}, {count(watched.length, "agent")},{" "}
            <a href="#monitors">{count(monitors.length, "monitor")}</a>, <a href="#dashboards">dashboards</a>
          </p>
        </section>
      )}
    </div>
  );
}

function Part({ id, architecture, now }: { id: string; architecture: Architecture; now: number }) {
  const { balancers, groups, databases, entries, flows } = architecture;
  if (id === visitors) {
    return (
      <section class="card part" data-part={id} aria-label="Visitors">
        <h2>Visitors</h2>
        {entries.map(({ name }) => (
          <p key={name}>{name}</p>
        ))}
      </section>
    );
  }
  const balancer = balancers.find((each) => each.id === id);
  if (balancer) return <BalancerCard balancer={balancer} />;
  const database = databases.find((each) => each.id === id);
  if (database) return <DatabaseCard database={database} />;
  const group = groups.find((each) => each.id === id);
  if (!group) return null;
  return (
    <GroupCard group={group} flows={flows.filter(({ from, to }) => from === id && to === id)} now={now} />
  );
}
