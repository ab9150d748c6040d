import { outOfStock, quotaExceeded } from "../http/refusal.ts";
import { rateLimited } from "../http/route.ts";
import type { Answer } from "../http/route.ts";
import type { World } from "../world.ts";
import { BUSY_CREATES, SENTINELS } from "./seed/sentinels.ts";

/** How a create of that type goes wrong before anything is made: thrown, or answered by the gateway. Capitals do not matter. */
export function refuseSentinel(world: World, type: string, quota: string): Answer | undefined {
  switch (type.toUpperCase()) {
    case SENTINELS.outOfStock:
      throw outOfStock(type);
    case SENTINELS.quota:
      throw quotaExceeded(quota);
    case SENTINELS.busy:
      return world.store.next(`busy ${quota}`) <= BUSY_CREATES ? rateLimited() : undefined;
    default:
      return undefined;
  }
}

export function isSentinel(type: string, which: keyof typeof SENTINELS): boolean {
  return type.toUpperCase() === SENTINELS[which];
}
