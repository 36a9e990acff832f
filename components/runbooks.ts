import type { Stack } from "./stack";

/** Where a monitor's runbook is; `name` may be a variable of a notification. */
export const runbook = (name: string, { settings }: Stack): string =>
  `${settings.monitoring.runbooks ?? "docs/runbooks"}/${name}.md`;

/** What an alert's page says of what to do. */
export const playbook = (name: string, stack: Stack): string => `Runbook: [${name}](${runbook(name, stack)})`;
