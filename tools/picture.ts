import { findBrowser } from "local-cloud/console/browser";
import { chromium } from "playwright-core";
import { command, main } from "./shared/command";

interface Options {
  readonly view: string;
  readonly output: string;
}

/** How long a page takes until its panels have run and its rates are known, in milliseconds. */
const settling = 10_000;

/** `npm run picture`: what the console of a running rehearsal shows, as a file. */
main(
  command("picture", "Takes a picture of the console of a rehearsal that is up.")
    .argument("<address>", "the console's, as npm start prints it")
    .option("--view <name>", "what follows # in the address", "architecture")
    .option("--output <file>", "PNG file to write", "docs/images/console.png")
    .action(take),
);

async function take(address: string, { view, output }: Options): Promise<void> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error("Chromium is missing: npm run setup installs it on Debian, as root.");
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme: "light" });
    await page.goto(`${new URL(address)}#${view}`);
    await page.waitForTimeout(settling);
    await page.screenshot({ path: output });
  } finally {
    await browser.close();
  }
}
