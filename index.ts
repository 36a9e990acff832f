import * as pulumi from "@pulumi/pulumi";
import {
  Alerts,
  backupFaults,
  baselineRules,
  Certificates,
  Dashboards,
  Database,
  describeStack,
  Firewall,
  LoadBalancer,
  MonitoringAccount,
  MonitoringCollector,
  Monitors,
  Network,
  Notifications,
  ownOutbound,
  roleInbound,
  ServerNode,
  ServiceLevel,
  StackProject,
  serverUserData,
  userDataFaults,
} from "./components";
import { loadSettings, raise } from "./config/load";

const stack = describeStack(loadSettings(), pulumi.getProject(), pulumi.getStack());
const { title } = stack;
raise([...backupFaults(stack), ...userDataFaults(stack)]);

const network = new Network("network", { stack });
const certificates = new Certificates("certificates", { stack, domain: network.domain });
const project = new StackProject("project", { stack });
const balancer = new LoadBalancer("balancer", {
  stack,
  network,
  projectId: project.projectId,
  certificateName: certificates.balancerCertificate,
});
network.publish(stack.settings.host, balancer.ip);
const database = new Database("database", { stack, network });
const account = new MonitoringAccount("monitoring", { stack });
const baseline = new Firewall("firewall-baseline", {
  firewallName: `${title}-baseline`,
  tag: network.stackTag,
  ...baselineRules(stack),
});

const servers: ServerNode[] = [];
const collectors: MonitoringCollector[] = [];
for (const node of stack.nodes) {
  const { label, roles } = node;
  const tag = network.tag(label);
  new Firewall(`firewall-${label}`, {
    firewallName: `${title}-${label}`,
    tag,
    inbound: roleInbound(roles, stack, { tags: network.roleTags, balancerId: balancer.balancerId }),
    outbound: ownOutbound(stack),
  });
  // Two servers' sources at a time, so that none of Sumo Logic's calls waits for the program to ask for it.
  const after = collectors.at(-2);
  const collector = new MonitoringCollector(`monitoring-${label}`, { stack, account, node, after });
  collectors.push(collector);
  const userData = serverUserData(node, { stack, certificates, database, collector });
  servers.push(new ServerNode(label, { stack, network, baseline, node, tag, userData }));
}

project.hold([network, database, ...servers].flatMap((part) => part.urns));
new Alerts("alerts", { stack, network, balancer, database });
const notifications = new Notifications("notifications", { stack });
const last = collectors.at(-1);
new Monitors("monitors", { stack, account, notifications, after: last });
new ServiceLevel("service-level", { stack, account, notifications, after: last });
new Dashboards("dashboards", { stack, account, after: last });

export const url = `https://${stack.site}`;
export const address = balancer.ip;
export const authority = certificates.authority;
export const backups = database.backups?.access ?? null;
export const addresses = servers.map(({ publicIp, privateIp }) => ({ publicIp, privateIp }));
