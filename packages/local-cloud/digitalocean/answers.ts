import type { FastifyRequest } from "fastify";
import { ApiError } from "../core/errors";

const ids: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  412: "precondition_failed",
  422: "unprocessable_entity",
  429: "too_many_requests",
  500: "server_error",
  503: "service_unavailable",
};

/** DigitalOcean's body for an error. */
export function errorBody(error: ApiError, request: FastifyRequest) {
  return { id: error.code ?? ids[error.status] ?? "error", message: error.message, request_id: request.id };
}

export const notFound = (): ApiError =>
  new ApiError(404, "The resource you were accessing could not be found.");
export const invalid = (message: string): ApiError => new ApiError(422, message);

/** What `find` found, or a 404. */
export function found<T>(object: T | undefined): T {
  if (object === undefined) throw notFound();
  return object;
}

/**
 * One page of a list, under its name, with the `links` to its neighbours and the total in `meta`.
 * `page` counts from 1; `per_page` is 20 unless asked for, at most 200.
 */
export function page<T, S>(request: FastifyRequest, name: string, items: readonly T[], show: (item: T) => S) {
  const url = new URL(request.url, `http://${request.host}`);
  const perPage = Math.min(positive(url, "per_page", 20), 200);
  const last = Math.max(Math.ceil(items.length / perPage), 1);
  const current = positive(url, "page", 1);
  const link = (to: number) => {
    url.searchParams.set("page", String(to));
    return url.href;
  };
  const back = current > 1 ? { first: link(1), prev: link(current - 1) } : {};
  const forward = current < last ? { next: link(current + 1), last: link(last) } : {};
  return {
    [name]: items.slice((current - 1) * perPage, current * perPage).map(show),
    links: last > 1 ? { pages: { ...back, ...forward } } : {},
    meta: { total: items.length },
  };
}

function positive(url: URL, name: string, otherwise: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return otherwise;
  if (!/^[1-9]\d*$/.test(text)) throw invalid(`${name} must be a positive number`);
  return Number(text);
}
