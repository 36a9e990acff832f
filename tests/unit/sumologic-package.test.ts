import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import { expect } from "chai";
import { type Declared, declarations, type Shape } from "./sumologic-declarations";

const root = join(__dirname, "../..");
const schemaFile = join(root, "../shared/contracts/sumologic-provider-schema.json");
const { resources, functions } = declarations(join(root, "packages/sumologic/index.d.ts"));

interface Spec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Spec;
  readonly additionalProperties?: Spec;
}
interface ObjectSpec {
  readonly properties: Readonly<Record<string, Spec>>;
  readonly required?: readonly string[];
}
interface Schema {
  readonly parameterization: {
    readonly baseProvider: { readonly name: string; readonly version: string };
    readonly parameter: string;
  };
  readonly name: string;
  readonly version: string;
  readonly provider: ResourceSpec;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, { readonly outputs: ObjectSpec }>>;
  readonly types: Readonly<Record<string, ObjectSpec>>;
}
interface ResourceSpec extends ObjectSpec {
  readonly inputProperties: Readonly<Record<string, Spec>>;
  readonly requiredInputs?: readonly string[];
}

describe("packages/sumologic", () => {
  describe("its declarations, against the provider's schema", () => {
    let schema: Schema;
    before(function () {
      if (!existsSync(schemaFile)) {
        console.log(`      skipped: ${schemaFile} is not there`);
        this.skip();
      }
      schema = JSON.parse(readFileSync(schemaFile, "utf8")) as Schema;
    });

    it("name the plugin the schema was made of", () => {
      const manifest = JSON.parse(readFileSync(join(root, "packages/sumologic/package.json"), "utf8"));
      expect(manifest.pulumi).to.deep.equal({
        resource: true,
        ...schema.parameterization.baseProvider,
        parameterization: {
          name: schema.name,
          version: schema.version,
          value: schema.parameterization.parameter,
        },
      });
      expect(manifest.version).to.equal(schema.version);
    });

    for (const [name, { token, args, properties }] of resources) {
      it(`${name} takes and gives what the provider does`, () => {
        const spec = token === undefined ? schema.provider : schema.resources[token];
        if (!spec) throw new Error(`the schema has no ${token}`);
        const inputs = { properties: spec.inputProperties, required: spec.requiredInputs ?? [] };
        expect([
          ...objectFaults(schema, args, inputs, `${name}Args`, "all that is required"),
          ...objectFaults(schema, properties, spec, name, "some"),
        ]).to.deep.equal([]);
      });
    }

    it("every function gives what the provider does", () => {
      expect([...functions.keys()].sort()).to.deep.equal([
        "getAdminRecommendedFolder",
        "getAdminRecommendedFolderOutput",
        "getPersonalFolder",
        "getPersonalFolderOutput",
      ]);
      for (const [name, result] of functions) {
        const plain = name.replace(/Output$/, "");
        const spec = schema.functions[`sumologic:index/${plain}:${plain}`];
        if (!spec) throw new Error(`the schema has no ${plain}`);
        expect(objectFaults(schema, result, spec.outputs, name, "all that is required")).to.deep.equal([]);
      }
    });
  });

  for (const preview of [false, true]) {
    describe(`under mocks, ${preview ? "in a preview" : "deploying"}`, () => {
      const seen: pulumi.runtime.MockResourceArgs[] = [];
      before(async () => {
        const mocks: pulumi.runtime.Mocks = {
          newResource: (args) => {
            seen.push(args);
            return {
              id: preview ? undefined : "42",
              state: { ...args.inputs, url: "http://x/y", token: "y" },
            };
          },
          call: ({ token }) => ({ id: "000A", name: token, description: "" }),
        };
        await pulumi.runtime.setMocks(mocks, "project", "stack", preview);
      });

      for (const [name, { token, args, properties }] of resources) {
        it(`${name} registers what it declares`, async () => {
          const made = construct(name, args);
          await known(made.urn);
          const registered = seen.find((other) => other.name === `my-${name}`);
          expect(registered?.type).to.equal(token ?? "pulumi:providers:sumologic");
          expect(Object.keys(registered?.inputs ?? {}).sort()).to.deep.equal([...args.keys()].sort());
          for (const property of properties.keys()) {
            const value = made[property as keyof typeof made];
            expect(pulumi.Output.isInstance(value), `${name}.${property}`).to.equal(true);
          }
        });
      }

      it("knows its own kind", () => {
        const collector = new sumologic.Collector("kind");
        expect(sumologic.Collector.isInstance(collector)).to.equal(true);
        expect(sumologic.HttpSource.isInstance(collector)).to.equal(false);
      });

      it("reads what is there already", async () => {
        await known(sumologic.Collector.get("there", "7").urn);
        const read = seen.find((other) => other.name === "there");
        expect(read).to.include({ id: "7", type: "sumologic:index/collector:Collector" });
      });

      it("keeps secrets secret", async () => {
        const source = new sumologic.HttpSource("secret", { collectorId: 1 });
        const connection = new sumologic.Connection("secret", {
          type: "WebhookConnection",
          url: "https://hooks.example/key",
          defaultPayload: "{}",
        });
        const provider = new sumologic.Provider("secret", { accessId: "id", accessKey: "key" });
        for (const output of [source.url, source.token, connection.url, connection.defaultPayload]) {
          expect(await pulumi.isSecret(output)).to.equal(true);
        }
        expect(await pulumi.isSecret(provider.accessKey)).to.equal(true);
        expect(await pulumi.isSecret(source.name)).to.equal(false);
      });

      it("looks folders up", async () => {
        expect(await sumologic.getPersonalFolder()).to.include({ id: "000A" });
        const folder = await known(sumologic.getAdminRecommendedFolderOutput());
        expect(folder.name).to.equal("sumologic:index/getAdminRecommendedFolder:getAdminRecommendedFolder");
      });
    });
  }
});

function known<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** Makes a resource of that class, each declared argument given. */
function construct(name: string, args: ReadonlyMap<string, Declared>): pulumi.CustomResource {
  const classes: Readonly<Record<string, unknown>> = sumologic;
  const Class = classes[name] as new (name: string, args: object) => pulumi.CustomResource;
  return new Class(`my-${name}`, Object.fromEntries([...args.keys()].map((key) => [key, "given"])));
}

/** What of an object is declared and not in the schema, of another type, or required there and not here. */
function objectFaults(
  schema: Schema,
  declared: ReadonlyMap<string, Declared>,
  { properties, required = [] }: ObjectSpec,
  path: string,
  complete: "all that is required" | "some",
): string[] {
  const faults = [...declared].flatMap(([key, { shape, optional }]) => {
    const spec = properties[key];
    const at = `${path}.${key}`;
    if (!spec) return [`${at} is not in the schema`];
    const lax = optional && required.includes(key) ? [`${at} must be required`] : [];
    return [...lax, ...shapeFaults(schema, shape, spec, at)];
  });
  const missing = complete === "some" ? [] : required.filter((key) => !declared.has(key));
  return [...faults, ...missing.map((key) => `${path}.${key} is required and not declared`)];
}

function shapeFaults(schema: Schema, shape: Shape, spec: Spec, path: string): string[] {
  if (shape.kind === "object") {
    const type = spec.$ref && schema.types[spec.$ref.replace("#/types/", "")];
    return type
      ? objectFaults(schema, shape.properties, type, path, "all that is required")
      : [`${path} is no object`];
  }
  if (shape.kind === "array" && spec.items) return shapeFaults(schema, shape.items, spec.items, `${path}[]`);
  if (shape.kind === "map" && spec.additionalProperties) {
    return shapeFaults(schema, shape.values, spec.additionalProperties, `${path}{}`);
  }
  return shape.kind === spec.type ? [] : [`${path} is ${spec.type ?? spec.$ref}, not ${shape.kind}`];
}
