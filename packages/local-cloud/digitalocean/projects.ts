import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { accountUuid } from "./account";
import { found, page } from "./answers";
import type { Cloud } from "./cloud";
import { parse } from "./input";

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly purpose: string;
  readonly environment: string;
  readonly is_default: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** That a resource, by its URN, is in a project; what has none is in the default project. */
export interface Assignment {
  readonly urn: string;
  readonly project: string;
  readonly assigned_at: string;
}

type ById = { Params: { id: string } };

const environments: Readonly<Record<string, string>> = {
  "": "",
  development: "Development",
  staging: "Staging",
  production: "Production",
};
const name = z.string().min(1, "can't be blank").max(175, "is too long (maximum is 175 characters)");
const short = z.string().max(255, "is too long (maximum is 255 characters)");
const environment = z
  .string()
  .transform((value) => environments[value.toLowerCase()])
  .refine((value) => value !== undefined, "must be one of Development, Staging, Production");
const creation = z.object({
  name,
  purpose: short.min(1, "can't be blank"),
  description: short.default(""),
  environment: environment.default(""),
});
const change = z.object({
  name: name.nullish(),
  purpose: short.nullish(),
  description: short.nullish(),
  environment: environment.nullish(),
  is_default: z.boolean().nullish(),
});

/** Purposes that the control panel offers; any other is kept as "Other: …". */
const knownPurposes = [
  "Just trying out DigitalOcean",
  "Class project / Educational purposes",
  "Website or blog",
  "Web Application",
  "Service or API",
  "Mobile Application",
  "Machine learning / AI / Data processing",
  "IoT",
  "Operational / Developer tooling",
];

export function seedProjects(cloud: Cloud): void {
  if (cloud.projects.size > 0) return;
  add(cloud, {
    name: "default",
    purpose: "Just trying out DigitalOcean",
    description: "",
    environment: "",
    is_default: true,
  });
}

export function addProjects(app: FastifyInstance, cloud: Cloud): void {
  const { projects, core } = cloud;
  app.get("/v2/projects", (request) => page(request, "projects", projects.list(), show));
  app.post("/v2/projects", (request, reply) => {
    const input = parse(creation, request.body);
    unique(cloud, input.name);
    const project = add(cloud, { ...input, environment: input.environment ?? "", is_default: false });
    return reply.status(201).send({ project: show(project) });
  });
  app.get<ById>("/v2/projects/:id", (request) => ({ project: show(findProject(cloud, request.params.id)) }));
  for (const method of ["PUT", "PATCH"] as const) {
    app.route<ById>({
      method,
      url: "/v2/projects/:id",
      handler: (request) => {
        const project = findProject(cloud, request.params.id);
        const input = Object.entries(parse(change, request.body)).filter(
          ([, value]) => value !== null && value !== undefined,
        );
        const after = { ...project, ...Object.fromEntries(input), updated_at: core.clock.stamp() };
        if (after.name !== project.name) unique(cloud, after.name);
        if (after.is_default && !project.is_default)
          projects.patch(defaultProject(cloud).id, { is_default: false });
        return { project: show(projects.put(project.id, { ...after, purpose: named(after.purpose) })) };
      },
    });
  }
  app.delete<ById>("/v2/projects/:id", (request, reply) => {
    const project = findProject(cloud, request.params.id);
    if (project.is_default) throw new ApiError(412, "cannot delete the default project");
    if (cloud.assignments.find((assignment) => assignment.project === project.id)) {
      throw new ApiError(412, "cannot delete a project with resources");
    }
    projects.delete(project.id);
    return reply.status(204).send();
  });
}

/** The project of that id; `default` names the default one. */
export function findProject(cloud: Cloud, id: string): Project {
  return id === "default" ? defaultProject(cloud) : found(cloud.projects.get(id));
}

/** The id of the project a resource is in. */
export function projectOf(cloud: Cloud, urn: string): string {
  return cloud.assignments.get(urn)?.project ?? defaultProject(cloud).id;
}

/** Puts a resource into a project, out of the one it was in. */
export function assign(cloud: Cloud, project: string, urn: string): Assignment | undefined {
  if (project === defaultProject(cloud).id) {
    forget(cloud, urn);
    return undefined;
  }
  return cloud.assignments.put(urn, { urn, project, assigned_at: cloud.core.clock.stamp() });
}

/** Forgets a resource that is deleted. */
export function forget({ assignments }: Cloud, urn: string): void {
  assignments.delete(urn);
}

function defaultProject({ projects }: Cloud): Project {
  return found(projects.find((project) => project.is_default));
}

function add(cloud: Cloud, input: Omit<Project, "id" | "created_at" | "updated_at">): Project {
  const id = randomUUID();
  const now = cloud.core.clock.stamp();
  return cloud.projects.put(id, {
    ...input,
    purpose: named(input.purpose),
    id,
    created_at: now,
    updated_at: now,
  });
}

function unique({ projects }: Cloud, name: string): void {
  if (projects.find((project) => project.name === name)) throw new ApiError(409, "name is already in use");
}

const named = (purpose: string) =>
  knownPurposes.includes(purpose) || purpose.startsWith("Other: ") ? purpose : `Other: ${purpose}`;

/** An account that never said what a project is for has no environment; the field is left out then. */
function show({ environment, ...project }: Project) {
  return { ...project, ...(environment ? { environment } : {}), owner_uuid: accountUuid, owner_id: 1 };
}
