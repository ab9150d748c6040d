import type { EC2 } from "@aws-sdk/client-ec2";
import type { MachineState } from "../../lifecycle/observed.ts";
import type { CallClass } from "../limiter.ts";
import type { MachineRef } from "../provider.ts";
import { attempt } from "./attempt.ts";
import type { Clients } from "./clients.ts";
import { describe } from "./describe.ts";
import { hasCode } from "./has-code.ts";
import { machineState } from "./machine.ts";
import { regionOf } from "./region-of.ts";

interface Power {
  of: CallClass;
  call: (ec2: EC2, InstanceIds: string[]) => Promise<unknown>;
  /** When the cloud refuses because of the state, these states mean that the wish is fulfilled. */
  fulfilledBy: readonly MachineState[];
}

const START: Power = {
  of: "create",
  call: (ec2, InstanceIds) => ec2.startInstances({ InstanceIds }),
  fulfilledBy: ["starting", "running"],
};
const STOP: Power = {
  // It ends the machine's billing, so it goes before what makes new ones.
  of: "delete",
  call: (ec2, InstanceIds) => ec2.stopInstances({ InstanceIds }),
  fulfilledBy: ["stopping", "stopped"],
};
const REBOOT: Power = {
  of: "create",
  call: (ec2, InstanceIds) => ec2.rebootInstances({ InstanceIds }),
  fulfilledBy: ["stopping", "starting"],
};

/** Asks for an action; a refusal is looked into, since an earlier attempt may have been accepted. */
async function power(clients: Clients, { id, zone }: MachineRef, what: string, wish: Power): Promise<void> {
  await attempt(`${what} ${id} on aws ${zone}`, async () => {
    const region = regionOf(zone);
    try {
      await wish.call(await clients.ec2(wish.of, region), [id]);
    } catch (error) {
      if (!hasCode(error, "IncorrectInstanceState", "IncorrectState")) throw error;
      const filters = [{ Name: "instance-id", Values: [id] }];
      const [instance] = await describe.instances(await clients.ec2("read", region), filters);
      if (instance === undefined || !wish.fulfilledBy.includes(machineState(instance.State?.Name)))
        throw error;
    }
  });
}

export const start = (clients: Clients, machine: MachineRef) => power(clients, machine, "start", START);
export const stop = (clients: Clients, machine: MachineRef) => power(clients, machine, "stop", STOP);
export const reboot = (clients: Clients, machine: MachineRef) => power(clients, machine, "reboot", REBOOT);
