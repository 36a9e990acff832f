/** Who is on the network: a droplet, a balancer, a database server or a visitor from the internet. */
export interface Host {
  /** At most 12 characters; also the name of its network namespace. */
  readonly name: string;
  readonly publicIp: string;
  readonly vpc?: { readonly id: string; readonly range: string; readonly ip: string };
  /** Whether its addresses are set from outside; a droplet sets them itself. */
  readonly configured: boolean;
}

/** A host that is plugged in. */
export interface Port extends Host {
  /** Marks its packets, so that answers to link-local addresses find their way back. */
  readonly mark: number;
}

/** A host's interfaces, as seen from the network. */
export const publicInterface = (name: string): string => `${name}.0`;
export const vpcInterface = (name: string): string => `${name}.1`;
export const interfacesOf = ({ name, vpc }: Host): string[] =>
  vpc ? [publicInterface(name), vpcInterface(name)] : [publicInterface(name)];
