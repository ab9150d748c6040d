import type { Circumstances, Decision } from "./decision.ts";
import type { Asked, Instance } from "./instance.ts";
import type { Kind, Observed } from "./observed.ts";

type Step = Extract<Decision, { kind: "mark" | "start" | "stop" | "delete" }>;

/** What a step asks of which things, in the states that were seen. */
export function askedBy(step: Step, observed: Observed): Asked["what"] {
  if (step.kind !== "delete") return `${step.kind} ${step.machine.id} ${step.machine.state}`;
  const machines = (observed.machine?.all ?? []).filter(({ state }) => state !== "stopping");
  const parts = [observed.volume, observed.address].flatMap((look) => look?.parts ?? []);
  const things = [
    ...machines.map(({ id, state }) => `${id} ${state}`),
    ...parts.filter(({ idle }) => idle).map(({ id }) => id),
  ];
  return `delete ${things.toSorted().join(", ")}`;
}

/**
 * The cloud accepted the very same, and lists may still show the time before: asking again changes nothing, and at the
 * pace of looks it would be many calls. Returns what to look at until then.
 */
export function acceptedAlready(
  row: Instance,
  step: Step,
  observed: Observed,
  at: Circumstances,
): Kind | undefined {
  const { asked } = row;
  if (asked === undefined || asked.what !== askedBy(step, observed)) return undefined;
  // What a wall clock wrote that was wrong is no measure.
  if (asked.at > at.now || asked.at < at.steadySince) return undefined;
  const shows = shownBy(step, observed);
  const look = observed[shows];
  return look && look.at < asked.at + at.visibilityGapMs ? shows : undefined;
}

/**
 * It was told to stop and is to run again, and is shown as it was when it was told: what is shown may be the time before,
 * and the machine about to stop.
 */
export function mayBeStopping(row: Instance, { machine }: Observed, at: Circumstances): boolean {
  const { asked } = row;
  if (row.desired !== "running" || asked === undefined || machine === undefined) return false;
  if (asked.at > at.now || asked.at < at.steadySince) return false;
  const isAsBefore = machine.all.some(({ id, state }) => asked.what === `stop ${id} ${state}`);
  return isAsBefore && machine.at < asked.at + at.visibilityGapMs;
}

function shownBy(step: Step, { machine, volume }: Observed): Kind {
  if (step.kind !== "delete" || (machine && machine.all.length > 0)) return "machine";
  return volume?.parts.some(({ idle }) => idle) ? "volume" : "address";
}
