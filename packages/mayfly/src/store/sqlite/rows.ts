import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Instance } from "../../lifecycle/instance.ts";
import type { RowColumns } from "../row-codec.ts";
import { rowCodec } from "../row-codec.ts";
import type { Statements } from "./statements.ts";

/** Writes a row and the zones that its account has used by it, inside the caller's transaction. */
export interface Rows {
  insert(row: Instance): Instance;
  update(before: Instance, after: Instance): Instance;
}

export function createRows(database: DatabaseSync, statements: Statements): Rows {
  const updates = new Map<string, StatementSync>();

  // A column named in SET has its indexes written again, changed or not.
  const updateOf = (columns: string[]) => {
    const set = columns.map((column) => `${column} = :${column}`).join(", ");
    const statement = updates.get(set) ?? database.prepare(`UPDATE instances SET ${set} WHERE id = :id`);
    updates.set(set, statement);
    return statement;
  };

  const writeZones = ({ account, spec, footprint }: Instance) => {
    for (const zone of new Set([spec.zone, footprint.zone])) statements.addZone.run({ account, zone });
  };

  return {
    insert(row) {
      const columns = rowCodec.encode(row);
      statements.insert.run(columns);
      writeZones(row);
      return rowCodec.decode(columns);
    },
    update(before, after) {
      const old: RowColumns = rowCodec.encode(before);
      const columns = rowCodec.encode(after);
      const names = Object.keys(columns) as (keyof RowColumns)[];
      const changed = names.filter((name) => columns[name] !== old[name]);
      const values = Object.fromEntries(changed.map((name) => [name, columns[name]]));
      updateOf(changed).run({ ...values, id: after.id });
      if (after.spec.zone !== before.spec.zone || after.footprint.zone !== before.footprint.zone)
        writeZones(after);
      return rowCodec.decode(columns);
    },
  };
}
