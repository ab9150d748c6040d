import type { Instance } from "../lifecycle/instance.ts";
import { StoreError } from "../store/error.ts";
import type { Change } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/**
 * Writes if nobody changed the row since it was read. Otherwise `moved`: the row as it is now, to decide on anew. Throws
 * `lease_lost` when this process does not hold the row any more.
 */
export async function guardedWrite(
  { store }: Pick<Ports, "store">,
  token: string,
  row: Instance,
  change: (row: Instance) => Change,
): Promise<{ row: Instance; moved: boolean }> {
  try {
    const written = await store.update(row.id, { token, version: row.version }, change);
    return { row: written, moved: false };
  } catch (error) {
    if (!(error instanceof StoreError && error.code === "version_moved")) throw error;
    const current = await store.get(row.id);
    if (current?.lease?.token !== token)
      throw new StoreError("lease_lost", `write ${row.id}: the lease is another's now`, { cause: error });
    return { row: current, moved: true };
  }
}
