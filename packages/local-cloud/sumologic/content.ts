import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import type { Latency } from "../core/latency";
import { ContentJobs } from "./content-jobs";
import { ContentLibrary } from "./content-library";
import { parse } from "./input";

const folderSchema = z.object({
  name: z.string().trim().min(1).max(255),
  description: z.string().max(4096).default(""),
  parentId: z.string().min(1),
});
const changeSchema = folderSchema.omit({ parentId: true });

/** Folders of the content library, and deleting content. */
export function addContent(app: FastifyInstance, core: Core, latency: Latency): void {
  const library = new ContentLibrary(core);
  const jobs = new ContentJobs(core, latency, (contentId) => library.remove(contentId));

  app.get("/v2/content/folders/personal", () => library.shown(library.personal()));
  app.get("/v2/content/folders/adminRecommended", () => ({
    id: jobs.start("read", library.recommended().id),
  }));
  app.get<JobPath>("/v2/content/folders/adminRecommended/:job/status", (request) =>
    jobs.status(request.params.job, library.recommended().id),
  );
  app.get<JobPath>("/v2/content/folders/adminRecommended/:job/result", (request) => {
    const { status } = jobs.status(request.params.job, library.recommended().id);
    if (status !== "Success") throw new ApiError(400, `job: ${request.params.job} is still ${status}`);
    return library.shown(library.recommended());
  });

  app.post("/v2/content/folders", (request) => {
    const given = parse(folderSchema, request.body);
    return library.shown(library.create(given));
  });
  app.get<Path>("/v2/content/folders/:id", (request) => library.shown(library.folder(request.params.id)));
  app.put<Path>("/v2/content/folders/:id", (request) =>
    library.shown(library.rename(request.params.id, parse(changeSchema, request.body))),
  );
  app.get("/v2/content/path", (request) => {
    const { path } = parse(z.object({ path: z.string().startsWith("/") }), request.query);
    return library.shown(library.byPath(path));
  });
  app.get<Path>("/v2/content/:id/path", (request) => ({
    path: library.path(library.folder(request.params.id)),
  }));

  app.delete<Path>("/v2/content/:id/delete", (request) => {
    library.requireRemovable(request.params.id);
    return { id: jobs.start("delete", request.params.id) };
  });
  app.get<JobPath & Path>("/v2/content/:id/delete/:job/status", (request) =>
    jobs.status(request.params.job, request.params.id),
  );
}

interface Path {
  Params: { id: string };
}
interface JobPath {
  Params: { job: string };
}
