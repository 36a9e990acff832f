import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { userId } from "./ids";
import { parse } from "./input";

const statementSchema = z.object({
  targetId: z.string(),
  subjectType: z.enum(["user", "role", "org"]),
  subjectId: z.string(),
  permissions: z.array(z.string()).default([]),
});
const bodySchema = z.object({ permissionStatementDefinitions: z.array(statementSchema) });

type Statement = z.output<typeof statementSchema>;

/**
 * Who may do what with the items of a library. They are kept and shown; the local cloud has one user, whom
 * they don't bind.
 * @param options.exists throws a 404 for an item that is not there.
 */
export function addPermissions(
  app: FastifyInstance,
  core: Core,
  { path, exists }: { path: string; exists(id: string): unknown },
): void {
  const statements = core.store.collection<Statement & { modifiedAt: string; modifiedBy: string }>(
    "sumologic/permissions",
  );
  app.get<{ Params: { id: string } }>(`${path}/:id/permissions`, (request) => {
    exists(request.params.id);
    return {
      permissionStatements: statements.list().filter(({ targetId }) => targetId === request.params.id),
    };
  });
  app.put(`${path}/permissions/set`, (request) => {
    const { permissionStatementDefinitions: given } = parse(bodySchema, request.body);
    const permissionStatements = given.map((statement) => {
      exists(statement.targetId);
      const id = [statement.targetId, statement.subjectType, statement.subjectId].join(" ");
      const full = { ...statement, modifiedAt: core.clock.stamp(), modifiedBy: userId };
      if (statement.permissions.length > 0) statements.put(id, full);
      else statements.delete(id);
      return full;
    });
    return { permissionStatements };
  });
}
