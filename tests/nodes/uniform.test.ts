import { monitoringAt } from "../../tools/drills/monitoring/monitors";
import { nobodysKey } from "../../tools/drills/shapes";
import { accounts } from "./parts/accounts";
import { boot } from "./parts/boot";
import { firewall } from "./parts/firewall";
import { hardening } from "./parts/hardening";
import { monitoring } from "./parts/monitoring";
import { reboot } from "./parts/reboot";
import { site } from "./parts/site";
import { wire } from "./parts/wire";
import { rehearsed } from "./rehearsed";

const appPort = 8444;
const admin = "198.18.200.7";
const ipRange = "10.30.48.0/20";
const timeScale = 20;

describe("three servers alike", function () {
  this.timeout(60_000);
  const settings = {
    network: { ipRange },
    app: { port: appPort },
    access: { sshKeys: [nobodysKey], adminCidrs: [`${admin}/32`] },
    monitoring: monitoringAt(timeScale),
  };
  const stack = rehearsed(settings, timeScale);

  boot(stack);
  site(stack);
  monitoring(stack, timeScale);
  accounts(stack);
  hardening(stack, { appPort });
  firewall(stack, { appPort, ownDatabase: true, admin });
  wire(stack, ipRange, { web: 443, app: appPort, database: 3306 });
  reboot(stack);
});
