import type { Blockv1 } from "@mayfly/scaleway";
import { ScalewayCallError } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import { awaitVolume, lookAtVolume } from "./await-volume.ts";
import type { VolumeAt } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { holderOf, MACHINE } from "./volume.ts";

/** Undefined when there is no such volume. */
export async function detachVolume(clients: Clients, at: VolumeAt): Promise<Blockv1.Volume | undefined> {
  // 1. what is being attached can be taken off in a moment
  const before = await awaitVolume(clients, at, (volume) => holderOf(volume)?.status !== "attaching");
  const holder = before && holderOf(before);
  if (holder === undefined) return before;

  // 2. this call names one volume, and leaves the machine's others alone
  if (holder.status !== "detaching") await takeOff(clients, at, holder);

  // 3. nothing has it
  return awaitVolume(clients, at, isLoose);
}

/** Nobody has it, and nothing is being done to it. */
export const isLoose = (volume: Blockv1.Volume): boolean =>
  (volume.status === "available" || volume.status === "error") && holderOf(volume) === undefined;

async function takeOff(clients: Clients, at: VolumeAt, holder: Blockv1.Reference): Promise<void> {
  const { productResourceType: type, productResourceId: serverId } = holder;
  const { id: volumeId, zone } = at;
  if (type !== MACHINE)
    throw new ProviderError("conflict", `${type} ${serverId} has volume ${volumeId}; detach it there first`);
  try {
    await clients.delete.instance.detachServerVolume({ serverId, zone, volumeId });
  } catch (error) {
    if (!(error instanceof ScalewayCallError) || !REFUSALS.has(error.kind)) throw error;
    // A machine that ends lets go by itself, and then is not there or has no such volume.
    const now = await lookAtVolume(clients, at);
    const still = now && holderOf(now);
    if (still?.productResourceId === serverId && still.status !== "detaching") throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(["not_found", "invalid_input", "conflict"]);
