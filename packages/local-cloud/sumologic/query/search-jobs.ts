import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../../core/core";
import { SumoError } from "../errors";
import { hexId } from "../ids";
import { parse, timeZone } from "../input";
import { isAggregate, type LogQuery } from "./log-query";
import type { LogResult } from "./log-run";
import type { Queries, QueryRange } from "./queries";
import { QueryError } from "./query-error";
import { fieldsOf, groupKeys, page } from "./search-results";
import { zonedTime } from "./time";

const moment = z.union([z.string().min(1), z.number()]);
const bodySchema = z.object({
  query: z.string("No 'query' parameter was provided."),
  from: moment,
  to: moment,
  timeZone: timeZone.optional(),
  timezone: timeZone.optional(),
  byReceiptTime: z.boolean().default(false),
});
/** Jobs at once; and how long one is kept without being asked for, in milliseconds. */
const mostJobs = 200;
const patience = 5 * 60_000;

interface Job {
  readonly query: LogQuery;
  readonly range: QueryRange;
  seen: number;
  state: "GATHERING RESULTS" | "DONE GATHERING RESULTS";
  /** The messages found, and the records made of them. */
  messages: LogResult | undefined;
  records: LogResult | undefined;
  readonly errors: string[];
}

/** Search jobs: a query is started, asked how far it is, and its messages and records are fetched in pages. */
export function addSearchJobs(app: FastifyInstance, core: Core, queries: Queries): void {
  const jobs = new Map<string, Job>();

  function find(id: string): Job {
    const job = jobs.get(id);
    if (!job) throw new SumoError(404, "searchjob.jobid.invalid", "Job ID is invalid.");
    job.seen = core.clock.now();
    return job;
  }

  function forgetOld(): void {
    for (const [id, { seen }] of jobs) if (seen < core.clock.now() - patience) jobs.delete(id);
    if (jobs.size < mostJobs) return;
    throw new SumoError(
      429,
      "rate.limit.exceeded",
      `There are ${mostJobs} search jobs already: delete some.`,
    );
  }

  app.post("/v1/search/jobs", (request, reply) => {
    const body = parse(bodySchema, request.body);
    const zone = body.timeZone ?? body.timezone ?? "UTC";
    const range = {
      from: readTime(body.from, zone, "from"),
      to: readTime(body.to, zone, "to"),
      byReceipt: body.byReceiptTime,
    };
    if (range.from > range.to) {
      throw new SumoError(
        400,
        "searchjob.to.smaller.than.from",
        "The 'from' time cannot be larger than the 'to' time.",
      );
    }
    const query = readQuery(queries, body.query);
    forgetOld();
    const id = hexId();
    const job: Job = {
      query,
      range,
      seen: core.clock.now(),
      state: "GATHERING RESULTS",
      messages: undefined,
      records: undefined,
      errors: [],
    };
    jobs.set(id, job);
    void gather(queries, job);
    const href = `${request.protocol}://${request.host}/api/v1/search/jobs/${id}`;
    return reply
      .status(202)
      .header("location", href)
      .send({ id, link: { rel: "self", href } });
  });
  app.get<Path>("/v1/search/jobs/:id", (request) => {
    const { state, messages, records, errors } = find(request.params.id);
    return {
      state,
      messageCount: messages?.rows.length ?? 0,
      histogramBuckets: [],
      pendingErrors: errors.splice(0),
      pendingWarnings: [],
      recordCount: records?.rows.length ?? 0,
    };
  });
  app.get<Path>("/v1/search/jobs/:id/messages", (request) => {
    const { messages } = find(request.params.id);
    return { fields: fieldsOf(messages, []), messages: page(messages, request.query) };
  });
  app.get<Path>("/v1/search/jobs/:id/records", (request) => {
    const { query, records } = find(request.params.id);
    if (!isAggregate(query)) {
      throw new SumoError(
        400,
        "searchjob.no.records.not.an.aggregation.query",
        "No records; query is not an aggregation",
      );
    }
    return { fields: fieldsOf(records, groupKeys(query)), records: page(records, request.query) };
  });
  app.delete<Path>("/v1/search/jobs/:id", (request) => {
    find(request.params.id);
    jobs.delete(request.params.id);
    return { id: request.params.id };
  });
}

/** The messages of a query that makes records are those that its first part lets through. */
async function gather(queries: Queries, job: Job): Promise<void> {
  const { query, range } = job;
  try {
    const end = query.operators.findIndex(({ stage }) => stage.kind !== "each");
    const first = end < 0 ? query.operators : query.operators.slice(0, end);
    if (isAggregate(query)) {
      job.records = await queries.runLogQuery(query, range);
      job.messages = await queries.runLogQuery({ scope: query.scope, operators: first }, range);
    } else {
      job.messages = await queries.runLogQuery(query, range);
    }
  } catch (error) {
    job.errors.push(error instanceof Error ? error.message : String(error));
  }
  job.state = "DONE GATHERING RESULTS";
}

function readQuery(queries: Queries, text: string): LogQuery {
  try {
    return queries.parseLogQuery(text);
  } catch (error) {
    if (error instanceof QueryError) throw new SumoError(400, "searchjob.parse.error", error.message);
    throw error;
  }
}

function readTime(given: string | number, zone: string, name: "from" | "to"): number {
  const time = /^\d+$/.test(String(given)) ? Number(given) : zonedTime(String(given), zone);
  if (Number.isFinite(time)) return time;
  throw new SumoError(
    400,
    `searchjob.invalid.timestamp.${name}`,
    `The '${name}' field contains an invalid time.`,
  );
}

interface Path {
  Params: { id: string };
}
