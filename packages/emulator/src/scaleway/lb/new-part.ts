import { transientState } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { LbPart, LbRow } from "./rows.ts";

/** What all new parts of a load balancer have. One on its way out takes none. */
export function newPart({ world, now }: Call, lb: LbRow, name: string): LbPart {
  if (lb.status === "to_delete") throw transientState("lb", lb.id, lb.status);
  return {
    id: world.random.uuid(),
    name,
    zone: lb.zone,
    tags: [],
    createdAt: now,
    modifiedAt: now,
    lbId: lb.id,
  };
}
