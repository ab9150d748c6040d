import { isIP } from "node:net";
import { createClient, ErrorReply, RESP_TYPES } from "@redis/client";
import type { RedisAddress } from "../api/redis-address.ts";
import type { Clock } from "../clock.ts";
import { RedisError } from "./error.ts";
import type { Held, Redis } from "./redis.ts";
import { scripts } from "./scripts.ts";

const CONNECT_MS = 5_000;
const ANSWER_MS = 5_000;
/** What a Redis answers while it starts, changes its master, or has no room. */
const PASSING = /^(LOADING|BUSY|MASTERDOWN|READONLY|MISCONF|OOM|CLUSTERDOWN|TRYAGAIN|NOREPLICAS)\b/;

/**
 * A real Redis. Connections are made when something is asked and there is none, one for each list that is waited on; a
 * connection that failed is not used again. What has no answer in time is cut off.
 */
export function connectRedis(address: RedisAddress, clock: Clock): Redis {
  const { host, port, tls, username, password, database } = address;
  const where = `redis ${host.includes(":") ? `[${host}]` : host}:${port}/${database}`;
  const connections = new Map<string, Connection>();
  let closed = false;

  const open = () =>
    createClient({
      RESP: 2,
      // Loops of ours decide when to try again, on their own clock: a queue in here would do so behind their back.
      disableOfflineQueue: true,
      disableClientInfo: true,
      username,
      password,
      database,
      socket: {
        host,
        port,
        connectTimeout: CONNECT_MS,
        reconnectStrategy: false,
        // An address has no name that a certificate could be for.
        ...(tls && { tls: true, ...(isIP(host) === 0 && { servername: host }) }),
      },
    });
  interface Connection {
    client: ReturnType<typeof open>;
    ready: Promise<unknown>;
    /** Whatever state it is in: one that is still being made would do later what nobody waits for any more. */
    giveUp(): void;
  }

  function connection(name: string): Connection {
    const known = connections.get(name);
    if (known) return known;
    const client = open();
    const forget = () => {
      if (connections.get(name) === made) connections.delete(name);
    };
    // The command that it befalls says so.
    client.on("error", forget);
    client.on("end", forget);
    // The client forgets a socket that is just being made, and goes on with it.
    client.on("connect", () => {
      if (isGivenUp) client.destroy();
    });
    let isGivenUp = false;
    const made: Connection = {
      client,
      ready: client.connect(),
      giveUp() {
        isGivenUp = true;
        forget();
        client.destroy();
      },
    };
    made.ready.catch(forget);
    connections.set(name, made);
    return made;
  }

  /** @param name whose connection: who waits on one holds up nobody else. */
  async function ask<T>(
    what: string,
    send: (client: Connection["client"]) => Promise<T>,
    { name = "", waitMs = 0, signal }: { name?: string; waitMs?: number; signal?: AbortSignal } = {},
  ): Promise<T> {
    const attempted = `${what} at ${where}`;
    if (closed) throw new RedisError("unavailable", `${attempted}: the connection was closed`);
    const { client, ready, giveUp } = connection(name);
    const late = new AbortController();
    const bound = clock.sleep(CONNECT_MS + waitMs + ANSWER_MS, late.signal).then(
      () => new Error("no answer in time"),
      () => new Error("it was called off"),
    );
    const calledOff = signal && new Promise<Error>((resolve) => onAbort(signal, late.signal, resolve));
    try {
      const sent = ready.then(() => send(client));
      const first = await Promise.race([sent, bound, ...(calledOff ? [calledOff] : [])]);
      if (!(first instanceof Error)) return first;
      // What becomes of it is nobody's concern any more: the connection goes, and `first` says why.
      sent.catch(() => undefined);
      throw first;
    } catch (error) {
      const answered = error instanceof ErrorReply;
      const refused = answered && !PASSING.test(error.message);
      if (!answered) giveUp();
      const cause = error instanceof Error ? error.message || error.constructor.name : String(error);
      throw new RedisError(refused ? "refused" : "unavailable", `${attempted}: ${cause}`);
    } finally {
      late.abort();
    }
  }

  /** A script that answers whether it was done; what has to be held comes last. */
  async function run(
    what: string,
    script: string,
    keys: readonly string[],
    values: readonly (Buffer | string)[],
    held: Held | undefined,
  ): Promise<boolean> {
    const named = held ? [...keys, held.key] : keys;
    const given = held ? [...values, held.value] : values;
    const done = await ask(what, (client) =>
      client.sendCommand<number>(["EVAL", script, String(named.length), ...named, ...given]),
    );
    return done === 1;
  }

  return {
    async take(from, to, { waitMs, signal }) {
      if (signal?.aborted) return undefined;
      const seconds = String(Math.max(0.01, waitMs / 1_000));
      try {
        const taken = await ask(
          `take from ${from}`,
          (client) =>
            client.sendCommand<Buffer | null>(["BLMOVE", from, to, "LEFT", "RIGHT", seconds], AS_BYTES),
          { name: from, waitMs, ...(signal && { signal }) },
        );
        return taken ?? undefined;
      } catch (error) {
        // What was moved at that very moment lies in `to`, for the next one who looks there.
        if (signal?.aborted) return undefined;
        throw error;
      }
    },
    list: (key, most) =>
      ask(`list ${key}`, (client) =>
        client.sendCommand<Buffer[]>(["LRANGE", key, "0", String(most - 1)], AS_BYTES),
      ),
    remove: (key, value, held) =>
      run(`remove from ${key}`, scripts.remove, [key], [Buffer.from(value)], held),
    divert: (key, value, to, entry, held) =>
      run(`move from ${key} to ${to}`, scripts.divert, [key, to], [Buffer.from(value), entry], held),
    async get(key) {
      const found = await ask(`get ${key}`, (client) => client.get(key));
      return found ?? undefined;
    },
    async swap(key, before, after, ttlMs) {
      const done = await ask(`hold ${key}`, (client) =>
        client.sendCommand<number>([
          "EVAL",
          scripts.swap,
          "1",
          key,
          before ?? "",
          after ?? "",
          String(ttlMs),
        ]),
      );
      return done === 1;
    },
    async write({ set, publish = [] }) {
      await ask("write states", (client) => {
        const multi = client.multi();
        for (const { key, value, ttlMs } of set)
          multi.addCommand(["SET", key, value, ...(ttlMs === undefined ? [] : ["PX", String(ttlMs)])]);
        for (const { channel, message } of publish) multi.addCommand(["PUBLISH", channel, message]);
        return multi.exec();
      });
    },
    async close() {
      closed = true;
      for (const { giveUp } of connections.values()) giveUp();
    },
  };
}

const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } };

function onAbort(signal: AbortSignal, over: AbortSignal, then: (error: Error) => void): void {
  signal.addEventListener("abort", () => then(new Error("it was called off")), { once: true, signal: over });
}
