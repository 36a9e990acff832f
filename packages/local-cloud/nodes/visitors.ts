import { freeAddress, publicRange } from "./addresses";
import { run } from "./exec";
import type { Network } from "./network";

/** Somebody on the network who is no part of the cloud: on the internet, or a stranger inside a VPC. */
export interface Visitor {
  readonly publicIp: string;
  /** In the VPC, if it is in one. */
  readonly privateIp?: string;
  /** The command line that runs a program of this machine as the visitor. */
  command(argv: readonly string[]): string[];
  /** Runs one. @throws when it fails. */
  run(argv: readonly string[], input?: string): Promise<string>;
  leave(): Promise<void>;
}

export interface VisitorOptions {
  /** Default: any free one. */
  readonly publicIp?: string;
  /** The VPC it is in. Default: none. */
  readonly vpc?: { readonly id: string; readonly range: string };
}

let visits = 0;

/** Lets one in. */
export async function visit(network: Network, { publicIp, vpc }: VisitorOptions): Promise<Visitor> {
  const name = `visitor${++visits}`;
  const taken = network.addresses();
  const host = {
    name,
    publicIp: publicIp ?? freeAddress(publicRange, taken),
    ...(vpc && { vpc: { ...vpc, ip: freeAddress(vpc.range, taken) } }),
    configured: true,
  };
  await network.add(host);
  const command = (argv: readonly string[]) => network.command(name, argv);
  return {
    publicIp: host.publicIp,
    ...(host.vpc && { privateIp: host.vpc.ip }),
    command,
    run: (argv, input) => run(command(argv), input),
    leave: () => network.remove(name),
  };
}
