import { privateNic } from "../../resources/private-nic.ts";
import type { PrivateNic, PrivateNicProps } from "../../resources/private-nic.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

const SERVERS = "/instance/v1/zones/fr-par-1/servers";
const NETWORKS = "/vpc/v2/regions/fr-par/private-networks";

export const aPrivateNic: ResourceCase<PrivateNicProps, PrivateNic> = {
  kind: privateNic as ResourceCase<PrivateNicProps, PrivateNic>["kind"],
  async among(cloud) {
    const images = "/marketplace/v2/local-images?image_label=ubuntu_noble&type=instance_sbs&zone=fr-par-1";
    const { local_images: found } = await cloud.call<{ local_images: { id: string; arch: string }[] }>(
      "GET",
      images,
    );
    const image = found.find(({ arch }) => arch === "x86_64")?.id;
    const server = { name: "theirs", project: PROJECT, commercial_type: "DEV1-S", image };
    const { server: made } = await cloud.call<{ server: { id: string } }>("POST", SERVERS, server);
    const network = () =>
      cloud.call<{ id: string }>("POST", NETWORKS, { name: "theirs", project_id: PROJECT });
    return { server: made.id, network: (await network()).id, other: (await network()).id };
  },
  props: ({ server, network }) => ({ instance: server!, privateNetwork: network! }),
  changed: ({ server, network }) => ({ instance: { id: server! }, privateNetwork: network!, tags: ["a"] }),
  replaced: ({ server, other }) => ({ instance: server!, privateNetwork: other! }),
  leaves: ["privateNic *"],
  foreign: async (cloud, { server, network }) => {
    const path = `${SERVERS}/${server}/private_nics`;
    const made = await cloud.call<{ private_nic: { id: string } }>("POST", path, {
      private_network_id: network,
    });
    return made.private_nic.id;
  },
  deletes: /^DELETE .*\/private_nics\/[^/]+$/,
};
