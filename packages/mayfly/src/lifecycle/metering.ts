import type { Priced } from "./cost.ts";
import type { Instance } from "./instance.ts";
import { off, on, stopped } from "./meter.ts";
import type { Machine, Observed } from "./observed.ts";

// Each returns the same row when nothing changes, and for a row that has no meters.

export const noCost = (): NonNullable<Instance["cost"]> => ({
  machine: stopped(),
  addresses: stopped(),
  volumes: stopped(),
});

/** Its machine costs from here on; its address when it runs. */
export const poweredOn = (row: Instance, at: number): Instance => turned(row, ["machine"], on, at);

/** Neither costs any more. */
export const poweredOff = (row: Instance, at: number): Instance =>
  turned(row, ["machine", "addresses"], off, at);

/** A machine that is on its way down has let go of its address. */
export const goingDown = (row: Instance, at: number): Instance => turned(row, ["addresses"], off, at);

/** Once its machine is there, so are its volumes: until all is gone. */
export const volumesMade = (row: Instance, at: number): Instance =>
  row.footprint.machine === undefined || row.footprint.volumes.length === 0
    ? row
    : turned(row, ["volumes"], on, at);

/** What a look says of its own machine; undefined: that it is not there. */
export function seen(row: Instance, own: Machine | undefined, lookedAt: number): Instance {
  const state = own?.state;
  switch (state) {
    case undefined:
    case "stopped":
      return poweredOff(row, lookedAt);
    case "starting":
      return poweredOn(row, onSince(row, lookedAt));
    case "running":
    case "halted":
      return turned(poweredOn(row, onSince(row, lookedAt)), ["addresses"], on, lookedAt);
    case "stopping":
      return goingDown(poweredOn(row, onSince(row, lookedAt)), lookedAt);
    case "unknown":
      return row;
    default:
      return state satisfies never;
  }
}

/** Nobody may have heard when it was powered on: not after the attempt to make it had ended. */
const onSince = ({ launch }: Instance, lookedAt: number): number =>
  launch?.confirmedAt === undefined ? (launch?.endedAt ?? lookedAt) : lookedAt;

/** All is gone, as far back as the looks that show it. */
export function allGone(row: Instance, { machine, volume }: Observed, now: number): Instance {
  return turned(poweredOff(row, machine?.at ?? now), ["volumes"], off, volume?.at ?? now);
}

function turned(row: Instance, parts: Priced[], turn: typeof on, at: number): Instance {
  const { cost } = row;
  if (!cost) return row;
  const meters = parts.map((part) => [part, turn(cost[part], at)] as const);
  if (meters.every(([part, meter]) => meter === cost[part])) return row;
  return { ...row, cost: { ...cost, ...Object.fromEntries(meters) } };
}
