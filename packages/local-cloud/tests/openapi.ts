import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const file = join(__dirname, "../../../../shared/contracts/digitalocean-openapi.json");

interface Operation {
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** DigitalOcean's OpenAPI document, to hold answers against. */
export class Contract {
  private readonly ajv = addFormats(
    new Ajv({ strict: false, logger: false, unicodeRegExp: false, validateSchema: false }),
  );
  private readonly routes: readonly { readonly template: string; readonly pattern: RegExp }[];

  constructor(private readonly document: Document) {
    this.ajv.addSchema(document, "openapi");
    this.routes = Object.keys(document.paths)
      .sort((a, b) => a.split("{").length - b.split("{").length)
      .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`) }));
  }

  /** Every operation of the document, as `GET /v2/droplets/{droplet_id}`. */
  operations(): string[] {
    return Object.entries(this.document.paths).flatMap(([template, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${template}`),
    );
  }

  /** The operation that a call is, if the document has it. */
  operationOf(method: string, path: string): string | undefined {
    const [bare = ""] = path.split("?");
    const fitting = this.routes.filter(({ pattern }) => pattern.test(bare));
    const found = fitting.find(({ template }) => this.document.paths[template]?.[method.toLowerCase()]);
    return found && `${method} ${found.template}`;
  }

  /** What is wrong with an answer; empty where it is as the document says. */
  deviations(operation: string, status: number, body: unknown): string {
    const [method = "", template = ""] = operation.split(" ");
    const responses = this.document.paths[template]?.[method.toLowerCase()]?.responses ?? {};
    const name = status in responses ? String(status) : "default";
    if (status < 400 && name === "default") return `status ${status} is not in the document`;
    const pointer =
      responses[name]?.$ref ??
      `#/paths/${template.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${name}`;
    const validate = this.ajv.getSchema(`openapi${encodeURI(pointer)}/content/application~1json/schema`);
    if (!validate) return body === "" ? "" : `status ${status} has no body in the document`;
    return validate(body) ? "" : this.ajv.errorsText(validate.errors);
  }
}

/** The document, or null where the clone is without it. */
export const contract = existsSync(file) ? new Contract(JSON.parse(readFileSync(file, "utf8"))) : null;
