import type { Mutant } from "./mutant.ts";

/** Mistakes that the simulation has to notice. */
export const mutants: Mutant[] = [
  one("an unknown create is repeated without a look", "P3", "lifecycle/towards-running.ts", [
    `if (!known && !launch.uncertain) return { kind: "create" };`,
    `if (!known) return { kind: "create" };`,
  ]),
  one("the visibility gap is not waited for", "P3", "lifecycle/absence.ts", [
    "Math.max(endedAt, at.steadySince) + at.visibilityGapMs",
    "Math.max(endedAt, at.steadySince)",
  ]),
  one("a failed create is taken for one that made nothing", "P3", "controllers/perform.ts", [
    `uncertain: error.code === "unavailable"`,
    "uncertain: false",
  ]),
  one("a look from before an action counts", "P3", "controllers/observe.ts", [
    "return isLater(look, row) ? look : undefined;",
    "return look;",
  ]),
  one("a machine is ended before its ids are in the row", "P1", "lifecycle/decide.ts", [
    `if (absorbed) return { kind: "write", row: absorbed };`,
    `if (absorbed && row.desired !== "gone") return { kind: "write", row: absorbed };`,
  ]),
  one("volumes are forgotten", "P5", "lifecycle/towards-gone.ts", [
    `of ["volume", "address"] as const`,
    `of ["address"] as const`,
  ]),
  one("addresses are forgotten", "P5", "lifecycle/towards-gone.ts", [
    `of ["volume", "address"] as const`,
    `of ["volume"] as const`,
  ]),
  one("a volume that clings is taken for gone", "P5", "lifecycle/towards-gone.ts", [
    "if (ours.length > 0 || tooSoon(row, look.at, at))",
    "if (tooSoon(row, look.at, at))",
  ]),
  one("a machine that is not shown yet is taken for gone", "P5", "lifecycle/towards-gone.ts", [
    `if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };`,
    "",
  ]),
  one("what was not asked for is taken for absent", "P5", "controllers/look.ts", [
    "if (!ids.every((id) => asked.has(id))) return undefined;",
    "",
  ]),
  one("one look is enough to call a machine lost", "P2", "lifecycle/absence.ts", [
    `const again = missedAgain(row, lookedAt, at, at.visibilityGapMs);
  if (again !== true) return again;
  if (byId === undefined) return { kind: "watch", what: "machine" };`,
    "",
  ]),
  one("nothing is swept up", "P1", "controllers/sweep.ts", [
    "proven.slice(0, MOST_FOUND_PER_SWEEP)",
    "proven.slice(0, 0)",
  ]),
  one("one inventory is enough to condemn", "P7", "controllers/sweep.ts", [
    "now - (before.get(key) ?? now) >= MIN_QUARANTINE_MS",
    "now >= (before.get(key) ?? now)",
  ]),
  one("everybody's machines are ours", "P7", "providers/fake/fake.ts", [
    ".filter((m) => m.marks?.owner === owner)",
    "",
  ]),
  one("a machine is made without its mark", "P3", "providers/scaleway/create.ts", [
    "tags: markTags(marks, spec.tags),",
    "tags: spec.tags,",
  ]),
  one("the lease is not looked at", "P3", "store/apply-change.ts", [
    "if (guard.token !== undefined && guard.token !== lease?.token)",
    'if (guard.token === "")',
  ]),
  one("the row's version is not looked at", "P8", "store/apply-change.ts", [
    "if (guard.version !== undefined && guard.version !== version)",
    "if (guard.version === -1)",
  ]),
  one("a row can be claimed while it is held", "P3", "store/memory/writing.ts", [
    `row.phase === "deleted" || isHeld(row.lease?.until, now)`,
    `row.phase === "deleted"`,
  ]),
  one("what is being deleted can be extended", "P8", "lifecycle/request.ts", [
    `if (!can("extend", row))`,
    `if (row.phase === "deleted")`,
  ]),
  one("an extension is accepted and not kept", "P8", "lifecycle/request.ts", [
    "expiresAt: to.expiresAt,\n      retainUntil: undefined,",
    "retainUntil: undefined,",
  ]),
  one("a request is acknowledged before it is written", "P4", "controllers/insert-new.ts", [
    "const inserted = await store.insert(row, options).catch(",
    "void store.insert(row, options).catch(() => {});\n  const inserted = await Promise.resolve({ instance: row as never, created: true }).catch(",
  ]),
  one("a repeated request is a new one", "P4", "store/memory/writing.ts", [
    "idempotencyKey === undefined ? undefined : read(idempotencyKeys.get(idempotencyKey)?.id)",
    "undefined as never",
  ]),
  one("the wall clock is trusted after a jump", "P2", "controllers/trusted-time.ts", [
    "steady = now.monotonic;\n      skew = undefined;",
    "steady = now.monotonic;",
  ]),
  one("any clock is trusted", "P2", "controllers/trusted-time.ts", [
    "if (skew === undefined) return -Infinity;",
    "if (skew === undefined) return wall;",
  ]),
  one("clocks that disagree are trusted", "P2", "controllers/trusted-time.ts", [
    "Math.abs(skew) <= TOLERANCE_MS ? wall : wall + Math.min(0, skew)",
    "wall",
  ]),
  one("an answer may be as old as the clock is wrong", "P2", "controllers/trusted-time.ts", [
    "wall - (clock.monotonic() - sentAt)",
    "wall - 3_600_000",
  ]),
  one("what is kept after its deadline is not kept", "P2", "lifecycle/ending.ts", [
    "retainUntil: row.expiresAt + row.retainMs",
    "retainUntil: row.expiresAt",
  ]),
  one("a deadline is a minute early", "P2", "lifecycle/ending.ts", [
    "if (over(row.expiresAt)) {",
    "if (over(row.expiresAt - 60_000)) {",
  ]),
  one("a deadline is two seconds late", "P8", "lifecycle/ending.ts", [
    "const over = (moment: number) => at.endNow >= moment;",
    "const over = (moment: number) => at.endNow >= moment + 2_000;",
  ]),
  one("an extension may go beyond the cap", "P8", "lifecycle/request.ts", [
    "if (to.expiresAt > row.maxExpiresAt)",
    "if (row.maxExpiresAt < 0)",
  ]),
  one("an extension is granted against a deadline that has moved", "P8", "lifecycle/request.ts", [
    "if (to.ifExpiresAt !== undefined && to.ifExpiresAt !== row.expiresAt)",
    "if (to.ifExpiresAt === -1)",
  ]),
  one("cloud-init comes after the power", "cloud-init", "providers/scaleway/create.ts", [
    `if (userData !== undefined && machine.state === "stopped") {`,
    `if (userData !== undefined && machine.state !== "stopped") {`,
  ]),
  one("user data are not erased", "P10", "lifecycle/towards-gone.ts", [
    "const { userData: _erased, ...spec } = row.spec;",
    "const { ...spec } = row.spec;",
  ]),
  one("a wake is dropped: the next due row is not waited for", "P8", "scheduler/timer.ts", [
    "if (nextDueAt > clock.now()) return lookAt(nextDueAt);",
    "if (nextDueAt > clock.now()) return;",
  ]),
  one("a new request wakes nobody", "P8", "controllers/insert-new.ts", [
    "await scheduler.wake(inserted.instance.id, clock.now());",
    "",
  ]),
  one("what somebody waits for in the cloud is not looked at", "P8", "controllers/reconcile.ts", [
    "if (watched) eyes.get(row.account)?.poke(row);",
    "",
  ]),
  one("a delete is tried three times", "P6", "controllers/perform.ts", [
    "retryAt: now + pauseMs,",
    'retryAt: act.kind === "delete" && failures > 2 ? now + 8 * 60_000 : now + pauseMs,',
  ]),
  one("who takes over does not end the attempt", "P6", "controllers/reconcile.ts", [
    "if (!launch || launch.endedAt !== undefined) return row;",
    "if (launch !== null) return row;",
  ]),
  one("what another machine holds is waited for", "P6", "lifecycle/towards-gone.ts", [
    "look.parts.filter(({ attachedTo }) => attachedTo && others.includes(attachedTo))",
    "look.parts.filter(() => false)",
  ]),
  one("what is shared stays when nobody wants it any more", "P1", "controllers/remove-shared.ts", [
    `(await resources.discard(id, zone, { signal: until })) === "gone"`,
    "zone",
  ]),
  one("volumes beside the root are made without a mark", "P1", "providers/scaleway/data-volumes.ts", [
    "tags: markTags(marks, []),",
    "tags: [],",
  ]),
  one("a worker that stood still goes on making", "P5", "controllers/perform.ts", ["hold.expectHeld();", ""]),
  one("a lease is prolonged by who does not hold it", "P3", "store/memory/writing.ts", [
    "row.lease?.token === token && row.lease.until > now",
    "row.lease !== undefined && row.lease.until > now",
  ]),
  one("a lease that has ended is prolonged", "P3", "store/memory/writing.ts", [
    "row.lease?.token === token && row.lease.until > now",
    "row.lease?.token === token",
  ]),
  one("what a worker does is told in no event", "events", "store/memory/writing.ts", [
    "events.push(...applied.events);",
    "if (guard.token === undefined) events.push(...applied.events);",
  ]),
  one("an event is written twice", "events", "store/memory/writing.ts", [
    "events.push(...applied.events);",
    "events.push(...applied.events, ...applied.events);",
  ]),
  one("an event comes before the guard that refuses its change", "events", "store/memory/writing.ts", [
    "const applied = applyChange(before, guard, change);\n      if (!applied) return before;",
    "const applied = applyChange(before, {}, change);\n      if (!applied) return before;\n      events.push(...applied.events.splice(0));\n      applyChange(before, guard, change);",
  ]),
  one("an ending's event has user data in it", "P10", "lifecycle/ending.ts", [
    "`its lifetime is over; kept for ${formatDuration(row.retainMs)}`",
    "`its lifetime is over; kept for ${formatDuration(row.retainMs)} ${row.spec.userData}`",
  ]),
  one("one stray is given two rows", "P3", "controllers/sweep.ts", [
    "{ foundKey: `${account.name}/${stray.key}` }",
    "{}",
  ]),
  one("who takes over gives up when a request comes between", "P6", "controllers/reconcile.ts", [
    "return taken.moved ? takenOver(taken.row) : taken.row;",
    "return taken.row;",
  ]),
  one("volumes and addresses are not swept up", "P1", "lifecycle/unclaimed.ts", [
    "...inventory.parts\n",
    "...inventory.parts.slice(0, 0)\n",
  ]),
  one("a found address is not in its row", "P1", "controllers/sweep.ts", [
    "else footprint.addresses.push(part.id);",
    "else void part.id;",
  ]),
  one("a list that lacks items is taken for whole", "P5", "../../scaleway/src/list-all.ts", [
    "if (items.length !== due)",
    "if (items.length > due)",
  ]),
  one("the cloud's word is enough, whatever is waited for", "ready", "lifecycle/towards-running.ts", [
    `const isReady = row.spec.ready === "cloud" || row.readyAt !== undefined;`,
    "const isReady = true;",
  ]),
  one("a failed cloud-init is taken for ready", "ready", "controllers/read-report.ts", [
    `case "done":`,
    `case "error":\n      case "done":`,
  ]),
  one("any report is taken for a good one", "ready", "controllers/read-report.ts", [
    `return { kind: "not-yet", why: "what its guest reported of cloud-init cannot be read" };`,
    `return { kind: "ready" };`,
  ]),
  one("what reports is left out", "ready", "providers/scaleway/create.ts", [
    "const userData = guestUserData(spec);",
    "const { userData } = spec;",
  ]),
  one("a guest that failed is waited for", "ready", "lifecycle/hear.ts", [
    `case "failed": {`,
    `case "failed": {\n      if (row.desired === "running")\n        return hear(row, { kind: "not-yet", why: heard.why }, now);`,
  ]),
  one("a stopped machine costs on", "costs", "lifecycle/metering.ts", [
    `    case undefined:\n    case "stopped":\n`,
    `    case "stopped":\n      return row;\n    case undefined:\n`,
  ]),
  one("what a machine cost before it was stopped is forgotten", "costs", "lifecycle/meter.ts", [
    "{ ms: readMs(meter, at) }",
    "{ ms: readMs({ ...meter, ms: 0 }, at) }",
  ]),
  one("what is gone costs on", "costs", "lifecycle/towards-gone.ts", [
    "settled(allGone(row, observed, at.now))",
    "settled(row)",
  ]),
  one("the token of a create changes while nobody knows what came of it", "P3", "controllers/perform.ts", [
    "const series = launch?.uncertain ? (launch.series ?? launch.attempts) : attempts;",
    "const series = attempts;",
  ]),
  one("a machine is not told how it ends when it shuts itself down", "shutdown", "controllers/perform.ts", [
    "onExpiry: row.onExpiry,",
    "",
  ]),
  one("what is over and still shown is taken for there", "P6", "providers/fake/fake.ts", [
    ".filter(isThere)",
    "",
  ]),
  one("a stop by hand is put right without a word", "drift", "lifecycle/towards-running.ts", [
    `if (row.phase === "running" || row.awaiting)`,
    "if (at.now === -1)",
  ]),
  one(
    "a mark that somebody changed is written anew without a word",
    "drift",
    "lifecycle/towards-running.ts",
    ["if (wrong !== undefined && row.marked === markOf(row))", "if (wrong !== undefined && at.now === -1)"],
  ),
  one("the sweep passes over what somebody did by hand", "P8", "controllers/sweep.ts", [
    `if (decision.kind !== "sleep" && !(decision.kind === "watch" && row.watched))`,
    `if (decision.kind === "mark")`,
  ]),
  one("the limiter lets everything through", "limiter", "providers/limiter.ts", [
    "await until(clock.monotonic() + waitMs);",
    "",
  ]),
  one(
    "a call that waited for its turn goes out, whoever is at it by now",
    "P3",
    "providers/limited-fetch.ts",
    ["fence?.();", ""],
  ),
  one("a process that has no other reason asks no cloud what time it is", "P8", "controllers/time-asker.ts", [
    "if (time.endNow() === -Infinity) await hear(signal);",
    "",
  ]),
  one("what a dead process did for all is nobody's any more", "P6", "store/memory/duties.ts", [
    "holder.token !== token && isHeld(holder.until, now)",
    "holder.token !== token",
  ]),
  one("each machine goes by its own clock", "P2", "controllers/store-clock.ts", [
    "zero === undefined ? base.now() : Math.floor(zero + base.monotonic())",
    "base.now()",
  ]),
  inStore("sqlite", "a row that another holds is claimed in SQLite", "P3", "store/sql.ts", [
    "phase <> 'deleted' AND ${UNHELD}\n    RETURNING",
    "phase <> 'deleted' AND :now > 0\n    RETURNING",
  ]),
  inStore("sqlite", "what a worker does is told in no event in SQLite", "events", "store/sqlite/writing.ts", [
    "applied.events.forEach(addEvent);",
    "if (!before.lease) applied.events.forEach(addEvent);",
  ]),
  inStore(
    "postgres",
    "two who write one row in PostgreSQL do not wait for each other",
    "P8",
    "store/postgres/writing.ts",
    ["`${sql.byId} FOR UPDATE`", "sql.byId"],
  ),
  {
    name: "events are written after the commit in PostgreSQL",
    breaks: "events",
    store: "postgres",
    edits: [
      {
        file: "store/postgres/session.ts",
        find: `[...writeEvents(events, news.channel), ...told.map(news.tell), "COMMIT"]`,
        replace: `[...told.map(news.tell), "COMMIT", ...writeEvents(events, news.channel)]`,
      },
    ],
  },
];

function one(name: string, breaks: string, file: string, [find, replace]: [string, string]): Mutant {
  return { name, breaks, edits: [{ file, find, replace }] };
}

function inStore(store: Mutant["store"], ...of: Parameters<typeof one>): Mutant {
  return { ...one(...of), store };
}
