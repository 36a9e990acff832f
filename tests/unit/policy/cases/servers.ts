import { list, text } from "../../../../tools/engine/props";
import { add, type Cases, edit, set, without } from "../changes";

const droplet = "digitalocean:Droplet";
const monitor = "sumologic:Monitor";

const release = "https://example.com/releases/v1.2.3/agent_1.2.3.tar.gz";

export const servers: Cases = {
  "metrics-agent": {
    stack: "prod",
    broken: { "no agent": set(droplet, { monitoring: false }, "web-1-droplet") },
  },
  "server-collected": {
    stack: "prod",
    broken: {
      "no collector": without("sumologic:Collector", "monitoring-app-3"),
      "a collector of another name": set("sumologic:Collector", { name: "prod-app-4" }, "monitoring-app-3"),
      "a collector without sources": without("sumologic:HttpSource"),
    },
  },
  "server-alerted": {
    stack: "prod",
    broken: {
      "monitors that are off": set(monitor, { isDisabled: true }),
      "monitors of another stack": edit(monitor, ({ props }) => ({
        props: {
          ...props,
          queries: list(props.queries).map((query) =>
            JSON.parse(text(JSON.stringify(query)).replaceAll("/prod/", "/x/")),
          ),
        },
      })),
      "an alert of DigitalOcean that selects others, and monitors that are off": (shipped) =>
        add({
          type: "digitalocean:index/monitorAlert:MonitorAlert",
          name: "alerts-cpu",
          props: { type: "v1/insights/droplet/cpu", tags: ["web-infra:dev"] },
        })(set(monitor, { isDisabled: true })(shipped)),
    },
  },
  "alerts-heard": {
    stack: "prod",
    given: set(monitor, { notifications: [{ notification: { connectionType: "Email" } }] }),
    broken: { "nobody named": set(monitor, { notifications: [] }) },
  },
  "image-allowed": {
    stack: "prod",
    given: set(droplet, { image: "123456789" }, "web-2-droplet"),
    broken: { "another system": set(droplet, { image: "ubuntu-24-04-x64" }, "web-1-droplet") },
  },
  "agent-pinned": {
    stack: "prod",
    given: set(
      droplet,
      { userData: `curl ${release}; echo ${"a".repeat(64)} | sha256sum --check` },
      "app-1-droplet",
    ),
    broken: {
      "the newest release, whatever it is": edit(droplet, ({ props }) => ({
        props: { ...props, userData: text(props.userData).replaceAll(/v?\d+\.\d+\.\d+/g, "latest") },
      })),
      "no checksum": set(droplet, { userData: `curl ${release} | tar xz` }, "web-1-droplet"),
    },
    modes: ["known"],
  },
  "user-data-secret": {
    stack: "prod",
    given: set(droplet, { userData: "#cloud-config\n" }, "web-2-droplet"),
    broken: {
      "a key in plain": edit(
        droplet,
        ({ props }) => ({
          props: { ...props, userData: "-----BEGIN PRIVATE KEY-----" },
          secrets: [],
        }),
        "web-1-droplet",
      ),
      "a password in plain": edit(
        droplet,
        ({ props }) => ({ props: { ...props, userData: "DB_PASSWORD=hunter2" }, secrets: [] }),
        "web-1-droplet",
      ),
    },
  },
};
