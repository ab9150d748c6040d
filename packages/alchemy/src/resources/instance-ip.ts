import { listAll } from "@mayfly/scaleway";
import type { Instancev1 } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard } from "../patience.ts";
import { sorted } from "../sorted.ts";

export interface InstanceIpProps extends CommonProps {
  /** A change replaces it. @default SCW_DEFAULT_ZONE, else fr-par-1 */
  zone?: string;
  /** A change replaces it. @default "routed_ipv4" */
  type?: "routed_ipv4" | "routed_ipv6";
  /** @default none */
  tags?: string[];
}

/** An address that outlives the instance that has it. */
export interface InstanceIp extends CommonAttributes {
  /** A UUID. */
  id: string;
  /** `51.15.1.2`, or of IPv6 the prefix `2001:bc8:710:1::/64`. */
  address: string;
  type: "routed_ipv4" | "routed_ipv6";
  /** `fr-par-1` */
  zone: string;
  projectId: string;
  /** With the mark of the resource. */
  tags: string[];
}

/**
 * https://www.scaleway.com/en/developers/api/instance/#path-ips
 *
 * @example
 * const ip = await InstanceIp("front");
 * await Instance("web", { publicIps: [ip] });
 */
export const instanceIp: Kind<InstanceIpProps, InstanceIp, Instancev1.Ip> = {
  name: "InstanceIp",
  noun: "address",
  place: (cloud, { zone }) => zone ?? cloud.zone,
  placeOf: ({ zone }) => zone,

  list: (cloud, { place: zone, projectId: project, tag }) =>
    listAll(
      async (page, perPage) => {
        const tags = tag === undefined ? undefined : [tag];
        const { ips, totalCount } = await cloud.instance.listIps({ zone, page, perPage, project, tags });
        return { items: ips, totalCount };
      },
      { what: `addresses of ${zone}` },
    ),
  async read(cloud, { id: ip, place: zone }) {
    return (await orAbsent(() => cloud.instance.getIp({ ip, zone })))?.ip;
  },
  async create(cloud, { tags, projectId: project, place: zone, props: { type = "routed_ipv4" } }) {
    const { ip } = await cloud.instance.createIp({ zone, tags, project, type });
    return { id: ip?.id ?? "" };
  },
  async update(cloud, { id: ip, place: zone, wanted: { tags } }) {
    await cloud.instance.updateIp({ ip, zone, tags });
  },
  // An instance that has it loses it.
  remove: (cloud, { id: ip, place: zone }) =>
    discard(cloud.clock, `address ${ip} to go`, () => cloud.instance.deleteIp({ ip, zone })),

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ project }) => project, replaces: true },
    type: { want: ({ props }) => props.type ?? "routed_ipv4", is: ({ type }) => type, replaces: true },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
  },
  attributes: ({ id, address, prefix, type, zone, project, tags }) => ({
    id,
    address: address || prefix,
    type: type === "routed_ipv6" ? "routed_ipv6" : "routed_ipv4",
    zone,
    projectId: project,
    tags,
  }),
};
