import type { EC2 } from "@aws-sdk/client-ec2";
import type { Machine, Part } from "../../lifecycle/observed.ts";
import { everyStep } from "../every-step.ts";
import type { Step } from "../every-step.ts";
import type { DeleteRequest } from "../provider.ts";
import { attempt } from "./attempt.ts";
import type { Clients } from "./clients.ts";
import { hasCode } from "./has-code.ts";
import { INTERFACE } from "./parts.ts";
import { regionOf } from "./region-of.ts";

/**
 * One step towards gone. Machines go first, and take with them what came with them; what they left behind goes after.
 *
 * Only what the footprint names, or what carries this instance's mark, is deleted: a volume that the user attached stays.
 */
export async function remove(clients: Clients, request: DeleteRequest): Promise<"deleting" | "gone"> {
  const { footprint, observed } = request;

  // 1. what was not looked at since the last step is unknown, and unknown is not gone
  if (observed.machine === undefined && footprint.machine !== undefined) return "deleting";

  // 2. every machine
  const machines = await everyStep(
    (observed.machine?.all ?? []).map((machine) => endMachine(clients, machine)),
  );
  if (machines.includes("deleting")) return "deleting";

  // 3. what they left behind
  const named = new Set([...footprint.volumes.map(({ id }) => id), ...footprint.addresses]);
  const ours = [...(observed.volume?.parts ?? []), ...(observed.address?.parts ?? [])].filter(
    ({ id, instanceId }) => instanceId === request.instanceId || named.has(id),
  );
  const unseen =
    (observed.volume === undefined && footprint.volumes.length > 0) ||
    (observed.address === undefined && footprint.addresses.length > 0);
  const steps = await everyStep(ours.map((part) => endPart(clients, part)));
  return unseen || steps.includes("deleting") ? "deleting" : "gone";
}

/** What shuts down for good and what stops look alike from here: either is over in a moment, and looked at again. */
function endMachine(clients: Clients, { id, zone, state }: Machine): Step | Promise<Step> {
  if (state === "stopping") return "deleting";
  return ended(clients, `delete machine ${id} on aws ${zone}`, zone, (ec2) =>
    ec2.terminateInstances({ InstanceIds: [id] }),
  );
}

function endPart(clients: Clients, part: Part): Step | Promise<Step> {
  if (!part.idle) return "deleting";
  const { id, kind, type, zone } = part;
  return ended(clients, `delete ${kind} ${id} on aws ${zone}`, zone, (ec2) => {
    if (kind === "volume") return ec2.deleteVolume({ VolumeId: id });
    return type === INTERFACE
      ? ec2.deleteNetworkInterface({ NetworkInterfaceId: id })
      : ec2.releaseAddress({ AllocationId: id });
  });
}

/** Accepted: look again. Not there: gone. Busy or protected: a conflict, which is tried again and told when it stays. */
function ended(
  clients: Clients,
  what: string,
  zone: string,
  call: (ec2: EC2) => Promise<unknown>,
): Promise<Step> {
  return attempt(what, async () => {
    try {
      await call(await clients.ec2("delete", regionOf(zone)));
      return "deleting";
    } catch (error) {
      if (hasCode(error, ...ABSENT)) return "gone";
      throw error;
    }
  });
}

const ABSENT = [
  "InvalidInstanceID.NotFound",
  "InvalidVolume.NotFound",
  "InvalidNetworkInterfaceID.NotFound",
  "InvalidAllocationID.NotFound",
];
