import { type Maker, posted } from "../kind";
import { list, object, omit, type Props, snake, text } from "../props";

/** DigitalOcean's own alerts, and the project that holds it all. */
export const watch: Readonly<Record<string, Maker>> = {
  MonitorAlert: posted({
    path: "/v2/monitoring/alerts",
    wrap: "policy",
    body: ({ alerts, ...rest }) => ({
      entities: [],
      tags: [],
      enabled: true,
      ...snake(rest),
      alerts: recipients(object(alerts)),
    }),
    id: (policy) => text(policy.uuid),
  }),
  UptimeCheck: posted({
    path: "/v2/uptime/checks",
    wrap: "check",
    body: (inputs) => ({ enabled: true, ...snake(inputs) }),
  }),
  UptimeAlert: posted({
    path: ({ checkId }) => `/v2/uptime/checks/${text(checkId)}/alerts`,
    wrap: "alert",
    body: ({ notifications, ...rest }) => ({
      ...snake(omit(rest, "checkId")),
      notifications: recipients(object(list(notifications)[0])),
    }),
  }),
  Project: async (inputs, api) => {
    const made = await project(inputs, api);
    if (inputs.resources !== undefined) {
      await api.call("POST", `/v2/projects/${made.id}/resources`, { resources: inputs.resources });
    }
    return made;
  },
  ProjectResources: async (inputs, api) => {
    const id = text(inputs.project);
    await api.call("POST", `/v2/projects/${id}/resources`, { resources: list(inputs.resources) });
    return { id, outputs: inputs };
  },
};

const project = posted({
  path: "/v2/projects",
  wrap: "project",
  body: (inputs) => ({ description: "", purpose: "Web Application", ...snake(omit(inputs, "resources")) }),
});

function recipients({ emails, slacks }: Props): Props {
  return { email: emails ?? [], slack: slacks ?? [] };
}
