import { listAll } from "@mayfly/scaleway";
import type { Vpcv2 } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard } from "../patience.ts";
import { idOf } from "../reference.ts";
import type { Reference } from "../reference.ts";
import { sorted } from "../sorted.ts";
import { canonicalCidr } from "./canonical-cidr.ts";

export interface VpcPrivateNetworkProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_REGION, else the region of SCW_DEFAULT_ZONE, else fr-par */
  region?: string;
  /** @default none */
  tags?: string[];
  /** Of the same region. A change replaces it. @default the project's default VPC */
  vpc?: Reference;
  /** CIDRs, of which one may be IPv4 and one IPv6. A change replaces it. @default the cloud chooses */
  subnets?: string[];
}

/** A private network: instances, load balancers and databases in it reach each other. */
export interface VpcPrivateNetwork extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par` */
  region: string;
  projectId: string;
  /** With the mark of the resource. */
  tags: string[];
  vpcId: string;
  /** CIDRs: `172.16.0.0/22`. */
  subnets: string[];
}

/**
 * https://www.scaleway.com/en/developers/api/vpc/#path-private-networks
 *
 * @example
 * const vpc = await Vpc("main");
 * const network = await VpcPrivateNetwork("inside", { vpc, subnets: ["10.0.0.0/24"] });
 */
export const vpcPrivateNetwork: Kind<VpcPrivateNetworkProps, VpcPrivateNetwork, Vpcv2.PrivateNetwork> = {
  name: "VpcPrivateNetwork",
  noun: "private network",
  place: (cloud, { region }) => region ?? cloud.region,
  placeOf: ({ region }) => region,

  list: (cloud, { place: region, projectId, tag, name }) =>
    listAll(
      async (page, pageSize) => {
        const { privateNetworks, totalCount } = await cloud.vpc.listPrivateNetworks({
          region,
          page,
          pageSize,
          projectId,
          name,
          tags: tag === undefined ? undefined : [tag],
          orderBy: "created_at_asc",
        });
        return { items: privateNetworks, totalCount };
      },
      { what: `private networks of ${region}`, oldestFirst: true },
    ),
  read: (cloud, { id: privateNetworkId, place: region }) =>
    orAbsent(() => cloud.vpc.getPrivateNetwork({ privateNetworkId, region })),
  create: (cloud, { name, tags, projectId, place: region, props }) =>
    cloud.vpc.createPrivateNetwork({
      region,
      name,
      tags,
      projectId,
      subnets: props.subnets,
      vpcId: props.vpc === undefined ? undefined : idOf(props.vpc),
      defaultRoutePropagationEnabled: false,
    }),
  update: async (cloud, { id: privateNetworkId, place: region, wanted: { name, tags } }) => {
    await cloud.vpc.updatePrivateNetwork({ privateNetworkId, region, name, tags });
  },
  // What was in it leaves it late.
  remove: (cloud, { id: privateNetworkId, place: region }) =>
    discard(cloud.clock, `private network ${privateNetworkId} to go`, () =>
      cloud.vpc.deletePrivateNetwork({ privateNetworkId, region }),
    ),

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ projectId }) => projectId, replaces: true },
    vpc: {
      want: ({ props: { vpc } }) => vpc && idOf(vpc),
      is: ({ vpcId }) => vpcId,
      replaces: true,
    },
    subnets: {
      want: ({ props: { subnets } }) => subnets && sorted(subnets.map(canonicalCidr)),
      // The cloud adds one of the family that was not given.
      is: ({ subnets }, { props }) => {
        const wanted = props.subnets?.map(canonicalCidr);
        return sorted(
          subnets.map(({ subnet }) => canonicalCidr(subnet)).filter((each) => wanted?.includes(each)),
        );
      },
      replaces: true,
    },
    name: { want: ({ name }) => name, is: ({ name }) => name },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
  },
  attributes: ({ id, name, region, projectId, tags, vpcId, subnets }) => ({
    id,
    name,
    region,
    projectId,
    tags,
    vpcId,
    subnets: subnets.map(({ subnet }) => subnet),
  }),
};
