import { instanceVolume } from "../../resources/instance-volume.ts";
import type { InstanceVolume, InstanceVolumeProps } from "../../resources/instance-volume.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

export const anInstanceVolume: ResourceCase<InstanceVolumeProps, InstanceVolume> = {
  kind: instanceVolume as ResourceCase<InstanceVolumeProps, InstanceVolume>["kind"],
  props: () => ({ sizeGb: 20 }),
  changed: () => ({ sizeGb: 30, iops: 15000, tags: ["data"] }),
  afterChange: "irreversible",
  replaced: () => ({ sizeGb: 20, zone: "fr-par-2" }),
  leaves: ["volume app-it-dev"],
  foreign: async (cloud, _, name) => {
    const body = { name, project_id: PROJECT, perf_iops: 5000, from_empty: { size: 20e9 }, tags: [] };
    return (await cloud.call<{ id: string }>("POST", "/block/v1/zones/fr-par-1/volumes", body)).id;
  },
  deletes: /^DELETE .*\/volumes\/[^/]+$/,
};
