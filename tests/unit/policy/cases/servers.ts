import { gunzipSync } from "node:zlib";
import { bundlePath } from "../../../../cloudinit/bundle";
import { gzip } from "../../../../cloudinit/gzip";
import { list, object, text } from "../../../../tools/engine/props";
import { add, type Cases, type Change, edit, set, without } from "../changes";

const droplet = "digitalocean:Droplet";
const monitor = "sumologic:Monitor";

/** Changes each file that the servers' user-data brings. */
const userData = (change: (file: string) => string): Change =>
  edit(droplet, ({ props }) => {
    const { write_files, ...config } = JSON.parse(text(props.userData).replace("#cloud-config\n", ""));
    const [bundle] = list(write_files).map(object);
    if (bundle?.path !== bundlePath) throw new Error("The files are packed otherwise.");
    const files = list(JSON.parse(gunzipSync(Buffer.from(text(bundle.content), "base64")).toString()));
    const changed = files.map(object).map((file) => ({ ...file, content: change(text(file.content)) }));
    const content = gzip(JSON.stringify(changed)).toString("base64");
    const packed = JSON.stringify({ ...config, write_files: [{ ...bundle, content }] });
    return { props: { ...props, userData: `#cloud-config\n${packed}\n` } };
  });

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
    broken: {
      "the newest release, whatever it is": userData((file) => file.replaceAll(/v?\d+\.\d+\.\d+/g, "latest")),
      "no checksum": userData((file) => file.replaceAll(/\b[0-9a-f]{64}\b/g, "")),
      "a checksum in another script": userData((file) =>
        file.includes("curl") ? file.replaceAll(/\b[0-9a-f]{64}\b/g, "$agent") : file,
      ),
      "a program by itself": set(droplet, { userData: "curl \\\n  https://example.com/1.2.3/program | sh" }),
    },
    modes: ["known"],
  },
  "user-data-secret": {
    stack: "prod",
    given: edit(
      droplet,
      ({ props }) => ({
        props: { ...props, userData: '#cloud-config\n{"packages":["nginx"]}\n' },
        secrets: [],
      }),
      "web-2-droplet",
    ),
    broken: { "the mark taken off": edit(droplet, () => ({ secrets: [] }), "web-1-droplet") },
    modes: ["known"],
  },
};
