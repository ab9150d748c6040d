import { after } from "node:test";
import { systemClock } from "../clock.ts";
import { systemRandom } from "../random.ts";
import { postgresOrSkip, startPostgres } from "../testing/postgres-server.ts";
import { describeStore } from "./contract.ts";
import { openPostgresStore } from "./postgres.ts";
import type { Store } from "./store.ts";

const found = postgresOrSkip();
if ("bin" in found) {
  // What a power cut would leave is not asked here.
  const server = await startPostgres(found.bin, ["fsync=off"]);
  after(() => server.stop());
  const open = (options: { owner?: string; schema?: string } = {}) =>
    openPostgresStore({ url: server.url, random: systemRandom, clock: systemClock, ...options });

  // Emptying one takes a tenth of making one.
  const emptied: string[] = [];
  let schemas = 0;
  const openEmpty = async (options: { owner?: string }): Promise<Store> => {
    const schema = emptied.pop() ?? `s${++schemas}`;
    const store = await open({ schema, ...options });
    // Those that refer to others first.
    const tables = ["events", "idempotency_keys", "found_keys", "deliveries", "shared_uses", "shared"];
    const all = [...tables, "zones_used", "suspects", "duties", "sightings", "buckets", "instances"];
    await server.query(all.map((table) => `DELETE FROM ${schema}.${table}`).join(";"));
    const close = async () => {
      await store.close();
      emptied.push(schema);
    };
    return { ...store, close };
  };
  describeStore("postgres", openEmpty);
}
