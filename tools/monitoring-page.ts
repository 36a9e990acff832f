import { join } from "node:path";
import { describeStack, type Stack } from "../components";
import { dashboardsOf } from "../components/dashboards";
import { monitorsOf } from "../components/monitors";
import type { Monitor } from "../components/monitors/monitor";
import { budgetMonitor } from "../components/service-level";
import { validate } from "../config/validate";
import { readStackConfig } from "./engine/stackfile";

/** The shipped stacks, with every mode of the database among them. */
const stacks = ["dev", "staging", "prod"];

const intro = `# What is watched

<!-- Generated from components/dashboards and components/monitors by \`npm run docs\`; don't edit it by hand. -->

Each stack has these dashboards and monitors, as far as its roles and its database ask for them. The limits are the
defaults; [options.md](options.md) has their reasons, under \`monitoring.thresholds\`.
`;

function stackOf(name: string): Stack {
  const { project, values } = readStackConfig(join(__dirname, ".."), name, "");
  const own = Object.entries(values).filter(([key]) => key.startsWith(`${project}:`));
  const settings = Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
  const checked = validate(settings, { project, stack: name });
  if ("faults" in checked) throw new Error(`Stack ${name} is not sound.`);
  return describeStack(checked.settings, project, name);
}

/** The things of all stacks, each name once. */
function union<T>(of: (stack: Stack) => readonly T[], nameOf: (one: T) => string): T[] {
  const all = stacks.map(stackOf).flatMap((stack) => of(stack));
  return all.filter((one, index) => all.findIndex((other) => nameOf(other) === nameOf(one)) === index);
}

/** The page docs/monitors.md as it should be. */
export function monitoringPage(): string {
  const dashboards = union(
    (stack) => Object.values(dashboardsOf(stack)),
    ({ title }) => title,
  );
  const monitors = union(monitorsOf, ({ name }) => name);
  return [
    intro,
    "## Dashboards\n",
    "| Dashboard | What it shows | Its panels |\n|---|---|---|",
    ...dashboards.map(({ title, description }) => `| ${title} | ${description} | ${panelsOf(title)} |`),
    "\n## Monitors\n",
    "| Monitor, with its runbook | What it measures | Of | Warns | Alerts | Looks back | Silence |\n|---|---|---|---|---|---|---|",
    ...monitors.map(row),
    `| ${link(budgetMonitor)} | How much of the errors that the SLO leaves is spent, in percent | site | 6 times too fast: > 5 in 6 h and > 0.417 in 30 m | 14.4 times: > 2 in 1 h and > 0.167 in 5 m | 6 h | |`,
    "",
  ].join("\n");
}

function panelsOf(dashboard: string): string {
  const panels = union(
    (stack) =>
      Object.values(dashboardsOf(stack)).flatMap(({ title, panels: own }) =>
        title === dashboard ? own : [],
      ),
    ({ key }) => key,
  );
  return panels.map(({ title }) => title).join("; ");
}

const link = (name: string): string => `[${name}](runbooks/${name}.md)`;

function row(monitor: Monitor): string {
  const { name, measures, of, window, limits, silence = "" } = monitor;
  const side = monitor.signal === "logs" && monitor.falling ? "≤" : "≥";
  const cells = [
    link(name),
    measures,
    of,
    limits ? `${side} ${limits.warning}` : "",
    limits ? `${side} ${limits.critical}` : "",
    window,
    silence,
  ];
  return `| ${cells.join(" | ")} |`;
}
