import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { gzip } from "../../cloudinit/gzip";

const unzipped = (text: string) => gunzipSync(gzip(text)).toString();

describe("gzip that is the same everywhere", () => {
  it("is read back by zlib, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => unzipped(text) === text));
  });
  it("is read back where the text repeats itself, near and far, briefly and at length", () => {
    const repeating = fc
      .array(fc.tuple(fc.string({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 900 })), {
        maxLength: 30,
      })
      .map((pieces) =>
        pieces
          .map(([piece, times]) => piece.repeat(times))
          .join("")
          .slice(0, 80_000),
      );
    fc.assert(
      fc.property(repeating, (text) => unzipped(text) === text),
      { numRuns: 30 },
    );
    for (const length of [0, 1, 2, 3, 4, 10, 11, 257, 258, 259, 260, 32_768, 32_769, 40_000]) {
      const text = "x".repeat(length);
      expect(unzipped(text)).to.equal(text);
      expect(unzipped(`abcdef${text}abcdef`)).to.equal(`abcdef${text}abcdef`);
    }
  });
  it("has the same bytes on every machine", () => {
    const text = "to be or not to be, that is the question; not to be or to be\n".repeat(3);
    expect(createHash("sha256").update(gzip(text)).digest("hex")).to.equal(
      "a20c2da1e75a73f0f1c1b1a06c1ad63cb3b2c60ac9f4c933cc35538ca47d81bd",
    );
  });
  it("makes a configuration less than half as long", () => {
    const text = readFileSync(join(__dirname, "../../cloudinit/files/web/nginx.conf"), "utf8");
    expect(gzip(text).length).to.be.below(text.length / 2);
  });
});
