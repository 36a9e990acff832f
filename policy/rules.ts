import type { Rule } from "./rule";
import { agentPinned } from "./rules/agent-pinned";
import { alertsHeard } from "./rules/alerts-heard";
import { balancerUnits } from "./rules/balancer-units";
import { certificatesCurrent } from "./rules/certificates-current";
import { costWithinBudget } from "./rules/cost-within-budget";
import { dataBackups } from "./rules/data-backups";
import { dataProtected } from "./rules/data-protected";
import { databaseSources } from "./rules/database-sources";
import { databaseStandby } from "./rules/database-standby";
import { databaseWriters } from "./rules/database-writers";
import { exemptionsCurrent } from "./rules/exemptions-current";
import { firewallFirst } from "./rules/firewall-first";
import { healthCheckEncrypted } from "./rules/health-check-encrypted";
import { httpsRedirect } from "./rules/https-redirect";
import { imageAllowed } from "./rules/image-allowed";
import { inProject } from "./rules/in-project";
import { inVpc } from "./rules/in-vpc";
import { leavesRenewed } from "./rules/leaves-renewed";
import { maintenanceWindow } from "./rules/maintenance-window";
import { metricsAgent } from "./rules/metrics-agent";
import { namesAgreed } from "./rules/names-agreed";
import { namesCertified } from "./rules/names-certified";
import { noOpenDatabase } from "./rules/no-open-database";
import { noOpenPorts } from "./rules/no-open-ports";
import { noOpenSsh } from "./rules/no-open-ssh";
import { oneRegion } from "./rules/one-region";
import { outboundLimited } from "./rules/outbound-limited";
import { ownFirewall } from "./rules/own-firewall";
import { rolesApart } from "./rules/roles-apart";
import { serverAlerted } from "./rules/server-alerted";
import { serverBackups } from "./rules/server-backups";
import { serverCollected } from "./rules/server-collected";
import { serverFirewalled } from "./rules/server-firewalled";
import { serversEncrypted } from "./rules/servers-encrypted";
import { serversPerRole } from "./rules/servers-per-role";
import { strongCiphers } from "./rules/strong-ciphers";
import { strongKeys } from "./rules/strong-keys";
import { tagged } from "./rules/tagged";
import { userDataSecret } from "./rules/user-data-secret";
import { visitorsEncrypted } from "./rules/visitors-encrypted";

/** The rules by what they are about, in the order in which they are documented. */
export const topics: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  {
    title: "Encryption",
    rules: [
      visitorsEncrypted,
      serversEncrypted,
      httpsRedirect,
      strongCiphers,
      healthCheckEncrypted,
      namesCertified,
      strongKeys,
      leavesRenewed,
      certificatesCurrent,
    ],
  },
  {
    title: "Availability",
    rules: [balancerUnits, serversPerRole, rolesApart, databaseStandby, databaseWriters, maintenanceWindow],
  },
  { title: "Data", rules: [serverBackups, dataBackups, dataProtected] },
  {
    title: "Network",
    rules: [
      noOpenSsh,
      noOpenDatabase,
      noOpenPorts,
      outboundLimited,
      serverFirewalled,
      ownFirewall,
      firewallFirst,
      inVpc,
      databaseSources,
    ],
  },
  { title: "Monitoring", rules: [metricsAgent, serverCollected, serverAlerted, alertsHeard] },
  { title: "Servers", rules: [imageAllowed, agentPinned, userDataSecret] },
  {
    title: "Account",
    rules: [tagged, inProject, oneRegion, namesAgreed, costWithinBudget, exemptionsCurrent],
  },
];

export const rules: readonly Rule[] = topics.flatMap((topic) => topic.rules);
