import type { Overview } from "../../shapes";
import { count, number } from "../format";
import { useRates } from "../rates";
import { FlowTable } from "./flow-table";
import { Picture } from "./picture";

/** What there is, how it does, and what may talk to what. */
export function ArchitectureView({ overview }: { overview: Overview }) {
  const { architecture, monitors, received, now } = overview;
  const servers = architecture.groups.flatMap((group) => group.servers);
  const well = servers.filter(({ health }) => health === "ok").length;
  const firing = monitors.filter(({ health }) => health === "critical" || health === "warning").length;
  const rates = useRates(received, now);
  return (
    <>
      <h1>Architecture</h1>
      <dl class="tiles">
        <Tile title="Servers well" value={`${well} / ${servers.length}`} bad={well < servers.length} />
        <Tile title="Monitors firing" value={`${firing} / ${monitors.length}`} bad={firing > 0} />
        <Tile
          title="Log messages"
          value={`${number(rates.messages)}/s`}
          note={count(received.messages, "message")}
        />
        <Tile
          title="Metric points"
          value={`${number(rates.points)}/s`}
          note={count(received.points, "point")}
        />
      </dl>
      <Picture overview={overview} />
      <div class="flows">
        <h2>What may talk to what</h2>
        <FlowTable flows={architecture.flows} />
      </div>
    </>
  );
}

interface TileProps {
  readonly title: string;
  readonly value: string;
  readonly note?: string;
  readonly bad?: boolean;
}

function Tile({ title, value, note, bad = false }: TileProps) {
  return (
    <div class={bad ? "card tile bad" : "card tile"}>
      <dt>{title}</dt>
      <dd>
        {value}
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}
