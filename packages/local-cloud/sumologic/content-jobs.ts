import type { Core } from "../core/core";
import type { Latency } from "../core/latency";
import type { Collection } from "../core/store";
import { SumoError } from "./errors";
import { hexId } from "./ids";

/** What the API says of a job under way or done. */
export interface JobStatus {
  readonly status: "InProgress" | "Success";
  readonly statusMessage: string | null;
  readonly error: null;
}

interface Job {
  readonly kind: "read" | "delete";
  readonly contentId: string;
  readonly done: boolean;
}

/** Jobs of the content library: their callers ask until they are done. */
export class ContentJobs {
  private readonly jobs: Collection<Job>;

  /** @param remove deletes a content. */
  constructor(
    private readonly core: Core,
    private readonly latency: Latency,
    remove: (contentId: string) => void,
  ) {
    this.jobs = core.store.collection<Job>("sumologic/content-jobs");
    core.jobs.define("sumologic/content", (id) => {
      const job = this.jobs.get(id);
      if (job?.kind === "delete") remove(job.contentId);
      this.jobs.patch(id, { done: true });
    });
  }

  /** Answers with the job's id. */
  start(kind: Job["kind"], contentId: string): string {
    const id = hexId();
    this.jobs.put(id, { kind, contentId, done: false });
    this.core.jobs.start("sumologic/content", id, this.latency("content-job", id));
    return id;
  }

  /** @throws SumoError 404 where no job of that id is about that content. */
  status(id: string, contentId: string): JobStatus {
    const job = this.jobs.get(id);
    if (job?.contentId !== contentId) {
      throw new SumoError(404, "content:invalid_job_id", "Job ID is invalid.");
    }
    return { status: job.done ? "Success" : "InProgress", statusMessage: null, error: null };
  }
}
