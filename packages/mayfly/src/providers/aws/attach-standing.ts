import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { Machine } from "../../lifecycle/observed.ts";
import type { CreateRequest } from "../provider.ts";
import { Refused } from "../refused.ts";
import type { Account } from "./account.ts";
import { attempt } from "./attempt.ts";
import { UNFINISHED } from "./marks.ts";
import { regionOf } from "./region-of.ts";

/**
 * Attaches to a machine that runs the volumes that stood before it, by their names, and then takes away the tag that says
 * that this is to be done. What it holds already is left as it is. They outlive it: a volume that is attached later does
 * not go with its machine.
 */
export async function attachStanding(
  account: Account,
  { marks, spec, fence }: CreateRequest,
  { id, zone }: Machine,
): Promise<void> {
  await attempt(`attach the volumes of ${marks.instanceId} on aws ${zone}`, async () => {
    for (const { name } of standing(spec)) {
      const volume = await account.volumes.find(name, zone);
      if (volume === undefined) throw new Refused(`volume ${name} is unknown in ${zone}`);
      fence();
      await account.volumes.attach(volume.id, id, zone);
    }
    const ec2 = await account.ec2("create", regionOf(zone));
    fence();
    await ec2.deleteTags({ Resources: [id], Tags: [{ Key: UNFINISHED }] });
  });
}

export const hasStanding = (spec: InstanceSpec): boolean => standing(spec).length > 0;

const standing = ({ volumes = [] }: InstanceSpec) => volumes.filter(({ sizeGb }) => sizeGb === undefined);
