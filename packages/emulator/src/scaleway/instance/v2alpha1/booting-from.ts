import type { ServerRow } from "../rows.ts";

/** The server's volumes, of which that one is booted. */
export function bootingFrom(row: ServerRow, id: string): ServerRow["volumes"] {
  return Object.fromEntries(
    Object.entries(row.volumes).map(([slot, volume]) => [slot, { ...volume, boot: volume.id === id }]),
  );
}
