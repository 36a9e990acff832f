import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "../console/browser";

export interface Look {
  /** Width of the window; default that of a desktop. */
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly reducedMotion?: boolean;
}

/** A browser that shows the console, and notes what goes wrong in it. */
export class ConsoleBrowser {
  /** Errors of the page, and requests to anything but the console. */
  readonly problems: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly address: string,
  ) {}

  /** Starts it; where there is none on this machine the test is skipped. */
  static async start(test: Mocha.Context, address: string): Promise<ConsoleBrowser> {
    const executablePath = findBrowser();
    if (!executablePath) {
      console.log("      skipped: Chromium is missing");
      return test.skip();
    }
    return new ConsoleBrowser(await chromium.launch({ executablePath }), address);
  }

  /** Shows a view in a window of its own. */
  async open(
    view: string,
    { width = 1280, scheme = "light", reducedMotion = false }: Look = {},
  ): Promise<Page> {
    const page = await this.browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      reducedMotion: reducedMotion ? "reduce" : "no-preference",
    });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.problems.push(message.text());
    });
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(this.address) && !request.url().startsWith("data:"))
        this.problems.push(`asked for ${request.url()}`);
    });
    await page.goto(`${this.address}#${view}`);
    await page.locator("h1").waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
