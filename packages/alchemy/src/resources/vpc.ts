import { listAll } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard } from "../patience.ts";
import { sorted } from "../sorted.ts";

export interface VpcProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_REGION, else the region of SCW_DEFAULT_ZONE, else fr-par */
  region?: string;
  /** @default none */
  tags?: string[];
}

/** A virtual private cloud: what private networks are made in. */
export interface Vpc extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par` */
  region: string;
  projectId: string;
  /** With the mark of the resource. */
  tags: string[];
  /** Whether its private networks reach each other. */
  routingEnabled: boolean;
}

interface Whole {
  id: string;
  name: string;
  region: string;
  projectId: string;
  tags: string[];
  routingEnabled: boolean;
}

/**
 * https://www.scaleway.com/en/developers/api/vpc
 *
 * @example
 * const vpc = await Vpc("main", { tags: ["team:web"] });
 */
export const vpc: Kind<VpcProps, Vpc, Whole> = {
  name: "Vpc",
  noun: "VPC",
  place: (cloud, { region }) => region ?? cloud.region,
  placeOf: ({ region }) => region,

  list: (cloud, { place: region, projectId, tag, name }) =>
    listAll(
      async (page, pageSize) => {
        const { vpcs, totalCount } = await cloud.vpc.listVPCs({
          region,
          page,
          pageSize,
          projectId,
          name,
          tags: tag === undefined ? undefined : [tag],
          orderBy: "created_at_asc",
        });
        return { items: vpcs, totalCount };
      },
      { what: `VPCs of ${region}`, oldestFirst: true },
    ),
  read: (cloud, { id: vpcId, place: region }) => orAbsent(() => cloud.vpc.getVPC({ vpcId, region })),
  create: (cloud, { name, tags, projectId, place: region }) =>
    cloud.vpc.createVPC({ region, name, tags, projectId, enableRouting: true }),
  update: async (cloud, { id: vpcId, place: region, wanted: { name, tags } }) => {
    await cloud.vpc.updateVPC({ vpcId, region, name, tags });
  },
  remove: (cloud, { id: vpcId, place: region }) =>
    discard(cloud.clock, `VPC ${vpcId} to go`, () => cloud.vpc.deleteVPC({ vpcId, region })),

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ projectId }) => projectId, replaces: true },
    name: { want: ({ name }) => name, is: ({ name }) => name },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
  },
  attributes: ({ id, name, region, projectId, tags, routingEnabled }) => ({
    id,
    name,
    region,
    projectId,
    tags,
    routingEnabled,
  }),
};
