import type { Instance, InstanceEvent } from "../lifecycle/instance.ts";
import { RedisError } from "../redis/error.ts";
import { isSwims } from "./is-swims.ts";
import { napped } from "./keep-at.ts";
import { createStateKeys, stateText } from "./state-keys.ts";
import type { SwimKeys } from "./swim-keys.ts";
import type { SwimPorts } from "./swim-ports.ts";

const DAY_MS = 86_400_000;
/** Far within a day, after which a state is forgotten. */
const REFRESH_EVERY_MS = 3_600_000;
/** How soon it is noticed that Redis came back with less than it had. */
const CHECK_EVERY_MS = 5_000;
/** A machine's id is known some time before an event tells more of it. */
const LOOK_FOR_ID_MS = 500;
const PAGE = 200;

/**
 * Tells Redis what every machine of SWIM's does, from the events, until the signal aborts. Keys hold what is; the channel
 * hears every change, after a crash perhaps twice. A failure is thrown: whoever calls again goes on behind what Redis has.
 */
export async function tellStates(ports: SwimPorts, keys: SwimKeys, signal: AbortSignal): Promise<void> {
  const { redis, store, clock } = ports;
  const { setsOf } = createStateKeys(store, keys);
  /** Told while nobody knew a machine of theirs. */
  const withoutId = new Set<string>();
  const saw = (row: Instance) => {
    const comesUp = row.phase === "pending" || row.phase === "provisioning";
    if (comesUp && row.footprint.machine === undefined) withoutId.add(row.id);
    else withoutId.delete(row.id);
  };

  // 1. All that lives; after Redis forgot where we were also what ended within a day.
  async function tellAll(wanted: "living" | "ended"): Promise<void> {
    const since = clock.now() - DAY_MS;
    let cursor: string | undefined;
    do {
      const page = await store.list({
        limit: PAGE,
        all: wanted === "ended",
        ...(cursor !== undefined && { cursor }),
      });
      const set = [];
      for (const row of page.instances) {
        if (!isSwims(row) || (row.phase === "deleted") !== (wanted === "ended")) continue;
        if ((row.endedAt ?? Infinity) < since) continue;
        saw(row);
        set.push(...(await setsOf(row)));
      }
      // The youngest of one name comes first, and is written last.
      if (set.length > 0) await redis.write({ set: set.toReversed() });
      cursor = page.cursor;
    } while (cursor !== undefined && !signal.aborted);
  }

  // 2. What happened since, and how far we are, in one transaction.
  async function tellEvents(events: readonly InstanceEvent[]): Promise<void> {
    const set = [];
    const publish: { channel: string; message: string }[] = [];
    const said = new Map<string, string>();
    for (const { instanceId, phase, expiresAt } of events) {
      const row = await store.get(instanceId);
      if (!row || !isSwims(row)) continue;
      saw(row);
      const message = await stateText(store, { ...row, phase, expiresAt, desired: desiredIn(phase) });
      if (said.get(row.id) !== message) publish.push({ channel: keys.states, message });
      if (!said.has(row.id)) set.push(...(await setsOf(row)));
      said.set(row.id, message);
    }
    set.push({ key: keys.cursor, value: String(events.at(-1)!.seq) });
    await redis.write({ set, publish });
  }

  // 3. Machines whose ids became known.
  async function tellIds(): Promise<void> {
    for (const id of withoutId) {
      const row = await store.get(id);
      if (!row) continue;
      saw(row);
      if (withoutId.has(id)) continue;
      const publish = [{ channel: keys.states, message: await stateText(store, row) }];
      await redis.write({ set: await setsOf(row), publish });
    }
  }

  const known = await redis.get(keys.cursor);
  const last = await store.lastEvent();
  const isKnown = known !== undefined && /^\d{1,15}$/.test(known) && Number(known) <= last;
  let after = isKnown ? Number(known) : last;
  await tellAll("living");
  if (!isKnown) {
    await tellAll("ended");
    await redis.write({ set: [{ key: keys.cursor, value: String(after) }] });
  }
  let refreshAt = clock.monotonic() + REFRESH_EVERY_MS;
  let checkAt = clock.monotonic() + CHECK_EVERY_MS;

  while (!signal.aborted) {
    // Listens before it reads, so that nothing happens in between.
    const turn = new AbortController();
    const happened = store.eventCommitted(turn.signal);
    // Its failure counts where it is waited for, below.
    happened.catch(() => undefined);
    const events = await store.events({ after, limit: PAGE });
    const now = clock.monotonic();
    if (events.length > 0) {
      await tellEvents(events);
      after = events.at(-1)!.seq;
    } else if (now >= refreshAt) {
      await tellAll("living");
      refreshAt = now + REFRESH_EVERY_MS;
    } else if (now >= checkAt) {
      if ((await redis.get(keys.cursor)) !== String(after))
        throw new RedisError("unavailable", `read ${keys.cursor}: redis has forgotten what was told`);
      checkAt = now + CHECK_EVERY_MS;
    } else {
      await tellIds();
      const restMs = Math.min(refreshAt - now, checkAt - now, withoutId.size > 0 ? LOOK_FOR_ID_MS : Infinity);
      await Promise.race([happened, napped(clock, restMs, AbortSignal.any([signal, turn.signal]))]);
    }
    turn.abort();
  }
}

/** An event has the phase of its moment; the row may have gone on since. */
const desiredIn = (phase: Instance["phase"]): Instance["desired"] =>
  phase === "deleting" || phase === "deleted" ? "gone" : "running";
