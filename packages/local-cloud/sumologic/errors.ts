import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { ApiError } from "../core/errors";

/** An error with the API's own code for it. */
export class SumoError extends ApiError {
  /** @param reason what exactly is wrong, where the API says more than the message. */
  constructor(
    status: number,
    code: string,
    message: string,
    readonly reason?: string,
  ) {
    super(status, message, code);
  }
}

/** The error for a collector, or a source of one collector, of a name that is taken. */
export function duplicateName(name: string): SumoError {
  return new SumoError(
    400,
    "collectors.validation.name.duplicate",
    `A resource with the same name already exists: ${name}.`,
  );
}

/** Codes of what any call may answer, by status. */
const codes: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "unauthorized",
  403: "forbidden",
  404: "notfound",
  405: "method.unsupported",
  412: "precondition.failed",
  415: "contenttype.invalid",
  429: "rate.limit.exceeded",
  503: "service.unavailable",
};

/** The API's JSON for an error; collectors, sources and search jobs have a form of their own, as the older API they are. */
export function errorBody(error: ApiError, request: FastifyRequest): unknown {
  const id = errorId(request.id);
  const code = error.code ?? codes[error.status] ?? "internal.error";
  if (/^\/api\/v1\/(collectors|search)\b/.test(request.url)) {
    return { status: error.status, id, code, message: error.message };
  }
  const reason = error instanceof SumoError ? error.reason : undefined;
  return { id, errors: [{ code, message: error.message, ...(reason && { meta: { reason } }) }] };
}

/** Three groups of five letters and digits. */
function errorId(requestId: string): string {
  const number = BigInt(`0x${createHash("sha256").update(requestId).digest("hex")}`);
  const letters = number.toString(36).toUpperCase().slice(0, 15);
  return letters.replace(/^(.{5})(.{5})/, "$1-$2-");
}
