import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";

const root = join(__dirname, "../..");

describe("pages", () => {
  const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: root,
    encoding: "utf8",
  });

  for (const page of pages.trim().split("\n")) {
    it(`${page} links to files and headings that there are`, () => {
      const links = [...read(page).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
      expect(links.filter((link) => !leads(page, link))).to.deep.equal([]);
    });
  }
});

const read = (page: string): string => readFileSync(join(root, page), "utf8").replace(/^```.*?^```/gms, "");

function leads(page: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? page : join(dirname(page), file);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || !target.endsWith(".md") || headings(target).includes(heading);
}

/** As GitHub makes anchors of them. */
function headings(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
