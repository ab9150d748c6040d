import type { Instancev1, Scaleway } from "@mayfly/scaleway";
import { ScalewayCallError } from "@mayfly/scaleway";
import type { MachineState } from "../../lifecycle/observed.ts";
import type { MachineRef } from "../provider.ts";
import type { Account } from "./account.ts";
import { machineState } from "./machine.ts";
import { attempt } from "./provider-error.ts";

interface Power {
  /** For messages: `start 1234 on scaleway fr-par-1`. */
  what: string;
  action: Instancev1.ServerAction;
  /** The client of the class that this call counts for. */
  by: Scaleway;
  /** When the cloud refuses because of the state, these states mean that the wish is fulfilled. */
  fulfilledBy: readonly MachineState[];
  type?: string;
}

/** Asks for an action; a refusal is looked into, since an earlier attempt may have been accepted. */
async function power(account: Account, machine: MachineRef, request: Power): Promise<void> {
  const { id: serverId, zone } = machine;
  const { what, action, by, fulfilledBy, type } = request;
  await attempt(
    what,
    async () => {
      try {
        await by.instance.serverAction({ serverId, zone, action });
      } catch (error) {
        if (!(error instanceof ScalewayCallError) || error.kind !== "conflict") throw error;
        const { server } = await account.read.instance.getServer({ serverId, zone });
        if (server === undefined || !fulfilledBy.includes(machineState(server.state))) throw error;
      }
    },
    { type },
  );
}

export function powerOn(account: Account, machine: MachineRef, what: string, type?: string): Promise<void> {
  const fulfilledBy: MachineState[] = ["starting", "running"];
  return power(account, machine, { what, action: "poweron", by: account.create, fulfilledBy, type });
}

/** Ends the machine's billing, so it goes before what makes new ones. */
export function powerOff(account: Account, machine: MachineRef, what: string): Promise<void> {
  const fulfilledBy: MachineState[] = ["stopping", "stopped"];
  return power(account, machine, { what, action: "poweroff", by: account.delete, fulfilledBy });
}

export function reboot(account: Account, machine: MachineRef, what: string): Promise<void> {
  const fulfilledBy: MachineState[] = ["stopping", "starting"];
  return power(account, machine, { what, action: "reboot", by: account.create, fulfilledBy });
}
