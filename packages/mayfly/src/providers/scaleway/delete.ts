import { ScalewayCallError } from "@mayfly/scaleway";
import type { Machine, Part } from "../../lifecycle/observed.ts";
import { everyStep } from "../every-step.ts";
import type { Step } from "../every-step.ts";
import type { DeleteRequest } from "../provider.ts";
import type { Account } from "./account.ts";
import { detachNics } from "./detach-nics.ts";
import { attempt } from "./provider-error.ts";

/**
 * One step towards gone. Machines go first: a volume can't be deleted while a machine holds it, and outlives it.
 *
 * Only what the footprint names, or what carries this instance's mark, is deleted: a volume that the user attached stays.
 */
export async function remove(account: Account, request: DeleteRequest): Promise<"deleting" | "gone"> {
  const { footprint, observed } = request;

  // 1. what was not looked at since the last step is unknown, and unknown is not gone
  if (observed.machine === undefined && footprint.machine !== undefined) return "deleting";

  // 2. every machine
  const machines = await everyStep(
    (observed.machine?.all ?? []).map((machine) => endMachine(account, machine)),
  );
  if (machines.includes("deleting")) return "deleting";

  // 3. what lived apart from them
  const named = new Set([...footprint.volumes.map(({ id }) => id), ...footprint.addresses]);
  const ours = [...(observed.volume?.parts ?? []), ...(observed.address?.parts ?? [])].filter(
    ({ id, instanceId }) => instanceId === request.instanceId || named.has(id),
  );
  const unseen =
    (observed.volume === undefined && footprint.volumes.length > 0) ||
    (observed.address === undefined && footprint.addresses.length > 0);
  const steps = await everyStep(ours.map((part) => endPart(account, part)));
  if (unseen) return "deleting";
  return steps.includes("deleting") ? "deleting" : "gone";
}

/** A machine that has been starting for longer won't come up by itself, and offers no other way out. */
const STARTS_WITHIN_MS = 120_000;

async function endMachine(account: Account, machine: Machine): Promise<Step> {
  const { id: serverId, zone, state } = machine;
  const { instance } = account.delete;
  const what = `delete machine ${serverId} on scaleway ${zone}`;
  switch (state) {
    case "running":
    case "halted":
    // A state we have not met: terminating is what we want, and the cloud may say no.
    case "unknown":
      await detachNics(account, machine);
      return ended(what, () => instance.serverAction({ serverId, zone, action: "terminate" }));
    case "stopped":
      await detachNics(account, machine);
      return ended(what, () => instance.deleteServer({ serverId, zone }));
    case "starting":
      if (account.clock.now() - machine.createdAt <= STARTS_WITHIN_MS) return "deleting";
      return ended(what, () => instance.serverAction({ serverId, zone, action: "stop_in_place" }));
    case "stopping":
      return "deleting";
  }
}

function endPart(account: Account, part: Part): Step | Promise<Step> {
  if (!part.idle) return "deleting";
  const { id, kind, type, zone } = part;
  const { block, instance } = account.delete;
  return ended(`delete ${kind} ${id} on scaleway ${zone}`, () => {
    if (kind === "address") return instance.deleteIp({ ip: id, zone });
    return type === "sbs_volume"
      ? block.deleteVolume({ volumeId: id, zone })
      : instance.deleteVolume({ volumeId: id, zone });
  });
}

/** Accepted: look again. Not there: gone. Too busy, or protected: a conflict, which is tried again and told when it stays. */
function ended(what: string, call: () => Promise<unknown>): Promise<Step> {
  return attempt(what, async () => {
    try {
      await call();
      return "deleting";
    } catch (error) {
      if (error instanceof ScalewayCallError && error.kind === "not_found") return "gone";
      throw error;
    }
  });
}
