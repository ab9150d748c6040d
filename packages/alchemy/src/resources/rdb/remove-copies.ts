import { listAll } from "@mayfly/scaleway";
import type { Cloud } from "../../cloud.ts";
import type { At } from "../../kind.ts";
import { discard } from "../../patience.ts";

/** Backups and snapshots of a server, which outlive it. */
export async function removeCopies(cloud: Cloud, { id: instanceId, place: region }: At): Promise<void> {
  const { clock, rdb } = cloud;
  const query = { region, instanceId };
  const backups = await listAll(
    async (page, pageSize) => {
      const { databaseBackups, totalCount } = await rdb.listDatabaseBackups({ ...query, page, pageSize });
      return { items: databaseBackups, totalCount };
    },
    { what: `backups of database server ${instanceId}` },
  );
  const snapshots = await listAll(
    async (page, pageSize) => {
      const { snapshots, totalCount } = await rdb.listSnapshots({ ...query, page, pageSize });
      return { items: snapshots, totalCount };
    },
    { what: `snapshots of database server ${instanceId}` },
  );
  for (const { id, instanceId: its } of backups)
    if (its === instanceId)
      await discard(clock, `backup ${id} to go`, () =>
        rdb.deleteDatabaseBackup({ region, databaseBackupId: id }),
      );
  for (const { id, instanceId: its } of snapshots)
    if (its === instanceId)
      await discard(clock, `snapshot ${id} to go`, () => rdb.deleteSnapshot({ region, snapshotId: id }));
}
