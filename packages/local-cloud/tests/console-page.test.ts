import { source as axe } from "axe-core";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { type LocalCloud, startLocalCloud } from "..";
import { fillAccount, hostile, messages } from "./console-account";
import { ConsoleBrowser } from "./console-browser";

const views = ["architecture", "dashboards", "monitors", "logs", "resources"];

describe("console's page", function () {
  this.timeout(60_000);
  let cloud: LocalCloud;
  let browser: ConsoleBrowser | undefined;
  const open: ConsoleBrowser["open"] = (view, look) => {
    if (!browser) throw new Error("There is no browser.");
    return browser.open(view, look);
  };

  before(async function () {
    cloud = await startLocalCloud({ rateLimits: false });
    browser = await ConsoleBrowser.start(this, cloud.console);
    await fillAccount(cloud);
  });
  after(async () => {
    await browser?.close();
    await cloud.close();
  });
  afterEach(async () => {
    expect(browser?.problems.splice(0)).to.deep.equal([]);
  });

  /** Resolves when the panels of the dashboard have run. */
  const panelsRun = (page: Page) => page.locator('.panel[aria-busy="false"]').nth(5).waitFor();

  it("draws the parts, how they do, and lines between them", async () => {
    const page = await open("architecture");
    await page.getByRole("region", { name: "Load balancer site" }).getByText("2 of 2 servers fit").waitFor();
    const web = page.getByRole("region", { name: "Servers web" });
    expect(await web.locator("summary").count()).to.equal(2);
    expect(await page.getByRole("region", { name: "Database site" }).count()).to.equal(1);
    // Visitors, balancer, web, app, database; and two agents' lines.
    await page.locator(".wire").nth(5).waitFor({ state: "attached" });
    expect(await page.locator(".wire").count()).to.equal(4 + 2);
    const rows = await page
      .getByRole("region", { name: "What may talk to what" })
      .getByRole("row")
      .allInnerTexts();
    expect(rows.map((row) => row.split("\t").slice(0, 3).join(" "))).to.include("web app tcp 8443");
    await web.locator("summary").first().click();
    await web.getByText("2 sources").first().waitFor();
    await page.close();
  });

  it("draws dashboards from what came in, for the chosen values of their variables", async () => {
    const page = await open("dashboards");
    await panelsRun(page);
    const qps = page.getByRole("article", { name: "qps" });
    expect(await qps.getByRole("rowheader").allInnerTexts()).to.deep.equal(["web-1", "web-2"]);
    expect(await painted(page)).to.deep.equal([true, true]);
    await page
      .getByRole("article", { name: "total" })
      .getByText(String(2 * messages))
      .waitFor();
    expect(await page.getByRole("article", { name: "paths" }).getByRole("row").count()).to.equal(4);
    await page.getByRole("article", { name: "wrong" }).getByText("(line 1, column").waitFor();
    await page.getByLabel("Host").selectOption("web-2");
    await page.getByRole("article", { name: "total" }).getByText(String(messages), { exact: true }).waitFor();
    // Each panel runs by itself, and the table is made only when it is opened.
    await qps.getByRole("rowheader", { name: "web-1" }).waitFor({ state: "detached" });
    expect(await qps.getByRole("rowheader").allInnerTexts()).to.deep.equal(["web-2"]);
    await qps.getByText("Values").click();
    await qps.getByRole("table").nth(1).getByRole("row").nth(10).waitFor();
    await page.close();
  });

  it("shows monitors, and what fires", async () => {
    const { endpoint, accessId, accessKey } = cloud.sumologic;
    const page = await open("monitors");
    await page.getByText("not evaluated yet").waitFor();
    await fetch(new URL("/_local/clock", endpoint), {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${accessId}:${accessKey}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ advanceMs: 60_000 }),
    });
    await page.getByRole("link", { name: "Monitors 1 firing" }).waitFor();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Errors of the site" })
      .getByText(/Critical/)
      .first()
      .waitFor();
    await page.close();
  });

  it("searches the log, and shows a hostile line as the text that it is", async () => {
    const page = await open("logs");
    await page.getByText(/^\d+ messages$/).waitFor();
    await page.getByLabel("Query").fill('"onerror"');
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("1 message", { exact: true }).waitFor();
    expect(await page.locator(".line").allInnerTexts()).to.deep.equal([hostile]);
    await page.locator(".line").click();
    expect(await page.locator(".messages pre").textContent()).to.equal(hostile);
    expect(await page.locator("main :is(img, script)").count()).to.equal(0);
    expect(await page.title()).to.equal("(1) Logs · Local cloud");
    await page.getByLabel("Query").fill("* | frobnicate");
    await page.getByLabel("Query").press("Enter");
    await page.getByRole("alert").getByText("(line 1, column").waitFor();
    await page.close();
  });

  it("lists resources by what is looked for", async () => {
    const page = await open("resources");
    await page.getByLabel("Name or detail").fill("app-1");
    await page.getByRole("rowheader", { name: "app-1" }).first().waitFor();
    expect(await page.getByRole("rowheader", { name: "web-1" }).count()).to.equal(0);
    await page.close();
  });

  it("can be used by the keyboard alone", async () => {
    const page = await open("architecture");
    const focused = () =>
      page.evaluate("document.activeElement.textContent || document.activeElement.tagName");
    await page.keyboard.press("Tab");
    expect(await focused()).to.equal("To the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.tagName")).to.equal("MAIN");
    expect(await page.locator("h1").textContent()).to.equal("Architecture");
    await page.getByRole("link", { name: "Logs" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Logs" }).waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).to.equal("MAIN");
    await page.keyboard.press("Tab");
    await page.keyboard.type("handled");
    await page.keyboard.press("Enter");
    await page.getByText("Nothing found.").waitFor();
    await page.close();
  });

  it("fits a phone", async () => {
    for (const view of views) {
      const page = await open(view, { width: 360 });
      if (view === "dashboards") await page.locator("canvas").first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth"), view).to.equal(360);
      await page.close();
    }
  });

  it("is light or dark as the system is, and still where it is asked to be", async () => {
    const colours = new Set<unknown>();
    for (const scheme of ["light", "dark"] as const) {
      const page = await open("architecture", { scheme, reducedMotion: scheme === "dark" });
      colours.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
      await page.locator(".watching .wire").first().waitFor({ state: "attached" });
      const name = await page.evaluate(
        "getComputedStyle(document.querySelector('.watching .wire')).animationName",
      );
      expect(name).to.equal(scheme === "dark" ? "none" : "flow");
      await page.close();
    }
    expect(colours.size).to.equal(2);
  });

  for (const view of views) {
    it(`holds to WCAG 2.2 AA, as far as axe can tell: ${view}`, async () => {
      const page = await open(view, { scheme: view === "dashboards" ? "dark" : "light" });
      if (view === "dashboards") await panelsRun(page);
      else await page.waitForLoadState("networkidle");
      await page.evaluate(axe);
      const found = (await page.evaluate(
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
      )) as { violations: { id: string; nodes: { html: string }[] }[] };
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([]);
      await page.close();
    });
  }
});

/** For each chart, whether anything is drawn on it. */
function painted(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll("canvas")].map((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean))`);
}
