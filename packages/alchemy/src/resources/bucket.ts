import { waitUntil } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import type { BucketAcl, BucketState } from "../object-storage.ts";
import { RHYTHM } from "../patience.ts";
import { Refusal } from "../refusal.ts";

export interface BucketProps extends CommonProps {
  /** Nobody else's in any region: 3 to 63 small letters, digits, dots and dashes. A change replaces it. @default app, id and stage, in small letters */
  name?: string;
  /** A change replaces it, and deletes the old one first. @default SCW_DEFAULT_REGION, else the region of SCW_DEFAULT_ZONE, else fr-par */
  region?: string;
  /** @default "private" */
  acl?: BucketAcl;
  /** Whether what is overwritten or deleted is kept. It is suspended when it was on and is not any more. @default false */
  versioning?: boolean;
  /** By key. @default none */
  tags?: Record<string, string>;
  /** Whether it is deleted with all that is in it; one that is not empty is not deleted otherwise. @default false */
  empty?: boolean;
}

/** A bucket of object storage. It takes the package `@aws-sdk/client-s3`. */
export interface Bucket extends CommonAttributes {
  /** The region and the name. */
  id: string;
  name: string;
  /** `fr-par` */
  region: string;
  projectId: string;
  endpoint: string;
  acl: BucketAcl | "other";
  versioning: boolean;
  /** With the mark of the resource. */
  tags: Record<string, string>;
}

interface Whole {
  name: string;
  region: string;
  state: BucketState;
}

const MARK = "alchemy";
const GONE_WITHIN_MS = 60_000;

/**
 * https://www.scaleway.com/en/docs/object-storage/api-cli/bucket-operations/
 *
 * @example
 * const assets = await Bucket("assets", { name: "shop-assets", acl: "public-read", versioning: true });
 */
export const bucket: Kind<BucketProps, Bucket, Whole> = {
  name: "Bucket",
  noun: "bucket",
  place: (cloud, { region }) => region ?? cloud.region,
  placeOf: ({ region }) => region,
  // Its tags come in a second call.
  ownedBy: "claim",
  uniqueName: true,
  plainName: true,
  problems: ({ name }) =>
    name === undefined || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
      ? []
      : [`name ${JSON.stringify(name)} is not made of 3 to 63 small letters, digits, dots and dashes`],

  async list(cloud, { place, name }) {
    const storage = await cloud.storage(place);
    const all = (await storage.list()).filter((each) => name === undefined || each.name === name);
    return Promise.all(
      all.map(async (each) => {
        const mark = (await storage.read(each.name))?.tags[MARK];
        return { ...each, id: `${place}/${each.name}`, tags: mark === undefined ? [] : [mark] };
      }),
    );
  },
  async read(cloud, { id, place: region }) {
    const name = nameIn(id);
    const state = await (await cloud.storage(region)).read(name);
    return state && { name, region, state };
  },
  async create(cloud, { name, place }) {
    await (await cloud.storage(place)).create(name);
    return { id: `${place}/${name}` };
  },
  async update(cloud, { place, wanted, changed }) {
    const storage = await cloud.storage(place);
    const { name, mark, props } = wanted;
    if (changed.has("tags")) await storage.setTags(name, { ...props.tags, [MARK]: mark });
    if (changed.has("acl")) await storage.setAcl(name, props.acl ?? "private");
    if (changed.has("versioning")) await storage.setVersioning(name, props.versioning ?? false);
  },
  async remove(cloud, { id, place }, { props }) {
    const storage = await cloud.storage(place);
    const name = nameIn(id);
    const look = async () => {
      if (props.empty === true && (await storage.read(name)) !== undefined) await storage.empty(name);
      if ((await storage.remove(name)) === "gone") return true;
      if (props.empty !== true)
        throw new Refusal(`bucket ${name} is not empty; empty it, or have it emptied with empty: true`);
      // Something was written meanwhile.
      return undefined;
    };
    const what = `bucket ${name} to be empty`;
    await waitUntil(look, { clock: cloud.clock, what, timeoutMs: GONE_WITHIN_MS, ...RHYTHM });
  },

  fields: {
    projectId: {
      want: ({ projectId }) => projectId,
      is: ({ state }, { projectId }) => state.projectId ?? projectId,
      replaces: true,
    },
    name: { want: ({ name }) => name, is: ({ name }) => name, replaces: true },
    tags: { want: ({ props, mark }) => ({ ...props.tags, [MARK]: mark }), is: ({ state }) => state.tags },
    acl: { want: ({ props }) => props.acl ?? "private", is: ({ state }) => state.acl },
    versioning: { want: ({ props }) => props.versioning ?? false, is: ({ state }) => state.versioning },
  },
  // A name is given once in the world.
  oldGoesFirst: ({ name }, old) => old.name === name,
  attributes: ({ name, region, state }) => ({
    id: `${region}/${name}`,
    name,
    region,
    projectId: state.projectId ?? "",
    endpoint: `https://${name}.s3.${region}.scw.cloud`,
    acl: state.acl,
    versioning: state.versioning,
    tags: state.tags,
  }),
};

const nameIn = (id: string): string => id.slice(id.indexOf("/") + 1);
