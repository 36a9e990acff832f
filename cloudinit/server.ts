/** Everything a server's user-data says. All strings are known when it is rendered. */
export interface ServerSpec {
  /** Droplet name, also the host name: `<stack>-<pool>-<n>`. */
  readonly name: string;
  /** Zone of the private records, e.g. `dev.internal.foobar.com`; the server itself is `<pool>-<n>.<zone>`. */
  readonly zone: string;
  /** Name within the zone: `<pool>-<n>`. */
  readonly label: string;
  readonly roles: readonly ("web" | "app" | "db")[];
  readonly project: string;
  readonly stack: string;
  readonly environment: string;
  /** Host name of the site, e.g. `www.foobar.com`. */
  readonly site: string;
  /** Private address range of the VPC. */
  readonly vpcRange: string;
  readonly access: { readonly sshKeys: readonly string[]; readonly adminCidrs: readonly string[] };
  readonly tls: {
    /** The internal authority's certificate, PEM. */
    readonly authority: string;
    /** This server's leaf (SANs: its name in the zone, its roles' names `web|app|db.<zone>`, localhost; web servers also the site). */
    readonly certificate: string;
    readonly privateKey: string;
    /** With `passthrough` the web servers end the visitors' TLS and the balancer speaks the PROXY protocol. */
    readonly passthrough?: { readonly certificate: string; readonly privateKey: string };
  };
  readonly app: {
    /** Absent: the built-in sample. */
    readonly release?: { readonly url: string; readonly sha256: string; readonly start: string };
    readonly port: number;
    readonly healthPath: string;
    readonly environment: Readonly<Record<string, string>>;
  };
  readonly database: DatabaseSpec;
  /** Whether this one server's agent, of all, asks a managed database for its counters; it has the role app. */
  readonly readsManagedDatabase: boolean;
  /** Archive with the monitoring agent's program. */
  readonly agent: { readonly url: string; readonly sha256: string };
  /** Ingest address of each source of this server's own collector, by category; empty: no agent. */
  readonly sources: Readonly<Partial<Record<SourceCategory, string>>>;
}

export type SourceCategory = "nginx-access" | "nginx-error" | "app" | "database" | "system" | "metrics";

export type DatabaseSpec = {
  readonly name: string;
  /** The application's account. */
  readonly user: string;
  readonly password: string;
} & (
  | { readonly mode: "managed"; readonly host: string; readonly port: number; readonly authority: string }
  | {
      readonly mode: "cluster" | "primary-replica";
      /** Which turn of passwords it is: the accounts' names end in it, and the next turn's are made ahead. */
      readonly generation: number;
      readonly nextPassword: string;
      /** Of the account for replication, node to node. */
      readonly replicationPassword: string;
      readonly nextReplicationPassword: string;
      /** DigitalOcean volume that holds the data, mounted by its name. */
      readonly volume: string;
      /** Where backups go; absent: nowhere. */
      readonly backups?: BucketSpec & {
        /** Hour of the day, UTC, from which on a new full backup is due. */
        readonly hour: number;
        readonly retentionDays: number;
      };
      /**
       * What this server fills its blank volume with; `at`, a time of ISO 8601, is how far. Default: the newest.
       * A `test` looks at what was restored, and notes the outcome in the bucket.
       */
      readonly restore?: BucketSpec & { readonly at?: string; readonly test?: true };
    }
);

/** A Spaces bucket, a key that opens it, and the passphrase that what is in it is encrypted with. */
export interface BucketSpec {
  readonly region: string;
  readonly name: string;
  readonly accessId: string;
  readonly secretKey: string;
  readonly passphrase: string;
}
