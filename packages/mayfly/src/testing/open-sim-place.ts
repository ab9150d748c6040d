import { postgresOrSkip, startPostgres } from "./postgres-server.ts";
import type { SimStorePlace } from "./stores-at.ts";

export const SIM_STORES = ["memory", "sqlite", "postgres"] as const satisfies SimStorePlace["kind"][];

/** Brings up the private PostgreSQL where one is needed. Throws where there is none. */
export async function openSimPlace(
  kind: SimStorePlace["kind"],
): Promise<{ place: SimStorePlace; close(): Promise<void> }> {
  if (kind !== "postgres") return { place: { kind }, close: async () => undefined };
  const found = postgresOrSkip();
  if ("skip" in found) throw new Error(`simulate worlds on PostgreSQL: ${found.skip}`);
  // What a power cut would leave is not asked here.
  const server = await startPostgres(found.bin, ["fsync=off"]);
  return { place: { kind, url: server.url }, close: server.stop };
}
