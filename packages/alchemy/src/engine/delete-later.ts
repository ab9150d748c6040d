import type { PendingDeletions, Resource, Scope } from "alchemy";

/** Puts a thing on the list of what the engine deletes at the end, when what was made with it can go before it. */
export async function deleteLater(scope: Scope, thing: Resource, props: object): Promise<void> {
  const pending = (await scope.get<PendingDeletions | undefined>("pendingDeletions")) ?? [];
  await scope.set("pendingDeletions", [...pending, { resource: thing, oldProps: props }]);
}
