import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { SumoError } from "./errors";
import { hexId, userId } from "./ids";
import { json, name, page, parse, text } from "./input";

const headers = z.array(z.object({ name: z.string().min(1), value: z.string() })).default([]);
const bodySchema = z.object({
  type: z.literal("WebhookDefinition"),
  name: name(128),
  description: text(1024).default(""),
  url: z.url({ protocol: /^https?$/, error: "must be an address of http or https" }),
  headers,
  customHeaders: headers,
  defaultPayload: json,
  resolutionPayload: json.or(z.literal("")).default(""),
  webhookType: z
    .enum([
      "AWSLambda",
      "Azure",
      "Datadog",
      "HipChat",
      "Jira",
      "MicrosoftTeams",
      "NewRelic",
      "Opsgenie",
      "PagerDuty",
      "ServiceNow",
      "Slack",
      "SumoCloudSOAR",
      "Webhook",
    ])
    .default("Webhook"),
  connectionSubtype: z.enum(["Incident", "Event"]).or(z.literal("")).default(""),
});

export interface Connection extends Omit<z.output<typeof bodySchema>, "type"> {
  readonly id: string;
  readonly type: "WebhookConnection";
  readonly createdAt: string;
  readonly createdBy: string;
  readonly modifiedAt: string;
  readonly modifiedBy: string;
}

/** Webhook connections. */
export function addConnections(app: FastifyInstance, core: Core): void {
  const connections = core.store.collection<Connection>("sumologic/connections");

  function find(id: string): Connection {
    const connection = connections.get(id);
    if (connection) return connection;
    throw new SumoError(404, "connection:not_found", "Connection with given ID does not exist.");
  }

  /** Requests call it a definition, answers a connection. */
  function read(body: unknown, own?: string): Omit<Connection, "id" | "createdAt" | "createdBy"> {
    const given = parse(bodySchema, body);
    if (connections.find((other) => other.name === given.name && other.id !== own)) {
      throw new SumoError(
        400,
        "connection:name_already_exists",
        "Connection with given name already exists.",
      );
    }
    return { ...given, type: "WebhookConnection", modifiedAt: core.clock.stamp(), modifiedBy: userId };
  }

  app.get("/v1/connections", (request) => {
    const { items, next } = page(connections.list(), request.query);
    return { data: items, next };
  });
  app.post("/v1/connections", (request) => {
    const id = hexId();
    const given = read(request.body);
    return connections.put(id, { id, ...given, createdAt: given.modifiedAt, createdBy: userId });
  });
  app.get<Path>("/v1/connections/:id", (request) => find(request.params.id));
  app.put<Path>("/v1/connections/:id", (request) => {
    const { id, createdAt, createdBy } = find(request.params.id);
    return connections.put(id, { id, ...read(request.body, id), createdAt, createdBy });
  });
  app.delete<Path>("/v1/connections/:id", (request, reply) => {
    connections.delete(find(request.params.id).id);
    return reply.status(204).send();
  });
}

interface Path {
  Params: { id: string };
}
