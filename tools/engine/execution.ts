import { ResourceError, RunError } from "@pulumi/pulumi";
import type { Objections } from "./hooks";
import type { Made } from "./kind";
import type { Engine } from "./monitor";
import type { Props } from "./props";
import type { Registration } from "./registration";

/** What stands behind a run: a cloud in which resources are made, or what is foreseen of them. */
export interface Backing {
  /** Whether the program is told that nothing is made. */
  readonly preview: boolean;
  /** Makes what is registered; components have neither an id nor outputs of their own. */
  make(resource: Registration, objections: Objections): Promise<Made>;
  invoke(token: string, inputs: Props, provider: string): Promise<Props>;
}

/** A resource on its way. */
export interface ResourceEvent {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | null;
  /** Whether a provider makes it; components are only what holds others. */
  readonly custom: boolean;
  readonly state: "creating" | "created" | "failed";
  /** Since it was begun. */
  readonly seconds: number;
}

/** Why a run failed; without a URN it is the program's own fault. */
export interface RunFault {
  readonly urn?: string;
  readonly message: string;
}

/** One run: passes what is registered on to the provider, and stops at the first fault. */
export class Execution implements Engine {
  readonly resources: Registration[] = [];
  readonly faults: RunFault[] = [];
  /** Resolves once there is a fault. */
  readonly stopped: Promise<void>;
  private stop = () => {};
  private readonly reported = new Set<unknown>();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly backing: Backing,
    private readonly emit: (event: ResourceEvent) => void,
  ) {
    this.stopped = new Promise((resolve) => {
      this.stop = resolve;
    });
  }

  /** A rejection would end in one more for each property that depends on it, so a fault is kept and nothing answered. */
  async register(resource: Registration, objections: Objections): Promise<{ id: string; outputs: Props }> {
    if (this.faults.length > 0) return never();
    if (this.resources.some(({ urn }) => urn === resource.urn)) {
      return this.halt({
        urn: resource.urn,
        message: "Two resources have this type and name; each needs its own.",
      });
    }
    this.resources.push(resource);
    const began = Date.now();
    const tell = (state: ResourceEvent["state"]) =>
      this.emit(event(resource, state, (Date.now() - began) / 1000));
    tell("creating");
    try {
      const made = await this.track(this.backing.make(resource, objections));
      tell("created");
      return made;
    } catch (error) {
      tell("failed");
      return this.halt({ urn: resource.urn, message: message(error) });
    }
  }

  async invoke(token: string, inputs: Props, provider: string): Promise<Props> {
    if (this.faults.length > 0) return never();
    try {
      return await this.track(this.backing.invoke(token, inputs, provider));
    } catch (error) {
      return this.halt({ message: message(error) });
    }
  }

  /** Keeps a fault of the program; the same error may come in many times. */
  fail(error: unknown): void {
    if (!this.reported.has(error)) this.halt({ message: describe(error) });
    this.reported.add(error);
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  private halt(fault: RunFault): Promise<never> {
    this.faults.push(fault);
    this.stop();
    return never();
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    return work.finally(() => this.underWay.delete(work));
  }
}

function event(
  { urn, type, name, parent, custom }: Registration,
  state: ResourceEvent["state"],
  seconds: number,
) {
  return { urn, type, name, parent, custom, state, seconds };
}

/** What the user got wrong is told in words; a stack trace is for faults of the program. */
function describe(error: unknown): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return RunError.isInstance(error) || ResourceError.isInstance(error) ? message : (stack ?? message);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function never(): Promise<never> {
  return new Promise(() => {});
}
