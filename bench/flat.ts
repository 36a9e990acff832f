import type { Props } from "../tools/engine/props";
import { plain, type Registration } from "../tools/engine/registration";

const packages = ["digitalocean", "random", "sumologic", "tls"];

/**
 * A program that registers the same resources one by one: no components, no settings, no checks, no outputs
 * of one in the inputs of another. What only an update would tell is a plain text in it.
 */
export function flatProgram(resources: readonly Registration[]): string {
  const custom = resources.filter(({ custom }) => custom);
  const imports = packages.map((name) => `import * as ${name} from "@pulumi/${name}";`);
  const statements = custom.map(({ type, name, inputs }) => {
    const [provider = "", , kind = ""] = type.split(":");
    return `new ${provider}.${kind}(${JSON.stringify(name)}, ${JSON.stringify(known(inputs))} as never);`;
  });
  return [...imports, ...statements, ""].join("\n");
}

const unknown = /04da6b54-80e4-46f7-96ec-b56ff0331ba9/;

function known(inputs: Props): unknown {
  return JSON.parse(JSON.stringify(plain(inputs)), (_, value) =>
    typeof value === "string" && unknown.test(value) ? "1" : value,
  );
}
