import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { backups, snapshots } from "./rows.ts";
import type { BackupRow, SnapshotRow } from "./rows.ts";

const BACKUP_BYTES = 1_335;
const DAY_MS = 86_400_000;

/** What time does to snapshots and backups. */
export const copySteps: Steps = {
  "rdbSnapshot:ready": (world, id, at, epoch) => {
    const row = snapshots(world).get(id);
    if (row?.epoch !== epoch) return;
    snapshots(world).put({ ...row, status: "ready", size: row.of.volume.size, modifiedAt: at }, at);
  },
  "rdbSnapshot:gone": (world, id, at) => snapshots(world).remove(id, at),
  "rdbBackup:ready": (world, id, at, epoch) => {
    const row = backups(world).get(id);
    if (row?.epoch !== epoch) return;
    const modifiedAt = row.status === "creating" ? at : row.modifiedAt;
    const exported = row.status === "exporting" ? link(row, at) : {};
    backups(world).put(
      { ...row, status: "ready", size: row.size ?? BACKUP_BYTES, modifiedAt, ...exported },
      at,
    );
  },
  "rdbBackup:gone": (world, id, at) => backups(world).remove(id, at),
};

function link(row: BackupRow, at: number): Partial<BackupRow> {
  return {
    downloadUrl: `https://s3.${row.zone}.scw.cloud/backups/${row.instanceId}/${row.id}.custom`,
    downloadExpiresAt: at + DAY_MS,
  };
}

/** Puts the snapshot as it is meanwhile, and plans its next state. */
export function moveSnapshot(
  world: World,
  row: SnapshotRow,
  status: SnapshotRow["status"],
  at: number,
): SnapshotRow {
  const next = snapshots(world).put({ ...row, status, epoch: row.epoch + 1 }, at);
  later(world, `rdbSnapshot:${status === "deleting" ? "gone" : "ready"}`, next, DURATIONS.rdbSnapshot, at);
  return next;
}

export function moveBackup(world: World, row: BackupRow, status: BackupRow["status"], at: number): BackupRow {
  const next = backups(world).put({ ...row, status, epoch: row.epoch + 1 }, at);
  later(world, `rdbBackup:${status === "deleting" ? "gone" : "ready"}`, next, DURATIONS.rdbBackup, at);
  return next;
}

function later(world: World, step: string, row: SnapshotRow | BackupRow, span: Span, at: number): void {
  plan(world, { step, id: row.id, epoch: row.epoch, from: at, span });
}
