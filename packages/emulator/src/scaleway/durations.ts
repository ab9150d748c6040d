import type { Span } from "../world.ts";

/** How long changes of state take, in milliseconds, from the median to the ninth decile of what was recorded. */
export const DURATIONS = {
  poweron: [5_000, 16_000],
  poweroff: [36_000, 51_000],
  terminate: [5_000, 16_000],
  stopInPlace: [41_000, 46_000],
  rebootDown: [20_000, 21_000],
  rebootUp: [20_000, 21_000],
  volumeCreate: [1_000, 3_000],
  volumeUpdate: [1_000, 4_000],
  volumeAttach: [200, 1_000],
  volumeDetach: [5_000, 10_000],
  volumeDetachRunning: [40_000, 45_000],
  snapshotCreate: [3_000, 8_000],
} as const satisfies Record<string, Span>;
