import type { PendingDeletions, Scope } from "alchemy";
import type { CommonAttributes } from "../kind.ts";

/**
 * Takes a thing off the list of what the engine deletes at the end: an interrupted run put it there to have it replaced, and
 * it stays after all, or another one has its name and so its id.
 */
export async function forgetDeletion(scope: Scope, thing: string): Promise<void> {
  const pending = (await scope.get<PendingDeletions | undefined>("pendingDeletions")) ?? [];
  const idOf = (output: unknown) => (output as Partial<CommonAttributes>).id;
  const left = pending.filter(({ resource }) => idOf(resource) !== thing);
  if (left.length < pending.length) await scope.set("pendingDeletions", left);
}
