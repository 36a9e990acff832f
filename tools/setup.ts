import { findBrowser, installBrowser } from "local-cloud/console/browser";
import { canRunNodes, installNeeded } from "local-cloud/nodes/requirements";
import { command, main } from "./shared/command";

/** `npm run setup`: what the machine needs beyond npm; does nothing where nothing is needed. */
main(
  command(
    "setup",
    "Installs what the rehearsal's servers and the tests need on this machine, where that is possible.",
  ).action(async () => {
    for (const install of [installNeeded, installBrowser])
      await install(console.log).catch((error: Error) => console.log(`That failed: ${error.message}`));
    if (!findBrowser()) console.log("There is no Chromium here: the console's page is not tested.");
    const can = canRunNodes();
    if (can.ok) return;
    console.log(
      `Servers can't run as machines here; missing: ${can.missing.join(", ")}. All else works without.`,
    );
  }),
);
