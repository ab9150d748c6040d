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
  snapshotCreate: [700, 1_300],
  snapshotCopy: [28_000, 85_000],
  snapshotImport: [100_000, 180_000],
  snapshotExport: [7_000, 87_000],
  localSnapshot: [29_000, 56_000],
  localSnapshotImport: [1_500, 5_000],
  localSnapshotExport: [44_000, 50_000],
  fileSystemAttach: [1_000, 5_000],
  /** From running until the system in the machine has published its host keys. */
  guestUp: [76_000, 86_000],
  nicAttach: [1_000, 2_000],
  /** From the start of the machine. */
  nicAttachBooting: [42_000, 95_000],
  nicDetach: [1_000, 2_000],
  lbBegin: [100, 400],
  lbCreate: [1_500, 4_500],
  lbConfigure: [250, 500],
  lbMigrate: [20_000, 60_000],
  lbDelete: [5_000, 30_000],
  lbNetworkAttach: [1_500, 3_000],
  lbNetworkDetach: [1_000, 3_000],
  lbCertificate: [7_000, 12_000],
} as const satisfies Record<string, Span>;
