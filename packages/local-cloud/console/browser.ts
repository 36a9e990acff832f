import { existsSync, readFileSync } from "node:fs";
import { installPackages } from "../nodes/packages";

/** Where Chromium is, by the packages of Debian and others. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const release = "/etc/os-release";

/** The browser in which the page is tested, if this machine has it. */
export function findBrowser(): string | undefined {
  return places.find((place) => existsSync(place));
}

/** Installs the browser where it is missing, this is Debian (Ubuntu has none as a package) and the user is root. */
export async function installBrowser(log: (line: string) => void): Promise<void> {
  const isDebian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, "utf8"));
  if (findBrowser() || !isDebian || process.getuid?.() !== 0) return;
  log("Installing the browser in which the console is tested: chromium.");
  await installPackages(["chromium"]);
}
