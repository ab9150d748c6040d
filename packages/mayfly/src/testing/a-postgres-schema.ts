import type { TestContext } from "node:test";
import { systemClock } from "../clock.ts";
import { systemRandom } from "../random.ts";
import { openPostgresStore } from "../store/postgres.ts";
import type { PostgresStoreOptions } from "../store/postgres.ts";
import type { PostgresServer } from "./postgres-server.ts";

/** Opens stores over a schema of this test's own, as processes do that share one. */
export function aPostgresSchema(t: TestContext, server: PostgresServer) {
  const schema = `of ${t.name.replaceAll(/\W+/g, " ").slice(0, 50)}`;
  const open = async (options: Partial<PostgresStoreOptions> = {}) => {
    const given = { url: server.url, random: systemRandom, clock: systemClock, schema };
    const store = await openPostgresStore({ ...given, ...options });
    t.after(() => store.close());
    return store;
  };
  return { schema, open };
}
