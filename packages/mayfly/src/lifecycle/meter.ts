/** How long something that costs has been there: periods that are over, and the one that lasts. */
export interface Meter {
  ms: number;
  /** Absent while it costs nothing. */
  since?: number;
}

export const stopped = (): Meter => ({ ms: 0 });

/** The same object when it runs already. */
export const on = (meter: Meter, at: number): Meter =>
  meter.since === undefined ? { ms: meter.ms, since: at } : meter;

/** The same object when it does not run. */
export const off = (meter: Meter, at: number): Meter =>
  meter.since === undefined ? meter : { ms: readMs(meter, at) };

/** A wall clock that was set back takes nothing off. */
export const readMs = ({ ms, since }: Meter, now: number): number =>
  since === undefined ? ms : ms + Math.max(0, now - since);
