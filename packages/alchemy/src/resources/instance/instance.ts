import { listAll, waitUntil } from "@mayfly/scaleway";
import type { Instancev1 } from "@mayfly/scaleway";
import type { Kind } from "../../kind.ts";
import { RHYTHM } from "../../patience.ts";
import { idOf } from "../../reference.ts";
import { fields, IMAGE, stateOf, TYPE, wantsDynamicIp, withImage } from "./fields.ts";
import { resolveImage } from "./image.ts";
import type { Instance, InstanceProps } from "./props.ts";
import { removeInstance, removeRootVolumes } from "./remove-instance.ts";
import { updateInstance } from "./update-instance.ts";
import { attachedIps, attachedVolumes, getServer, readInstance } from "./whole.ts";
import type { WholeInstance } from "./whole.ts";

/**
 * https://www.scaleway.com/en/developers/api/instance
 *
 * @example
 * const web = await Instance("web", {
 *   type: "DEV1-S",
 *   image: "ubuntu_noble",
 *   securityGroup,
 *   publicIps: [ip],
 *   cloudInit: "#cloud-config\npackages: [nginx]\n",
 * });
 */
export const instance: Kind<InstanceProps, Instance, WholeInstance> = {
  name: "Instance",
  noun: "instance",
  place: (cloud, { zone }) => zone ?? cloud.zone,
  placeOf: ({ zone }) => zone,

  async list(cloud, { place: zone, projectId: project, tag, name }) {
    const servers = await listAll(
      async (page, perPage) => {
        const { servers, totalCount } = await cloud.instance.listServers({
          zone,
          page,
          perPage,
          project,
          name,
          tags: tag === undefined ? undefined : [tag],
          order: "creation_date_asc",
        });
        return { items: servers, totalCount };
      },
      { what: `instances of ${zone}`, oldestFirst: true },
    );
    return servers.map(({ id, name, tags, creationDate }) => ({ id, name, tags, createdAt: creationDate }));
  },
  read: readInstance,
  async create(cloud, { name, tags, projectId: project, place: zone, props }) {
    const { type = TYPE, image = IMAGE, rootVolumeGb, securityGroup } = props;
    const local = await resolveImage(cloud, { image, type, zone });
    const size = rootVolumeGb === undefined ? undefined : rootVolumeGb * 1e9;
    const { server } = await cloud.instance.createServer({
      zone,
      name,
      project,
      commercialType: type,
      image: local.id,
      tags: withImage(tags, image),
      dynamicIpRequired: wantsDynamicIp(props),
      securityGroup: securityGroup === undefined ? undefined : idOf(securityGroup),
      volumes: size === undefined ? undefined : { "0": { size, volumeType: local.rootVolume } },
      bootType: "local",
      protected: false,
    });
    return { id: server?.id ?? "" };
  },
  async settle(cloud, at) {
    const look = async () => {
      const server = await getServer(cloud, at);
      return server === undefined || SETTLED.includes(server.state) ? true : undefined;
    };
    const { clock } = cloud;
    await waitUntil(look, { clock, what: `instance ${at.id} to be up`, timeoutMs: 600_000, ...RHYTHM });
  },
  update: updateInstance,
  remove: removeInstance,
  removeRest: removeRootVolumes,

  fields,
  // One address and one volume cannot be of two instances.
  oldGoesFirst: ({ props: { publicIps = [], volumes = [] } }, { server }) => {
    const shared = [...attachedIps(server), ...attachedVolumes(server)];
    return [...publicIps, ...volumes].some((each) => shared.includes(idOf(each)));
  },
  attributes: ({ server, root }) => ({
    id: server.id,
    name: server.name,
    zone: server.zone,
    projectId: server.project,
    type: server.commercialType,
    imageId: server.image?.id ?? "",
    tags: server.tags,
    state: stateOf(server),
    securityGroupId: server.securityGroup?.id ?? "",
    publicIpv4: server.publicIps.find(({ family }) => family === "inet")?.address,
    publicIpv6: server.publicIps.find(({ family }) => family === "inet6")?.address,
    rootVolumeId: root?.id,
    rootVolumeGb: root?.sizeGb,
    volumeIds: attachedVolumes(server),
  }),
};

const SETTLED: readonly Instancev1.ServerState[] = ["running", "stopped", "stopped in place", "locked"];
