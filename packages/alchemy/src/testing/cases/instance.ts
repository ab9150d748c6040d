import { instance } from "../../resources/instance/instance.ts";
import type { Instance, InstanceProps } from "../../resources/instance/props.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

type Wrapped<Key extends string> = Record<Key, { id: string }>;
const ZONE = "/instance/v1/zones/fr-par-1";
const VOLUMES = "/block/v1/zones/fr-par-1/volumes";

export const anInstance: ResourceCase<InstanceProps, Instance> = {
  kind: instance as ResourceCase<InstanceProps, Instance>["kind"],
  async among(cloud) {
    const group = { name: "theirs", project: PROJECT, stateful: true };
    const volume = { name: "theirs", project_id: PROJECT, perf_iops: 5000, from_empty: { size: 20e9 } };
    const made = await cloud.call<Wrapped<"security_group">>("POST", `${ZONE}/security_groups`, group);
    const ip = await cloud.call<Wrapped<"ip">>("POST", `${ZONE}/ips`, { project: PROJECT });
    const { id } = await cloud.call<{ id: string }>("POST", VOLUMES, volume);
    return { group: made.security_group.id, ip: ip.ip.id, volume: id };
  },
  props: ({ ip }) => ({ cloudInit: "#cloud-config\n", publicIps: [ip!], rootVolumeGb: 10 }),
  changed: ({ group, volume }) => ({
    tags: ["web"],
    securityGroup: group,
    volumes: [{ id: volume! }],
    publicIps: [],
    dynamicIp: false,
    userData: { motd: "hello" },
    rootVolumeGb: 10,
    state: "stopped",
  }),
  replaced: ({ ip }) => ({ image: "debian_bookworm", publicIps: [ip!] }),
  adopting: () => ({}),
  afterChange: "traces",
  leaves: ["machine app-it-dev", "volume *"],
  foreign: async (cloud, _, name) => {
    const images = "/marketplace/v2/local-images?image_label=ubuntu_noble&type=instance_sbs&zone=fr-par-1";
    const { local_images: found } = await cloud.call<{ local_images: { id: string; arch: string }[] }>(
      "GET",
      images,
    );
    const image = found.find(({ arch }) => arch === "x86_64")?.id;
    const body = { name, project: PROJECT, commercial_type: "DEV1-S", image };
    return (await cloud.call<Wrapped<"server">>("POST", `${ZONE}/servers`, body)).server.id;
  },
  deletes: /^POST .*\/action$|^DELETE .*\/servers\/[^/]+$/,
};
