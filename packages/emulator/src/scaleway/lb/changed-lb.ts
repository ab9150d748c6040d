import type { Call } from "../../http/route.ts";
import { reconfigureLb } from "./lb-states.ts";
import { lbs } from "./rows.ts";
import type { LbPart } from "./rows.ts";

/** Lets the load balancer take over a change of one of its parts. */
export function changedLb({ world, now }: Call, part: LbPart): void {
  const lb = lbs(world).get(part.lbId);
  if (lb) reconfigureLb(world, lb, now);
}
