import { expect } from "chai";
import type { Fault, LocalCloud } from "local-cloud";
import { connect } from "../../tools/account";
import { list, object, type Props, text } from "../../tools/engine/props";
import { remove } from "../../tools/orphans/mend";
import { paces } from "../../tools/rehearsal";
import { bringUp, held, withCloud } from "./support";

/** A tenth of the calls fails before it is carried out. */
const faults: readonly Fault[] = [
  { share: 0.05, effect: "503" },
  { share: 0.05, effect: "drop" },
];

async function find(cloud: LocalCloud, collection: string, name: string) {
  const found = (await held(cloud)).find((one) => one.collection === collection && one.name === name);
  expect(found, `${collection} ${name}`).not.to.equal(undefined);
  return found?.path ?? "";
}

/** What of an object a change of it takes. */
function changeable(object: Props, ...keys: string[]): Props {
  return Object.fromEntries(keys.map((key) => [key, object[key] ?? null]));
}

describe("The program in a local cloud: changes and the end, while a tenth of the calls fails", function () {
  this.timeout(60_000);
  // Five failures of one call in a row, one in 100,000 calls, end a run, as they would with the plugins.
  this.retries(1);

  it("a firewall's port, the balancer's health path, a server's tag and size, a monitor's threshold change in place", () =>
    withCloud(
      async (cloud) => {
        expect((await bringUp(cloud)).faults).to.deep.equal([]);
        const { digitalocean, sumologic } = connect(cloud, paces.instant);

        const firewallPath = await find(cloud, "firewalls", "web-infra-sandbox-server-1");
        const firewall = object((await digitalocean.call("GET", firewallPath)).firewall);
        const [first, ...others] = list(firewall.inbound_rules).map(object);
        const rules = [{ ...first, ports: "9999" }, ...others];
        const whole = changeable(firewall, "name", "outbound_rules", "tags", "droplet_ids");
        await digitalocean.call("PUT", firewallPath, { ...whole, inbound_rules: rules });
        const changed = object((await digitalocean.call("GET", firewallPath)).firewall);
        expect(list(changed.inbound_rules).map((rule) => object(rule).ports)).to.include("9999");

        const balancerPath = await find(cloud, "load_balancers", "web-infra-sandbox");
        const balancer = object((await digitalocean.call("GET", balancerPath)).load_balancer);
        const health = { ...object(balancer.health_check), path: "/elsewhere" };
        const settings = changeable(
          balancer,
          "name",
          "forwarding_rules",
          "tag",
          "vpc_uuid",
          "redirect_http_to_https",
        );
        const region = text(object(balancer.region).slug);
        await digitalocean.call("PUT", balancerPath, { ...settings, region, health_check: health });
        const healthy = object((await digitalocean.call("GET", balancerPath)).load_balancer);
        expect(healthy.health_check).to.deep.equal(health);

        const dropletPath = await find(cloud, "droplets", "sandbox-server-1");
        const act = async (action: Props) => {
          const started = object((await digitalocean.call("POST", `${dropletPath}/actions`, action)).action);
          const look = async () =>
            object((await digitalocean.call("GET", `/v2/actions/${text(started.id)}`)).action);
          return digitalocean.until(look, ({ status }) => status === "completed", text(action.type));
        };
        await act({ type: "power_off" });
        await act({ type: "resize", size: "s-2vcpu-4gb", disk: true });
        await act({ type: "power_on" });
        const id = dropletPath.split("/").at(-1) ?? "";
        const tagged = { resources: [{ resource_id: id, resource_type: "droplet" }] };
        await digitalocean.call("POST", "/v2/tags/web-infra:sandbox:web/resources", tagged);
        const droplet = object((await digitalocean.call("GET", dropletPath)).droplet);
        expect(droplet).to.include({ size_slug: "s-2vcpu-4gb", status: "active" });
        expect(list(droplet.tags)).to.include("web-infra:sandbox:web");

        const monitorPath = await find(cloud, "monitors", "web-latency");
        const monitor = await sumologic.call("GET", monitorPath);
        const triggers = list(monitor.triggers).map((trigger) => ({ ...object(trigger), threshold: 1234 }));
        const type = "MonitorsLibraryMonitorUpdate";
        await sumologic.call("PUT", monitorPath, { ...monitor, type, triggers });
        const raised = list((await sumologic.call("GET", monitorPath)).triggers).map(object);
        expect(raised.every(({ threshold }) => threshold === 1234)).to.equal(true);
      },
      { faults },
    ));

  for (const stack of ["sandbox", "prod"]) {
    it(`all that ${stack} made can be taken down again, and both clouds are empty`, () =>
      withCloud(
        async (cloud) => {
          expect((await bringUp(cloud, {}, stack)).faults).to.deep.equal([]);
          const all = (await held(cloud)).map((one) => ({ ...one, because: "name" as const }));
          await remove(all, cloud, paces.instant, () => {});
          expect(await held(cloud)).to.deep.equal([]);
        },
        { faults },
      ));
  }
});
