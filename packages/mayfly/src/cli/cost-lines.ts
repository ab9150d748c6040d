import type { CostView, InstanceView } from "../api/instance-view.ts";
import { money } from "./money.ts";

/** What an hour costs and what it cost so far, as cells of a table. `+`: without what no price list has. */
export function costCells({ cost, phase }: Pick<InstanceView, "cost" | "phase">): [string, string] {
  if (!cost || cost.unpriced?.includes("machine")) return ["-", "-"];
  const more = cost.unpriced ? "+" : "";
  const perHour = phase === "deleted" ? "-" : `${money(cost.microsPerHour, cost.currency)}${more}`;
  return [perHour, `${money(cost.microsSoFar, cost.currency)}${more}`];
}

/** `€0.0142/h, €0.0010 so far, €0.0284 at its deadline`, and how far that can be relied on. */
export function costLine({ cost, phase, retainUntil }: InstanceView): string {
  if (!cost) return "unknown";
  const { currency, pricesOf, microsPerHour, microsSoFar, microsAtDeadline, unpriced } = cost;
  const at = retainUntil === undefined ? "at its deadline" : "when it is deleted";
  const figures =
    phase === "deleted"
      ? `${money(microsSoFar, currency)} in all`
      : `${money(microsPerHour, currency)}/h, ${money(microsSoFar, currency)} so far, ${money(microsAtDeadline, currency)} ${at}`;
  return [figures, without(unpriced), pricesOf && `prices that the cloud does not say are of ${pricesOf}`]
    .filter(Boolean)
    .join("; ");
}

const without = (unpriced: CostView["unpriced"]): string | undefined =>
  unpriced && `without its ${unpriced.join(" and ")}, whose price is unknown`;
