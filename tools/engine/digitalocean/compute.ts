import { type Maker, posted } from "../kind";
import { given, type Json, list, object, omit, type Props, snake, text } from "../props";
import type { Api } from "../rest";

/** Droplets, what is attached to them, and who may log in. */
export const compute: Readonly<Record<string, Maker>> = {
  Droplet: posted({
    path: "/v2/droplets",
    wrap: "droplet",
    body: (inputs) => {
      const { volumeIds, dropletAgent, image, sshKeys, ...rest } = inputs;
      return given({
        ...snake(omit(rest, "resizeDisk", "gracefulShutdown", "privateNetworking")),
        image: numeric(image),
        ssh_keys: sshKeys && list(sshKeys).map(numeric),
        volumes: volumeIds,
        with_droplet_agent: dropletAgent,
      });
    },
    ready: isUp,
    outputs: (droplet) => ({
      dropletUrn: `do:droplet:${text(droplet.id)}`,
      ipv4Address: address(droplet, "v4", "public"),
      ipv4AddressPrivate: address(droplet, "v4", "private"),
      ipv6Address: address(droplet, "v6", "public"),
      priceHourly: object(droplet.size).price_hourly ?? 0,
      priceMonthly: object(droplet.size).price_monthly ?? 0,
      volumeIds: droplet.volume_ids ?? [],
      vpcUuid: droplet.vpc_uuid ?? "",
    }),
  }),
  Volume: posted({
    path: "/v2/volumes",
    wrap: "volume",
    body: ({ size, initialFilesystemType, initialFilesystemLabel, ...rest }) =>
      given({
        ...snake(rest),
        size_gigabytes: size,
        filesystem_type: initialFilesystemType,
        filesystem_label: initialFilesystemLabel,
      }),
    outputs: (volume) => ({ volumeUrn: `do:volume:${text(volume.id)}` }),
  }),
  VolumeAttachment: async (inputs, api) => {
    const volume = text(inputs.volumeId);
    const droplet = text(inputs.dropletId);
    const request = { type: "attach", droplet_id: Number(droplet) };
    await completed(api, `/v2/volumes/${volume}/actions`, request);
    return { id: `${droplet}-${volume}`, outputs: inputs };
  },
  SshKey: posted({ path: "/v2/account/keys", wrap: "ssh_key", body: snake }),
  ReservedIp: async (inputs, api) => {
    const answer = await api.call("POST", "/v2/reserved_ips", { region: text(inputs.region) });
    const ip = text(object(answer.reserved_ip).ip);
    if (inputs.dropletId !== undefined) {
      const request = { type: "assign", droplet_id: Number(inputs.dropletId) };
      await completed(api, `/v2/reserved_ips/${ip}/actions`, request);
    }
    return { id: ip, outputs: { ...inputs, ipAddress: ip, reservedIpUrn: `do:reservedip:${ip}` } };
  },
};

/** @throws where its machine could not be made: it stays new, and nothing is under way any more. */
function isUp({ name, status, locked }: Props): boolean {
  if (status === "new" && locked === false)
    throw new Error(`DigitalOcean: droplet ${text(name)} could not be made; the local cloud has said why.`);
  return status === "active" && locked !== true;
}

/** Ids of images and keys travel as numbers, slugs and fingerprints as text. */
function numeric(value: Json | undefined): Json {
  return /^\d+$/.test(text(value)) ? Number(value) : text(value);
}

function address(droplet: Props, family: string, type: string): string {
  const found = list(object(droplet.networks)[family])
    .map(object)
    .find((network) => network.type === type);
  return text(found?.ip_address);
}

/** Starts an action and waits until it is done. */
async function completed(api: Api, path: string, request: Props): Promise<void> {
  const started = object((await api.call("POST", path, request)).action);
  const read = async () => object((await api.call("GET", `/v2/actions/${text(started.id)}`)).action);
  const ended = await api.until(read, (action) => action.status !== "in-progress", path);
  if (ended.status !== "completed")
    throw new Error(`DigitalOcean: ${path}: the action ended ${text(ended.status)}.`);
}
