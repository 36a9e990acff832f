import type { ComponentChildren } from "preact";
import type { BalancerView, DatabaseView, Flow, ServerGroup, ServerView } from "../../shapes";
import { ago, count, number } from "../format";
import { HealthBadge, HealthSign } from "../health";

export function BalancerCard({ balancer }: { balancer: BalancerView }) {
  const { id, name, address, units, health, reason, served } = balancer;
  return (
    <section class="card part" data-part={id} aria-label={`Load balancer ${name}`}>
      <p class="sort">Load balancer</p>
      <h2>{name}</h2>
      <p>
        <HealthBadge health={health}>{reason}</HealthBadge>
      </p>
      <p class="hint">
        {address} · {count(units, "unit")}
      </p>
      {served.map((place) => (
        <p class="hint" key={place}>
          served at {place}
        </p>
      ))}
    </section>
  );
}

export function DatabaseCard({ database }: { database: DatabaseView }) {
  const { id, name, engine, nodes, health, reason } = database;
  return (
    <section class="card part" data-part={id} aria-label={`Database ${name}`}>
      <p class="sort">Managed database</p>
      <h2>{name}</h2>
      <p>
        <HealthBadge health={health}>{reason}</HealthBadge>
      </p>
      <p class="hint">
        {engine} · {count(nodes, "node")}
      </p>
    </section>
  );
}

interface GroupProps {
  readonly group: ServerGroup;
  /** What its servers say to each other. */
  readonly flows: readonly Flow[];
  readonly now: number;
}

/** Servers that carry the same roles. */
export function GroupCard({ group: { id, roles, servers }, flows, now }: GroupProps) {
  return (
    <section class="card part group" data-part={id} aria-label={`Servers ${roles.join(", ")}`}>
      <p class="sort">{count(servers.length, "server")}</p>
      <h2>
        {roles.map((role) => (
          <span class="role" key={role}>
            {role}
          </span>
        ))}
      </h2>
      <ul class="servers">
        {servers.map((server) => (
          <li key={server.id}>
            <Server server={server} now={now} />
          </li>
        ))}
      </ul>
      <dl class="facts">
        {among(flows).map(([who, ports]) => (
          <Fact key={who} name={`${who} may call`}>
            {ports}
          </Fact>
        ))}
        <Fact name="firewalls">{firewallsOf(servers)}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who among the servers may call the others, and on which ports. */
function among(flows: readonly Flow[]): [who: string, ports: string][] {
  const portsOf = (caller: string) =>
    flows.flatMap(({ fromText, ports }) => (fromText === caller ? [ports] : [])).join(", ");
  const callers = [...new Set(flows.map(({ fromText }) => fromText))];
  return [...new Set(callers.map(portsOf))].map((ports) => [
    callers.filter((caller) => portsOf(caller) === ports).join(", "),
    ports,
  ]);
}

/** Those that stand before all servers by name, and how many stand before single ones. */
function firewallsOf(servers: readonly ServerView[]): string {
  const all = [...new Set(servers.flatMap(({ firewalls }) => firewalls))];
  const shared = all.filter((wall) => servers.every(({ firewalls }) => firewalls.includes(wall)));
  const own = all.length - shared.length;
  return [...shared, own > 0 && `${own} for single servers`].filter(Boolean).join(", ") || "none";
}

function Server({ server, now }: { server: ServerView; now: number }) {
  const { name, size, privateAddress, publicAddress, names, firewalls, health, reasons, agent } = server;
  return (
    <details class={`server ${health}`}>
      <summary>
        <HealthSign health={health} /> {name}
        <span class="hint">{health === "ok" ? privateAddress : reasons.join(", ")}</span>
        {agent?.lastHeard != null && <span class="hint">agent {ago(agent.lastHeard, now)}</span>}
      </summary>
      <dl>
        <dt>Health</dt>
        <dd>{reasons.join(", ")}</dd>
        <dt>Size</dt>
        <dd>{size}</dd>
        <dt>Addresses</dt>
        <dd>{[privateAddress, publicAddress].filter(Boolean).join(", ")}</dd>
        <dt>Names</dt>
        <dd>{names.join(", ") || "none"}</dd>
        <dt>Firewalls</dt>
        <dd>{firewalls.join(", ") || "none: all ports are open"}</dd>
        <dt>Agent</dt>
        <dd>
          {agent
            ? `${count(agent.sources, "source")}, ${count(agent.messages, "message")}, ${number(agent.points)} points`
            : "none"}
        </dd>
      </dl>
    </details>
  );
}
