import { expect } from "chai";
import { options } from "../../config/options";
import { rules } from "../../config/rules";
import { context, settingsOf } from "./config-support";

describe("the schema", () => {
  it("says in words what every option is for, and what it allows", () => {
    for (const { path, description, limits, type, secret } of options()) {
      if (path.endsWith("]")) continue;
      expect(description, path).to.match(/[.…]$/);
      if (type === "text" && !secret) expect(limits, path).not.to.equal("");
    }
  });

  it("has a stand-in that is sound for every required option", () => {
    for (const { path, required, example, secret } of options()) {
      if (required && !secret) expect(example, path).not.to.equal(undefined);
    }
  });
});

describe("the rules", () => {
  /** Records which options a rule reads, as `Rule.compares` names them. */
  function recorded<T extends object>(value: T, read: Set<string>, path = ""): T {
    return new Proxy(value, {
      get(target, key, receiver) {
        const found: unknown = Reflect.get(target, key, receiver);
        if (typeof key === "symbol" || !Object.hasOwn(target, key) || key === "length") return found;
        const place = Array.isArray(target) ? `${path}[]` : path ? `${path}.${key}` : key;
        if (typeof found === "object" && found !== null) return recorded(found, read, place);
        read.add(place);
        return found;
      },
    });
  }

  it("name every option that they hold against another", () => {
    const settings = settingsOf({
      database: { mode: "cluster" },
      monitoring: { folder: "existing", folderId: "0".repeat(16) },
    });
    for (const rule of rules.filter(({ compares }) => compares.length > 0)) {
      const read = new Set<string>();
      rule.check(recorded(settings, read), context);
      for (const option of read)
        expect(
          rule.compares.some(
            (named) => option === named || option.startsWith(`${named}.`) || option.startsWith(`${named}[`),
          ),
          `${option}, not among ${rule.compares.join(", ")}`,
        ).to.equal(true);
    }
  });
});
