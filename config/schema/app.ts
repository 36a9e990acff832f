import { z } from "zod";
import { releaseUrl, releaseUrlLimits, sha256, sha256Limits, urlPath, urlPathLimits } from "./common";

const release = z
  .strictObject({
    url: releaseUrl.meta({
      description: "The application: an archive (`.tar.gz`), or one program.",
      limits: releaseUrlLimits,
      example: "https://example.com/app-1.0.0.tar.gz",
    }),
    sha256: sha256.meta({
      description: "SHA-256 of what is there; a server refuses anything else.",
      limits: sha256Limits,
      example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }),
    start: z
      .string()
      .regex(/^[^\r\n]+$/)
      .meta({
        description:
          "Command that starts the application, run where the archive was unpacked; a program keeps its file name there.",
        limits: "one line",
        example: "./server",
      }),
  })
  .optional()
  .meta({
    description: "The user's application; without it the built-in sample runs.",
    replaces: "the app servers",
  });

const environment = z
  .record(
    z.string().regex(/^[A-Z_][A-Z0-9_]*$/),
    z.union([z.string().regex(/^[^\r\n\0]*$/), z.number(), z.boolean()]).transform(String),
  )
  .prefault({})
  .meta({
    description: "Environment variables of the application; values may be encrypted.",
    limits:
      "names of capital letters, digits and _, values of one line; names that the program sets itself are refused",
    secret: true,
    replaces: "the app servers",
  });

export const app = z
  .strictObject({
    release,
    port: z.int().min(1024).max(65535).default(8443).meta({
      description:
        "Port of the application, which speaks TLS there. Ports of other services on the servers are refused.",
      replaces: "the web and app servers",
    }),
    healthPath: urlPath.default("/readyz").meta({
      description: "Path that answers 200 when the application can serve.",
      limits: urlPathLimits,
      replaces: "the web servers",
    }),
    environment,
  })
  .prefault({})
  .meta({ description: "The application." });
