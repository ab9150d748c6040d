import type { SharedThing } from "../lifecycle/instance.ts";
import type { Account, Ports } from "./ports.ts";
import { sharedResources } from "./shared-resources.ts";

/** Shorter than a lease may be at most. */
const LEASE_MS = 50_000;
/** What is begun with less than this left might arrive when the lease is over. */
const MARGIN_MS = 10_000;

/** So many looks in a row, a sweep apart, that show none: a list may be later than it should be. */
const LOOKS = 3;

export type RemoveShared = (account: Account, signal: AbortSignal) => Promise<void>;

/**
 * Removes what no instance wants any more, if it was made because one did. Whoever comes to want it meanwhile waits until
 * this is over. A removal that is cut off is taken up by the next one, once its lease is over.
 */
export function createRemoveShared(ports: Ports): RemoveShared {
  const { store, log } = ports;
  /** How many looks in a row showed none of it. */
  const absent = new Map<string, number>();
  return async (account, signal) => {
    for (const { uses, ...thing } of await store.shared(account.name)) {
      if (signal.aborted) return;
      const key = [account.name, thing.kind, thing.place, thing.name].join("\n");
      const looks = uses > 0 ? 0 : (absent.get(key) ?? 0);
      absent.delete(key);
      if (uses > 0) continue;
      try {
        const left = await removeOne(ports, account, { thing, signal, isLast: looks + 1 >= LOOKS });
        if (left === 0 && looks + 1 < LOOKS) absent.set(key, looks + 1);
      } catch (error) {
        if (signal.aborted) return;
        log.warn(
          { account: account.name, ...thing, err: error },
          "what nobody wants any more is still there",
        );
      }
    }
  };
}

/** How many of ours there were; undefined when another worker is at it. */
async function removeOne(
  ports: Ports,
  account: Account,
  { thing, signal, isLast }: { thing: SharedThing; signal: AbortSignal; isLast: boolean },
): Promise<number | undefined> {
  const { store, clock, random, log } = ports;
  const { provider } = account;
  const resources = sharedResources(provider, thing.kind);
  const zone = provider.zones.find((each) => resources?.placeOf(each) === thing.place);
  if (!resources || zone === undefined) return undefined;

  // 1. From here on nobody begins to use it.
  const token = Buffer.from(random.bytes(12)).toString("hex");
  const now = clock.now();
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  clock.sleep(LEASE_MS - MARGIN_MS, until).then(
    () => ended.abort(new Error("the time to remove it is over")),
    () => undefined,
  );
  try {
    if (!(await store.takeShared(account.name, thing, { token, now, until: now + LEASE_MS })))
      return undefined;

    // 2. What stood before, or was made by somebody who asked for it by itself, stays. What somebody else uses stays
    // for now: it is theirs as well. An attempt that was cut off may have left a second one of the name.
    const owner = await store.owner();
    const all = await resources.list(zone, { signal: until });
    const ours = all.filter((one) => one.name === thing.name && one.onDemand && one.owner === owner);
    for (const { id } of ours) {
      until.throwIfAborted();
      if ((await resources.discard(id, zone, { signal: until })) === "gone")
        log.info({ account: account.name, ...thing, id }, "removed with the last that wanted it");
    }

    // 3. Forgotten once enough looks showed none.
    await store.dropShared(account.name, thing, { token, removed: ours.length === 0 && isLast });
    return ours.length;
  } finally {
    ended.abort("it is over");
  }
}
