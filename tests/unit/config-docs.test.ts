import { expect } from "chai";
import { options } from "../../config/options";
import { committedPage, optionsPage, pages } from "../../tools/docs";

for (const [page, text] of Object.entries(pages)) {
  it(`docs/${page} is up to date; npm run docs writes it`, () => {
    expect(committedPage(page)).to.equal(text());
  });
}

describe("docs/options.md", () => {
  it("has every option, and calls secret what is", () => {
    const page = optionsPage();
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    for (const { path, secret, description } of options()) {
      if (!description) continue;
      const row = rows.find((line) => line.startsWith(`| \`${path}\` |`));
      expect(row !== undefined || page.includes(`\n## ${path}\n\n${description}\n`), path).to.equal(true);
      expect(/, secret \|/.test(row ?? ""), path).to.equal(secret);
    }
  });
});
