/** One thing that an account holds. */
export interface Held {
  /** The API's own word for things of this kind, e.g. `load_balancers`. */
  readonly collection: string;
  /** Type in the SDK, e.g. `digitalocean:index/loadBalancer:LoadBalancer`. */
  readonly type: string;
  /** The id that a stack's state has for it, which is also the one to import it by. */
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** Host names that a certificate is for. */
  readonly hosts?: readonly string[];
  /** What belongs to something else, e.g. a record to its domain, goes with it. */
  readonly owner?: Held;
  /** Where the API deletes it. */
  readonly path: string;
}

/** `digitalocean` and `LoadBalancer` → the SDK's type. */
export function sdkType(family: string, kind: string): string {
  return `${family}:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
}
