import { limits } from "../api/limits.ts";
import { decide } from "../lifecycle/decide.ts";
import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Footprint, Instance } from "../lifecycle/instance.ts";
import { instanceId, isInstanceId } from "../lifecycle/instance-id.ts";
import { unclaimed } from "../lifecycle/unclaimed.ts";
import type { Living, Unclaimed } from "../lifecycle/unclaimed.ts";
import type { NewInstance, Suspect } from "../store/store.ts";
import { circumstances } from "./circumstances.ts";
import type { Tenure } from "./duties.ts";
import type { Observer } from "./observe.ts";
import type { Account, Ports } from "./ports.ts";

export const SWEEP_EVERY_MS = 60_000;
const MIN_AGE_MS = 30_000;
/** How far the deadline of an instance whose row was lost may still be moved. */
const KEPT_EXTENSION_MS = 7 * 86_400_000;
/** Two inventories that prove something are at least this far apart, however often the process restarts. */
const MIN_QUARANTINE_MS = 30_000;
/** The deletion budget of a zone: a mistake of ours, or of somebody's with our mark, stays small. */
const MOST_FOUND_PER_SWEEP = 50;

export interface SweepReport {
  at: number;
  machines: number;
  suspects: number;
  found: number;
}

/**
 * Compares one account's cloud with the rows, zone by zone: gives a row to what nobody claims, and wakes those whose
 * machine is not as it should be. From a zone whose inventory is not complete nothing is concluded; it throws once the
 * others are done.
 */
export async function sweep(
  ports: Ports,
  account: Account,
  observer: Observer,
  tenure: Tenure,
): Promise<SweepReport> {
  const { store, scheduler, clock } = ports;
  const used = new Set([account.defaultZone, ...(await store.zonesUsed(account.name))]);
  const zones = account.sweepAllZones ? account.provider.zones : [...used];
  const swept = await Promise.allSettled(
    zones.map((zone) => sweepZone(ports, account, { zone, observer, tenure })),
  );

  // Machines that vanished, stopped or started behind our back.
  const rows = [...(await readLiving(ports)).byId.values()].filter((row) => row.account === account.name);
  observer.met(rows);
  const toWake = rows.filter((row) => {
    const decision = decide(row, observer.of(row), circumstances(ports, account));
    return decision.kind !== "sleep" && !(decision.kind === "watch" && row.watched);
  });
  // Whoever ends one soon needs no look of his own first.
  const endsSoon = (row: Instance) => (row.nextActionAt ?? Infinity) < clock.now() + 2 * SWEEP_EVERY_MS;
  await observer.publish([...new Set([...toWake, ...rows.filter(endsSoon)])]);
  await scheduler.wakeNow(toWake.map(({ id }) => id));

  const report: SweepReport = { at: clock.now(), machines: 0, suspects: 0, found: 0 };
  for (const zone of swept) {
    if (zone.status === "rejected") throw zone.reason;
    for (const key of ["machines", "suspects", "found"] as const) report[key] += zone.value[key];
  }
  return report;
}

async function sweepZone(
  ports: Ports,
  account: Account,
  { zone, observer, tenure }: { zone: string; observer: Observer; tenure: Tenure },
): Promise<Omit<SweepReport, "at">> {
  const { store, clock, time, log } = ports;
  const scope = `${account.name}/${zone}`;

  // 1. The cloud first, then the rows: whatever the cloud showed had its row before.
  const kinds = new Set(["machine", "volume", "address"] as const);
  const began = observer.begins();
  const owner = await store.owner();
  const inventory = await account.provider.list({
    owner,
    zones: [zone],
    kinds,
    ids: new Set(),
    signal: tenure.signal,
  });
  observer.learn(inventory, [zone], began);
  const living = await readLiving(ports);

  // 2. What nobody claims is suspected, and given a row when a later inventory shows it again.
  // By the cloud's clock, which has just been heard: ours may have been set since the look before, also while nobody ran.
  const now = clock.now() + (time.skewMs() ?? 0);
  // A suspicion from the future was written by a clock that was wrong.
  const before = new Map(
    (await store.suspects(scope)).map(({ key, firstSeenAt }) => [key, Math.min(firstSeenAt, now)]),
  );
  const strays = unclaimed(inventory, living, { now, minAgeMs: MIN_AGE_MS });
  const proven = strays.filter(({ key }) => now - (before.get(key) ?? now) >= MIN_QUARANTINE_MS);
  const budgeted = proven.slice(0, MOST_FOUND_PER_SWEEP);
  // Whoever stood still since that inventory concludes nothing from it: another may have made one meanwhile.
  tenure.expectHeld();
  for (const stray of budgeted) await giveRow(ports, account, stray);
  const suspects: Suspect[] = strays
    .filter((stray) => !budgeted.includes(stray))
    .map(({ key }) => ({ key, firstSeenAt: before.get(key) ?? now }));
  if (suspects.length > 0 || before.size > 0) await store.setSuspects(scope, suspects);
  if (proven.length > budgeted.length)
    log.error(
      { account: account.name, zone, waiting: proven.length - budgeted.length },
      "the deletion budget is spent: more was found than one sweep may delete",
    );
  return { machines: inventory.machines.length, suspects: suspects.length, found: budgeted.length };
}

/** The rows of every account: two of them may show the same cloud, or one may have changed its name. */
async function readLiving({ store }: Ports): Promise<Living & { byId: Map<string, Instance> }> {
  const byId = new Map<string, Instance>();
  const byCloudId = new Map<string, Instance>();
  let cursor: string | undefined;
  do {
    const page = await store.list({ limit: 500, cursor });
    for (const row of page.instances) {
      byId.set(row.id, row);
      const { machine, volumes, addresses } = row.footprint;
      for (const id of [machine, ...volumes.map((volume) => volume.id), ...addresses])
        if (id) byCloudId.set(id, row);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { byId, byCloudId };
}

async function giveRow(ports: Ports, account: Account, stray: Unclaimed): Promise<void> {
  const { store, scheduler, clock, random, log } = ports;
  const thing = stray.machine ?? stray.part;
  const marked = thing.instanceId ?? "";
  const known = marked === "" ? undefined : await store.get(marked);
  // Its row is not deleted but gone altogether: the home was lost. The mark cannot end it before its time.
  const orphanOfHome =
    stray.machine && !known && isInstanceId(marked) && (stray.machine.expiresAt ?? 0) > clock.now();
  const id = orphanOfHome ? marked : instanceId(random.bytes(8));
  // Anybody in the project can write a mark: none stands for longer than an instance may be asked for.
  const latest = clock.now() + limits.maxLifetimeMs;
  const keepUntil = orphanOfHome ? Math.min(stray.machine.expiresAt!, latest) : undefined;
  const row = foundRow(stray, id, account, clock.now(), keepUntil);
  const { created } = await store.insert(row, { foundKey: `${account.name}/${stray.key}` });
  log.warn(
    { account: account.name, key: stray.key, instance: marked, row: id, created },
    "unclaimed, and given a row",
  );
  await scheduler.wakeNow([id]);
}

function foundRow(
  stray: Unclaimed,
  id: string,
  account: Account,
  now: number,
  keepUntil: number | undefined,
): NewInstance {
  const thing = stray.machine ?? stray.part;
  const expiresAt = keepUntil ?? now;
  const kept = keepUntil !== undefined;
  return {
    id,
    name: `found-${id.slice(3)}`,
    account: account.name,
    spec: {
      version: 1,
      zone: thing.zone,
      type: "",
      image: "",
      ipv4: false,
      ipv6: false,
      tags: [],
      ready: "cloud",
    },
    origin: "found",
    desired: kept ? "running" : "gone",
    phase: kept ? "running" : "deleting",
    reason: kept ? "found again; its row was lost" : `${stray.key} carried our mark and nobody claimed it`,
    expiresAt,
    maxExpiresAt: kept ? expiresAt + KEPT_EXTENSION_MS : expiresAt,
    onExpiry: "delete",
    retainMs: 0,
    giveUpAt: expiresAt,
    launch: kept
      ? {
          attempts: 1,
          attemptedAt: thing.createdAt,
          endedAt: thing.createdAt,
          uncertain: false,
          confirmedAt: thing.createdAt,
        }
      : undefined,
    footprint: footprintOf(stray),
    actedAt: now,
    failures: 0,
    nextActionAt: now,
    watched: false,
    ips: stray.machine?.ips ?? [],
    createdAt: now,
    updatedAt: now,
    readyAt: kept ? now : undefined,
  };
}

function footprintOf(stray: Unclaimed): Footprint {
  if (stray.machine) {
    const { zone, id, volumes, addresses, nics } = stray.machine;
    return { version: 1, zone, machine: id, volumes, addresses, nics };
  }
  const { part } = stray;
  const footprint = emptyFootprint(part.zone);
  if (part.kind === "volume") footprint.volumes.push({ id: part.id, kind: part.type });
  else footprint.addresses.push(part.id);
  return footprint;
}
