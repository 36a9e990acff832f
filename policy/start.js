// The SDK would check all types at every preview, which takes seconds; the linter has done so before.
require("tsx/cjs");
require("./index.ts");
