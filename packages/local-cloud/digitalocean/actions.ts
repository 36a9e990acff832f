import type { FastifyInstance } from "fastify";
import type { Collection } from "../core/store";
import { found, invalid, page } from "./answers";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";

/** Work on a resource that completes later. */
export interface Action {
  readonly id: number;
  readonly status: "in-progress" | "completed" | "errored";
  readonly type: string;
  readonly started_at: string;
  readonly completed_at: string | null;
  readonly resource_id: number | null;
  readonly resource_type: string;
  readonly region_slug: string;
  /** What it does when it completes, to what, and with what. */
  readonly effect: string;
  readonly subject: string;
  readonly params: unknown;
  /** The droplet that is locked meanwhile. */
  readonly droplet: number | null;
}

/** What to start; see Action. */
export interface Work {
  readonly type: string;
  readonly resource_type: string;
  readonly resource_id: number | null;
  readonly region: string;
  readonly effect: string;
  readonly subject: string;
  readonly params?: unknown;
  readonly droplet?: number;
  /** Name of the work in the latency table; `action` by default. */
  readonly latency?: string;
}

/** Starts actions and brings them to their end. */
export class Actions {
  readonly all: Collection<Action>;
  private readonly effects = new Map<string, (subject: string, params: unknown) => unknown>();

  constructor(private readonly cloud: Cloud) {
    this.all = cloud.core.store.collection<Action>("digitalocean/actions");
  }

  /** Takes up what the last run left over; call it once all effects are defined. */
  resume(): void {
    this.cloud.core.jobs.define("digitalocean/action", (id) => this.end(id));
  }

  /** Says what an action does when it completes. `P` is what `start` gives as its params. */
  define<P>(effect: string, run: (subject: string, params: P) => unknown): void {
    this.effects.set(effect, (subject, params) => run(subject, params as P));
  }

  /**
   * Starts an action and answers with it as it is at its start.
   * @throws ApiError 422 where the droplet is locked by another one.
   */
  start(work: Work): Action {
    const { core, latency, droplets } = this.cloud;
    if (work.droplet !== undefined) {
      if (droplets.get(String(work.droplet))?.locked) throw invalid("Droplet already has a pending event.");
      droplets.patch(String(work.droplet), { locked: true });
    }
    const id = this.cloud.nextId("action");
    const action = this.all.put(String(id), {
      id,
      status: "in-progress",
      type: work.type,
      started_at: core.clock.stamp(),
      completed_at: null,
      resource_id: work.resource_id,
      resource_type: work.resource_type,
      region_slug: work.region,
      effect: work.effect,
      subject: work.subject,
      params: work.params ?? null,
      droplet: work.droplet ?? null,
    });
    core.jobs.start(
      "digitalocean/action",
      String(id),
      latency(work.latency ?? "action", `${work.subject} ${work.type}`),
    );
    return action;
  }

  /** The actions of a resource, the newest first. */
  on(resourceType: string, subject: string): Action[] {
    return this.list((action) => action.resource_type === resourceType && action.subject === subject);
  }

  /** The actions that lock a droplet or did so, its volumes' and addresses' among them; the newest first. */
  thatLock(droplet: number): Action[] {
    return this.list((action) => action.droplet === droplet);
  }

  list(wanted: (action: Action) => boolean = () => true): Action[] {
    return this.all.list().filter(wanted).reverse();
  }

  private end(id: string): unknown {
    const action = this.all.get(id);
    const effect = action && this.effects.get(action.effect);
    if (!action || !effect) return undefined;
    const done = effect(action.subject, action.params);
    if (!(done instanceof Promise)) return this.complete(action, "completed");
    return done.then(
      () => this.complete(action, "completed"),
      (error: unknown) => {
        const said = error instanceof Error ? error.message : String(error);
        console.error(`${action.type} of ${action.resource_type} ${action.subject} failed: ${said}`);
        this.complete(action, "errored");
      },
    );
  }

  private complete(action: Action, status: Action["status"]): void {
    this.all.patch(String(action.id), { status, completed_at: this.cloud.core.clock.stamp() });
    if (action.droplet !== null) this.cloud.droplets.patch(String(action.droplet), { locked: false });
  }
}

/** An action as the API shows it. */
export function showAction({ effect, subject, params, droplet, ...action }: Action) {
  return { ...action, region: regions.get(action.region_slug) };
}

export function addActions(app: FastifyInstance, { actions }: Cloud): void {
  app.get("/v2/actions", (request) => page(request, "actions", actions.list(), showAction));
  app.get<{ Params: { id: string } }>("/v2/actions/:id", (request) => ({
    action: showAction(found(actions.all.get(request.params.id))),
  }));
}
