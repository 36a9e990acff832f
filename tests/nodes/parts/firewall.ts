import { expect } from "chai";
import { run } from "local-cloud/nodes/exec";
import { listAccount } from "../../../tools/account";
import type { Live, Server } from "../../../tools/live";
import { paces } from "../../../tools/rehearsal";

/** Who may reach a port of a role: the balancer, the admins, or servers with one of these roles. */
interface Opening {
  readonly port: number;
  readonly on: readonly string[];
  readonly to: "balancer" | "admin" | readonly string[];
}

/** What the settings should come to; written down here on its own, not asked from the program. */
export interface Expected {
  readonly appPort: number;
  readonly ownDatabase: boolean;
  /** An address from which the admins come; none where SSH is closed. */
  readonly admin?: string;
}

const openings = ({ appPort, ownDatabase, admin }: Expected): Opening[] => [
  { port: 443, on: ["web"], to: "balancer" },
  { port: appPort, on: ["app"], to: ["web"] },
  ...(ownDatabase ? [3306, 9200].map((port) => ({ port, on: ["db"], to: ["app", "db"] })) : []),
  ...(admin ? [{ port: 22, on: ["web", "app", "db"], to: "admin" as const }] : []),
];

/** Ports that something might listen on, or that one would try. */
const tried = [
  21, 22, 25, 53, 80, 111, 443, 3306, 4444, 4567, 4568, 6033, 8080, 8443, 8444, 9200, 33060, 60000,
];

interface Prober {
  readonly name: string;
  readonly is: "balancer" | "admin" | "stranger" | Server;
  readonly command: (argv: readonly string[]) => string[];
}

/** Every port of every server, on both interfaces, from everywhere. */
export function firewall(stack: () => Live, expected: Expected): void {
  describe("the firewalls", () => {
    it("let in only what the settings say: every port, from everywhere, on either interface", async function () {
      this.timeout(180_000);
      const live = stack();
      const addresses = await addressesOf(live);
      const probers = await probersOf(live, expected.admin);
      for (const prober of probers) {
        const targets = live.servers
          .filter((server) => server !== prober.is)
          .flatMap((server) =>
            addresses(server).flatMap(({ address, isPrivate }) =>
              tried.map((port) => ({ server, address, isPrivate, port })),
            ),
          );
        const found = await reachable(
          prober,
          targets.map(({ address, port }) => `${address} ${port}`),
        );
        const wanted = targets.filter((target) => isOpen(prober, target, expected));
        expect(found, `reached from ${prober.name}`).to.have.members(
          wanted.map(({ address, port }) => `${address} ${port}`),
        );
      }
    });
  });
}

interface Target {
  readonly server: Server;
  readonly isPrivate: boolean;
  readonly port: number;
}

/** Peers and the balancer come by the private network, admins from the internet. */
function isOpen({ is }: Prober, { server, isPrivate, port }: Target, expected: Expected): boolean {
  return openings(expected).some(({ port: open, on, to }) => {
    if (open !== port || !on.some((role) => server.roles.some((own) => own === role))) return false;
    if (to === "admin") return is === "admin" && !isPrivate;
    if (to === "balancer") return is === "balancer" && isPrivate;
    return typeof is === "object" && isPrivate && is.roles.some((role) => to.includes(role));
  });
}

async function addressesOf({ outputs, servers }: Live) {
  const addresses = outputs.addresses as { publicIp: string; privateIp: string }[];
  return (server: Server) => {
    const { publicIp = "", privateIp = "" } = addresses[servers.indexOf(server)] ?? {};
    return [
      { address: privateIp, isPrivate: true },
      { address: publicIp, isPrivate: false },
    ];
  };
}

async function probersOf(live: Live, admin: string | undefined): Promise<Prober[]> {
  const { nodes, servers, cloud, balancerId } = live;
  const held = await listAccount(cloud, paces.instant);
  const vpc = held.find(({ collection }) => collection === "vpcs")?.id;
  const internet = await nodes.visitor();
  const stranger = await nodes.visitor({ vpc });
  const admins = admin ? [await nodes.visitor({ publicIp: admin })] : [];
  return [
    { name: "the internet", is: "stranger", command: internet.command },
    { name: "a stranger in the VPC", is: "stranger", command: stranger.command },
    ...admins.map(({ command }) => ({ name: "an admin", is: "admin" as const, command })),
    { name: "the balancer", is: "balancer", command: (argv) => nodes.balancerCommand(balancerId, argv) },
    ...servers.map((server) => ({
      name: server.label,
      is: server,
      command: (argv: readonly string[]) => nodes.command(server.name, argv),
    })),
  ];
}

/** The targets, `<address> <port>`, that take a connection; a refusal counts as an error: it tells that somebody is there. */
async function reachable({ command }: Prober, targets: readonly string[]): Promise<string[]> {
  const answers = await run(command(["bash", "-c", probe]), targets.map((target) => `${target}\n`).join(""));
  const lines = answers.trim().split("\n").filter(Boolean);
  expect(lines.filter((line) => line.startsWith("refused"))).to.deep.equal([]);
  return lines.map((line) => line.slice("open ".length));
}

/** Silence is what a closed port is to answer; two seconds tell. */
const probe = `
while read -r host port; do
  {
    said=$(LC_ALL=C timeout 2 bash -c "exec 3<>/dev/tcp/$host/$port" 2>&1) && echo "open $host $port"
    case $said in *refused*) echo "refused $host $port" ;; esac
  } &
done
wait
`;
