import { ScalewayCallError } from "@mayfly/scaleway";
import type { Machine } from "../../lifecycle/observed.ts";
import type { Account } from "./account.ts";
import { attempt } from "./provider-error.ts";

/**
 * Takes the machine out of its private networks, so that they can be deleted after it. Where an answer is lost it throws,
 * and the machine is still there to be asked again; a refusal is not allowed to keep a machine that costs money.
 */
export async function detachNics(
  account: Pick<Account, "delete">,
  { id: serverId, zone, nics }: Machine,
): Promise<void> {
  for (const privateNicId of nics)
    await attempt(`detach card ${privateNicId} of machine ${serverId} on scaleway ${zone}`, async () => {
      try {
        await account.delete.instance.deletePrivateNIC({ serverId, zone, privateNicId });
      } catch (error) {
        if (!(error instanceof ScalewayCallError) || !LEFT_TO_THE_MACHINE.has(error.kind)) throw error;
      }
    });
}

/** It is gone, or goes with its machine. */
const LEFT_TO_THE_MACHINE: ReadonlySet<string> = new Set([
  "not_found",
  "conflict",
  "unauthorized",
  "invalid_input",
]);
