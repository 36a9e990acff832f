import { expect } from "chai";
import fc from "fast-check";
import { gzip } from "../../../cloudinit/gzip";
import { lineDifferences } from "../../../tools/plan/lines";
import { userDataChanges } from "../../../tools/plan/user-data";

const userData = (files: object[], more: object = {}) =>
  `#cloud-config\n${JSON.stringify({ write_files: files, ...more })}\n`;
const file = (path: string, content: string, permissions?: string) => ({ path, content, permissions });

describe("changes of user-data", () => {
  it("are told by file, line by line", () => {
    const before = userData([file("/a", "1\n2\n3\n"), file("/same", "x")]);
    const after = userData([file("/a", "1\ntwo\n3\n"), file("/same", "x"), file("/new", "y")]);
    expect(userDataChanges(before, after)).to.deep.equal([
      { path: "/a", lines: ["- 2", "+ two"] },
      { path: "/new", lines: ["+ y"] },
    ]);
  });

  it("read what is packed", () => {
    const packed = (text: string) => ({
      path: "/a",
      content: gzip(text).toString("base64"),
      encoding: "gz+b64",
    });
    expect(userDataChanges(userData([packed("old\n")]), userData([packed("new\n")]))).to.deep.equal([
      { path: "/a", lines: ["- old", "+ new"] },
    ]);
  });

  it("show nothing of a file that only root may read, nor of what can't be read", () => {
    for (const mode of ["0400", "0600", "0640"]) {
      expect(
        userDataChanges(userData([file("/key", "a", mode)]), userData([file("/key", "b", mode)])),
      ).to.deep.equal([{ path: "/key", lines: null }]);
    }
    expect(
      userDataChanges(userData([file("/key", "a", "0644")]), userData([file("/key", "a", "0600")])),
    ).to.deep.equal([{ path: "/key", lines: null }]);
    expect(userDataChanges("#!/bin/sh\nsecret", "#!/bin/sh\nother")).to.deep.equal([
      { path: "user-data", lines: null },
    ]);
  });

  it("tell the other sections too", () => {
    const changes = userDataChanges(
      userData([], { packages: ["nginx"] }),
      userData([], { packages: ["nginx", "curl"] }),
    );
    expect(changes).to.deep.equal([{ path: "cloud-init: packages", lines: ['+ "curl"'] }]);
  });
});

describe("differences of lines", () => {
  it("make the new text of the old one, with no line too many", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const found = lineDifferences(before, after);
        const count = (sign: string) => found.filter((line) => line.startsWith(sign)).length;
        expect(before.length - count("-")).to.equal(after.length - count("+"));
        if (before.join() === after.join()) expect(found).to.deep.equal([]);
        const signed = (sign: string) =>
          found.filter((line) => line.startsWith(sign)).map((line) => line.slice(2));
        expect([...signed("-"), ...after].sort()).to.deep.equal([...signed("+"), ...before].sort());
      }),
    );
  });
});
