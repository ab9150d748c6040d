import type { SharedThing } from "../lifecycle/instance.ts";
import type { Account, Ports } from "./ports.ts";
import { sharedResources } from "./shared-resources.ts";

/** Shorter than a lease may be at most. */
const LEASE_MS = 50_000;
/** What is begun with less than this left might arrive when the lease is over. */
const MARGIN_MS = 10_000;

/**
 * Removes what no instance wants any more, if it was made because one did. Whoever comes to want it meanwhile waits until
 * this is over. A removal that is cut off is taken up by the next one, once its lease is over.
 */
export async function removeShared(ports: Ports, account: Account, signal: AbortSignal): Promise<void> {
  const { store, log } = ports;
  for (const { uses, ...thing } of await store.shared(account.name)) {
    if (uses > 0 || signal.aborted) continue;
    try {
      await removeOne(ports, account, thing, signal);
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ account: account.name, ...thing, err: error }, "what nobody wants any more is still there");
    }
  }
}

async function removeOne(
  ports: Ports,
  account: Account,
  thing: SharedThing,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, random, log } = ports;
  const { provider } = account;
  const resources = sharedResources(provider, thing.kind);
  const zone = provider.zones.find((each) => resources?.placeOf(each) === thing.place);
  if (!resources || zone === undefined) return;

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
    if (!(await store.takeShared(account.name, thing, { token, now, until: now + LEASE_MS }))) return;

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

    // 3. Forgotten once a later look shows none.
    await store.dropShared(account.name, thing, { token, removed: ours.length === 0 });
  } finally {
    ended.abort("it is over");
  }
}
