import { ScalewayCallError } from "@mayfly/scaleway";
import type { Machine, Part } from "../../lifecycle/observed.ts";
import type { DeleteRequest } from "../provider.ts";
import type { Account } from "./account.ts";
import { attempt } from "./provider-error.ts";

/**
 * One step towards gone. Machines go first: a volume can't be deleted while a machine holds it, and outlives it.
 *
 * Only what the footprint names, or what carries this instance's mark, is deleted: a volume that the user attached stays.
 */
export async function remove(account: Account, request: DeleteRequest): Promise<"deleting" | "gone"> {
  const { footprint, observed } = request;

  // 1. what was not looked at since the last step is unknown, and unknown is not gone
  if (observed.machine === undefined) return "deleting";

  // 2. every machine
  const machines = await settle(observed.machine.all.map((machine) => endMachine(account, machine)));
  if (machines.includes("deleting")) return "deleting";

  // 3. what lived apart from them
  const parts = observed.volume?.parts ?? [];
  const volumes = footprint.volumes.map((volume): Step | Promise<Step> => {
    if (observed.volume === undefined) return "deleting";
    const part = parts.find(({ kind, id }) => kind === "volume" && id === volume.id);
    return part === undefined ? "gone" : endVolume(account, part);
  });
  const seen = (observed.address?.parts ?? []).filter(({ kind }) => kind === "address");
  const ours = seen.filter(
    ({ id, instanceId }) => instanceId === request.instanceId || footprint.addresses.includes(id),
  );
  const addresses = ours.map((part) => endAddress(account, part));
  const unseen =
    observed.address === undefined && footprint.addresses.length > 0 ? ["deleting" as const] : [];

  const steps = await settle([...volumes, ...addresses, ...unseen]);
  return steps.includes("deleting") ? "deleting" : "gone";
}

type Step = "deleting" | "gone";

/** A machine that has been starting for longer won't come up by itself, and offers no other way out. */
const STARTS_WITHIN_MS = 120_000;

function endMachine(account: Account, machine: Machine): Step | Promise<Step> {
  const { id: serverId, zone, state } = machine;
  const { instance } = account.delete;
  const what = `delete machine ${serverId} on scaleway ${zone}`;
  switch (state) {
    case "running":
    case "halted":
    // A state we have not met: terminating is what we want, and the cloud may say no.
    case "unknown":
      return ended(what, () => instance.serverAction({ serverId, zone, action: "terminate" }));
    case "stopped":
      return ended(what, () => instance.deleteServer({ serverId, zone }));
    case "starting":
      if (account.clock.now() - machine.createdAt <= STARTS_WITHIN_MS) return "deleting";
      return ended(what, () => instance.serverAction({ serverId, zone, action: "stop_in_place" }));
    case "stopping":
      return "deleting";
  }
}

function endVolume(account: Account, part: Part): Step | Promise<Step> {
  if (!part.idle) return "deleting";
  const { id: volumeId, zone } = part;
  return ended(`delete volume ${volumeId} on scaleway ${zone}`, () =>
    part.type === "sbs_volume"
      ? account.delete.block.deleteVolume({ volumeId, zone })
      : account.delete.instance.deleteVolume({ volumeId, zone }),
  );
}

function endAddress(account: Account, part: Part): Step | Promise<Step> {
  if (!part.idle) return "deleting";
  const { id: ip, zone } = part;
  return ended(`delete address ${ip} on scaleway ${zone}`, () =>
    account.delete.instance.deleteIp({ ip, zone }),
  );
}

/** Accepted, or too busy to be: look again. Not there: gone. */
function ended(what: string, call: () => Promise<unknown>): Promise<Step> {
  return attempt(what, async () => {
    try {
      await call();
      return "deleting";
    } catch (error) {
      if (error instanceof ScalewayCallError && error.kind === "not_found") return "gone";
      if (error instanceof ScalewayCallError && error.kind === "conflict") return "deleting";
      throw error;
    }
  });
}

/** Every step is tried, also when another fails. */
async function settle(steps: (Step | Promise<Step>)[]): Promise<Step[]> {
  const results = await Promise.allSettled(steps);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return results.map((result) => (result.status === "fulfilled" ? result.value : "deleting"));
}
