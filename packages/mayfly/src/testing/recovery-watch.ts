import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "./postgres-server.ts";

/** How long what a killed worker held stays with the dead. */
export interface RecoveryWatch {
  /** By what this worker is known in the database, before it is killed; undefined when the database does not say. */
  about(pid: number): Promise<string | undefined>;
  /** Follows from now on what it held. */
  died(token: string | undefined): void;
  /** Of each row and of each duty that was taken over: after how long, in milliseconds. */
  rows(): number[];
  duties(): number[];
}

const EVERY_MS = 200;

/** Asks the database itself, as its administrator. What it does not answer, while it is away, is not measured. */
export function watchRecovery(postgres: PostgresServer, signal: AbortSignal): RecoveryWatch {
  const rows: number[] = [];
  const duties: number[] = [];

  const ask = (text: string) => postgres.query(text).catch(() => undefined);

  async function follow(token: string, diedAt: number): Promise<void> {
    const now = `(extract(epoch FROM clock_timestamp()) * 1000)`;
    const held = await ask(
      `SELECT id FROM mayfly.instances WHERE lease_token = '${token}' AND lease_until > ${now} AND phase <> 'deleted'`,
    );
    const duty = await ask(
      `SELECT name FROM mayfly.duties WHERE name LIKE 'watch/%' AND token LIKE '%${token}' AND held_until > ${now}`,
    );
    const waiting = [
      ...(held ?? []).map(({ id }) => ({
        table: "instances",
        column: "lease_token",
        key: `id = '${String(id)}'`,
        into: rows,
      })),
      ...(duty ?? []).map(({ name }) => ({
        table: "duties",
        column: "token",
        key: `name = '${String(name)}'`,
        into: duties,
      })),
    ];
    await Promise.all(
      waiting.map(async ({ table, column, key, into }) => {
        while (!signal.aborted) {
          const found = await ask(`SELECT ${column} AS token FROM mayfly.${table} WHERE ${key}`);
          if (found && !String(found[0]?.["token"] ?? "").endsWith(token))
            return void into.push(Date.now() - diedAt);
          await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
        }
      }),
    );
  }

  return {
    async about(pid) {
      const found = await ask(
        `SELECT token FROM mayfly.duties WHERE name LIKE 'worker/%' AND token LIKE '% ${pid} %'`,
      );
      return (
        String(found?.[0]?.["token"] ?? "")
          .split(" ")
          .at(-1) || undefined
      );
    },
    died(token) {
      if (token !== undefined) void follow(token, Date.now());
    },
    rows: () => rows,
    duties: () => duties,
  };
}
