import type { Past } from "@mayfly/emulator";
import type { EventView } from "../api/instance-view.ts";
import { endingCalls } from "./ending-calls.ts";
import type { PassedCall } from "./gate.ts";
import { instanceIn } from "./somebody-elses.ts";

export interface Witnesses {
  /** What there ever was in the cloud. */
  machines: readonly Past[];
  events: readonly EventView[];
  passed: readonly PassedCall[];
}

/** Of each machine that was ended: when that call reached the cloud, and who asked for it. */
export function endsOf({ machines, events, passed }: Witnesses) {
  const eventsOf = Map.groupBy(events, ({ instanceId }) => instanceId);
  return machines.flatMap((machine) => {
    const end = endingCalls(passed, machine.id)[0]?.at;
    if (end === undefined) return [];
    const mine = eventsOf.get(instanceIn(machine.tags) ?? "") ?? [];
    const event = mine.find(({ kind }) => kind === "expired" || kind === "delete-requested");
    // The event of a deadline is later than the deadline.
    const asked =
      event?.kind === "expired"
        ? { by: "deadline", at: Date.parse(event.expiresAt) }
        : event && { by: "request", at: Date.parse(event.at) };
    return [{ machine, asked, end }];
  });
}
