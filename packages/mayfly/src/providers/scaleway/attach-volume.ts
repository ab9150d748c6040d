import type { Blockv1 } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { Volume } from "../resources/volumes.ts";
import { awaitVolume } from "./await-volume.ts";
import type { VolumeAt } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { Refused } from "../refused.ts";
import { holderOf, toVolume } from "./volume.ts";

export async function attachVolume(clients: Clients, at: VolumeAt, machineId: string): Promise<Volume> {
  const { id: volumeId, zone } = at;

  // 1. what is being made or let go of can be had in a moment
  const before = await awaitVolume(clients, at, (volume) => {
    refuseHeld(volume, machineId);
    return isFree(volume) || isAttached(volume, machineId);
  });
  if (before === undefined) throw new Refused(`there is no volume ${volumeId} in ${zone}`);

  // 2. this call names one volume, and leaves the machine's others alone
  if (isFree(before))
    await clients.create.instance.attachServerVolume({
      serverId: machineId,
      zone,
      volumeId,
      volumeType: "sbs_volume",
      boot: false,
    });

  // 3. the machine has it
  const after = await awaitVolume(clients, at, (volume) => isAttached(volume, machineId));
  if (after === undefined) throw new ProviderError("conflict", `volume ${volumeId} was deleted meanwhile`);
  return toVolume(after);
}

function refuseHeld(volume: Blockv1.Volume, machineId: string): void {
  const holder = holderOf(volume);
  if (holder === undefined || holder.productResourceId === machineId || holder.status === "detaching") return;
  const { productResourceType: type, productResourceId: id } = holder;
  throw new ProviderError("conflict", `${type} ${id} has volume ${volume.id}; detach it there first`);
}

const isFree = (volume: Blockv1.Volume): boolean =>
  volume.status === "available" && holderOf(volume) === undefined;

function isAttached(volume: Blockv1.Volume, machineId: string): boolean {
  const holder = holderOf(volume);
  return (
    volume.status === "in_use" && holder?.productResourceId === machineId && holder.status === "attached"
  );
}
