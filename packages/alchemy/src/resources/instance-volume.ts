import { listAll, waitUntil } from "@mayfly/scaleway";
import type { Blockv1 } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard, RHYTHM } from "../patience.ts";
import { Refusal } from "../refusal.ts";
import { sorted } from "../sorted.ts";

export interface InstanceVolumeProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_ZONE, else fr-par-1 */
  zone?: string;
  /** In GB of a thousand million bytes. It grows in place; it cannot shrink. @default 20 */
  sizeGb?: number;
  /** Operations a second, changed in place. @default 5000 */
  iops?: 5000 | 15000;
  /** The id of the block snapshot that it begins as. A change is ignored. @default none: it begins empty */
  snapshot?: string;
  /** @default none */
  tags?: string[];
}

/** A block volume, which outlives the instance that has it. */
export interface InstanceVolume extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par-1` */
  zone: string;
  projectId: string;
  sizeGb: number;
  iops: number;
  /** With the mark of the resource. */
  tags: string[];
  /** Where an instance that has it finds it. */
  device: string;
}

/**
 * https://www.scaleway.com/en/developers/api/block/#path-volume
 *
 * @example
 * const data = await InstanceVolume("data", { sizeGb: 50, iops: 15000 });
 * await Instance("db", { volumes: [data] });
 */
export const instanceVolume: Kind<InstanceVolumeProps, InstanceVolume, Blockv1.Volume> = {
  name: "InstanceVolume",
  noun: "volume",
  place: (cloud, { zone }) => zone ?? cloud.zone,
  placeOf: ({ zone }) => zone,
  problems: ({ sizeGb = 20 }) =>
    Number.isInteger(sizeGb) && sizeGb >= 1 ? [] : [`sizeGb ${sizeGb} is not a whole number from 1`],

  list: (cloud, { place: zone, projectId, tag, name }) =>
    listAll(
      async (page, pageSize) => {
        const { volumes, totalCount } = await cloud.block.listVolumes({
          zone,
          page,
          pageSize,
          projectId,
          name,
          tags: tag === undefined ? undefined : [tag],
          orderBy: "created_at_asc",
          includeDeleted: false,
        });
        return { items: volumes, totalCount };
      },
      { what: `volumes of ${zone}`, oldestFirst: true },
    ),
  async read(cloud, { id: volumeId, place: zone }) {
    const volume = await orAbsent(() => cloud.block.getVolume({ volumeId, zone }));
    return volume?.status === "deleting" || volume?.status === "deleted" ? undefined : volume;
  },
  create: (cloud, { name, tags, projectId, place: zone, props: { sizeGb = 20, iops = 5000, snapshot } }) =>
    cloud.block.createVolume({
      zone,
      name,
      tags,
      projectId,
      perfIops: iops,
      ...(snapshot === undefined
        ? { fromEmpty: { size: sizeGb * 1e9 } }
        : { fromSnapshot: { snapshotId: snapshot, size: sizeGb * 1e9 } }),
    }),
  async settle(cloud, { id: volumeId, place: zone }) {
    await waitUntil(
      async () => {
        const volume = await orAbsent(() => cloud.block.getVolume({ volumeId, zone }));
        if (volume?.status === "error")
          throw new Refusal(`the cloud failed to make volume ${volumeId}; delete it there, and run again`);
        return volume === undefined || volume.status === "available" || volume.status === "in_use"
          ? true
          : undefined;
      },
      { clock: cloud.clock, what: `volume ${volumeId} to be there`, timeoutMs: 300_000, ...RHYTHM },
    );
  },
  async update(cloud, { id: volumeId, place: zone, wanted, whole, changed }) {
    const { name, tags, props } = wanted;
    const { sizeGb = 20, iops: perfIops = 5000 } = props;
    if (sizeGb * 1e9 < whole.size)
      throw new Refusal(
        `volume ${volumeId} has ${whole.size / 1e9} GB and cannot shrink to ${sizeGb}; make another one and copy what is on it`,
      );
    await cloud.block.updateVolume({
      volumeId,
      zone,
      ...(changed.has("name") && { name }),
      ...(changed.has("tags") && { tags }),
      ...(changed.has("sizeGb") && { size: sizeGb * 1e9 }),
      ...(changed.has("iops") && { perfIops }),
    });
  },
  // An instance that is going lets go of it late.
  remove: (cloud, { id: volumeId, place: zone }) =>
    discard(cloud.clock, `volume ${volumeId} to go`, () => cloud.block.deleteVolume({ volumeId, zone })),

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ projectId }) => projectId, replaces: true },
    name: { want: ({ name }) => name, is: ({ name }) => name },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
    sizeGb: { want: ({ props }) => props.sizeGb ?? 20, is: ({ size }) => size / 1e9 },
    iops: { want: ({ props }) => props.iops ?? 5000, is: ({ specs }) => specs?.perfIops },
  },
  attributes: ({ id, name, zone, projectId, size, specs, tags }) => ({
    id,
    name,
    zone,
    projectId,
    sizeGb: size / 1e9,
    iops: specs?.perfIops ?? 0,
    tags,
    device: `/dev/disk/by-id/scsi-0SCW_sbs_volume-${id}`,
  }),
};
