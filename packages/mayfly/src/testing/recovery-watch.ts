import { setTimeout as sleep } from "node:timers/promises";
import type { Span } from "./less-away.ts";
import type { PostgresServer } from "./postgres-server.ts";

/** How long what a killed worker held stays with the dead. */
export interface RecoveryWatch {
  /** By what this worker is known in the database, before it is killed; undefined when the database does not say. */
  about(pid: number): Promise<string | undefined>;
  /** Follows from now on what it held. */
  died(token: string | undefined): void;
  /** Of each row and of each duty that was taken over: from the death until then. */
  rows(): Span[];
  duties(): Span[];
}

interface Held {
  /** As `HELD` names it. */
  key: string;
  token: string;
  diedAt: number;
}

const EVERY_MS = 200;

/** All that somebody holds, and who: each a row of `key` and `token`. */
const HELD = `SELECT 'row ' || id AS key, lease_token AS token, lease_until AS until FROM mayfly.instances
    WHERE lease_token IS NOT NULL AND phase <> 'deleted'
  UNION ALL
  SELECT 'duty ' || name, token, held_until FROM mayfly.duties WHERE name LIKE 'watch/%'`;
const NOW = "(extract(epoch FROM clock_timestamp()) * 1000)";

/**
 * Asks the database itself, as its administrator, with one question at a time for all: what is measured must not be the
 * measuring. What it does not answer, while it is away, is not measured.
 */
export function watchRecovery(postgres: PostgresServer, signal: AbortSignal): RecoveryWatch {
  const rows: Span[] = [];
  const duties: Span[] = [];
  const dead = new Map<string, number>();
  let waiting: Held[] = [];

  const ask = async (text: string) =>
    (await postgres.query(text).catch(() => undefined))?.map((row) => ({
      key: String(row["key"]),
      token: String(row["token"]),
    }));

  async function look(): Promise<void> {
    // 1. What those who have just died held; what nobody can say at once is not followed.
    for (const [token, diedAt] of dead) {
      dead.delete(token);
      const held = await ask(
        `SELECT * FROM (${HELD}) AS held WHERE token LIKE '%${token}' AND until > ${NOW}`,
      );
      for (const { key } of held ?? []) waiting.push({ key, token, diedAt });
    }

    // 2. What somebody else holds by now, or nobody any more, since he has given it back.
    if (waiting.length === 0) return;
    const held = await ask(HELD);
    if (!held) return;
    const holders = new Map(held.map(({ key, token }) => [key, token]));
    const isOver = ({ key, token }: Held) => !(holders.get(key)?.endsWith(token) ?? false);
    for (const { key, diedAt } of waiting.filter(isOver))
      (key.startsWith("row ") ? rows : duties).push({ from: diedAt, to: Date.now() });
    waiting = waiting.filter((one) => !isOver(one));
  }

  void (async () => {
    while (!signal.aborted) {
      await look();
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  })();

  return {
    async about(pid) {
      const [found] =
        (await ask(`SELECT name AS key, token FROM mayfly.duties
        WHERE name LIKE 'worker/%' AND token LIKE '% ${pid} %'`)) ?? [];
      return found?.token.split(" ").at(-1) || undefined;
    },
    died(token) {
      if (token !== undefined) dead.set(token, Date.now());
    },
    rows: () => rows,
    duties: () => duties,
  };
}
