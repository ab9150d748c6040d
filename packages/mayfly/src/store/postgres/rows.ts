import type { Instance } from "../../lifecycle/instance.ts";
import type { RowColumns } from "../row-codec.ts";
import { rowCodec } from "../row-codec.ts";
import type { Run, Transaction } from "./session.ts";

/** Writes a row and the zones that its account has used by it, inside the caller's transaction. */
export const rows = {
  async insert(run: Run, row: Instance): Promise<Instance> {
    const columns = rowCodec.encode(row);
    await run("insert", columns);
    await writeZones(run, row);
    return rowCodec.decode(columns);
  },

  async update(
    { run, execute }: Pick<Transaction, "run" | "execute">,
    before: Instance,
    after: Instance,
  ): Promise<Instance> {
    const old: RowColumns = rowCodec.encode(before);
    const columns = rowCodec.encode(after);
    // A column named in SET has its indexes written again, changed or not.
    const changed = (Object.keys(columns) as (keyof RowColumns)[]).filter(
      (name) => columns[name] !== old[name],
    );
    const set = changed.map((column) => `${column} = :${column}`).join(", ");
    await execute(`UPDATE instances SET ${set} WHERE id = :id`, columns);
    if (after.spec.zone !== before.spec.zone || after.footprint.zone !== before.footprint.zone)
      await writeZones(run, after);
    return rowCodec.decode(columns);
  },
};

async function writeZones(run: Run, { account, spec, footprint }: Instance): Promise<void> {
  for (const zone of new Set([spec.zone, footprint.zone])) await run("addZone", { account, zone });
}
