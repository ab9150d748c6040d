import type { EventKind, Instance, InstanceEvent, SharedThing } from "../lifecycle/instance.ts";
import type { Sighting } from "../lifecycle/observed.ts";

/**
 * The rows, the truth of this system. Every method is one transaction: it is done whole and durable when its promise
 * resolves, or not at all. Busy, full or unreachable storage rejects with `StoreError`; nothing is retried here.
 */
export interface Store {
  /** This installation's id, made once by the first migration. */
  owner(): Promise<string>;

  /**
   * Writes a new row and its event. A repeat with the same `idempotencyKey`, within a week by the rows' `createdAt`,
   * returns the first row. A name that a row
   * which is not deleted has already is refused with `name_taken`. A `foundKey` that a row which is not deleted has
   * already returns that row. So does a `deliveryKey` that is not acknowledged yet. Rejects with `lease_lost` when another
   * token has taken the `duty` by which it is inserted.
   */
  insert(
    row: NewInstance,
    options?: { idempotencyKey?: string; foundKey?: string; deliveryKey?: string; duty?: DutyHeld },
  ): Promise<{ instance: Instance; created: boolean }>;
  /** Keys of deliveries whose row is written and whose message may still lie where it came from. */
  unacknowledged(): Promise<string[]>;
  /**
   * The message is gone from there: the next one with this key is another order. A repeat changes nothing. Neither does
   * somebody who does it by a `duty` that another token has taken.
   */
  acknowledge(deliveryKey: string, duty?: DutyHeld): Promise<void>;

  /** The row that was inserted with this key, as long as the key is kept. */
  inserted(idempotencyKey: string): Promise<Instance | undefined>;
  get(id: string): Promise<Instance | undefined>;
  /** By id, then by cloud id of the machine, then by name; rows that are not deleted win over those that are, younger over older. */
  find(reference: string): Promise<Instance | undefined>;
  /** Ordered by id descending of creation (youngest first); `cursor` is the last id of the page before. */
  list(query: ListInstances): Promise<{ instances: Instance[]; cursor?: string }>;

  /**
   * Takes the lease of a row that nobody holds (or whose holder's lease ended by `now`) and raises its version. A lease
   * that ends more than a minute after `now` was written by a clock that was wrong, and holds nothing.
   * Undefined when the row is held by another, is absent, or is deleted.
   */
  claim(id: string, lease: { token: string; now: number; until: number }): Promise<Instance | undefined>;
  /** Sets the end of every lease that this token holds and that has not ended. One write for all. */
  renew(token: string, now: number, until: number): Promise<void>;
  /**
   * Reads the row, applies `change`, and writes what it returns with version + 1 and its events, in one transaction.
   * `change` is pure and may throw: then nothing is written and the throw passes through. When it returns undefined
   * nothing is written and the row comes back as it is.
   * Rejects with `lease_lost` when `guard.token` no longer holds the row, with `version_moved` when the version differs
   * from `guard.version`, with `no_such_instance` when there is no row.
   */
  update(id: string, guard: Guard, change: (row: Instance) => Change | undefined): Promise<Instance>;

  /** Ids whose `nextActionAt` is at most `now`, earliest first, of rows that nobody holds. */
  due(now: number, limit: number): Promise<string[]>;
  /** The earliest moment at which `due` can have something new: a `nextActionAt`, or the end of a lease in its way. */
  nextDueAt(now: number): Promise<number | undefined>;
  /** Every row that the observe loop watches, of this account. */
  watched(account: string): Promise<Instance[]>;
  /** How many instances of this account wait to be made, or are being made. */
  provisioning(account: string): Promise<number>;
  /** Every zone in which this account ever had an instance. */
  zonesUsed(account: string): Promise<string[]>;

  /** Events with `seq` greater than `after`, in order; `seq` rises with commit order. */
  events(query: { after: number; instanceId?: string; limit: number }): Promise<InstanceEvent[]>;
  /** `seq` of the last event, 0 when there is none. */
  lastEvent(): Promise<number>;
  /** Resolves at the next committed event of this process, or when the signal aborts. */
  eventCommitted(signal: AbortSignal): Promise<void>;

  /** What the sweep has seen once and will act on when it sees it again. Replaces the whole list of this scope. */
  setSuspects(scope: string, suspects: Suspect[]): Promise<void>;
  suspects(scope: string): Promise<Suspect[]>;

  /** What instances of this account share (`uses` of their rows): used still, or not removed yet by anybody. */
  shared(account: string): Promise<(SharedThing & { uses: number })[]>;
  /**
   * Takes a shared thing to remove it. False when an instance wants it, when another worker holds it at `now`, or when it
   * is not known.
   */
  takeShared(
    account: string,
    thing: SharedThing,
    lease: { token: string; now: number; until: number },
  ): Promise<boolean>;
  /** Whether a worker is removing it: who wants it waits until that is over. */
  sharedIsTaken(account: string, thing: SharedThing, now: number): Promise<boolean>;
  /**
   * Gives it back: forgotten when it was removed and no instance came to want it meanwhile. Nothing happens when another
   * token holds it.
   */
  dropShared(
    account: string,
    thing: SharedThing,
    outcome: { token: string; removed: boolean },
  ): Promise<void>;

  /**
   * Takes a duty that one process does for all (`watch/<account>`, say), or prolongs it: one token has it at a time.
   * False when another token has it at `now`; the rules of leases are those of `claim`.
   */
  takeDuty(name: string, lease: { token: string; now: number; until: number }): Promise<boolean>;
  /** Gives it back before its time. Nothing happens when another token has it. */
  leaveDuty(name: string, token: string): Promise<void>;
  /** Every duty that somebody has at `now`, by name. */
  duties(now: number): Promise<Duty[]>;

  /**
   * Keeps what the holder of a duty saw of instances, each in place of what was seen of it before. False, and nothing is
   * kept, when another token has taken the duty, be it long ago. What is seen of a deleted row is not kept, and what is
   * kept is erased when the row becomes so.
   */
  observe(duty: DutyHeld, sightings: Sighting[]): Promise<boolean>;
  /** What was seen last of this instance; undefined when nothing is kept. */
  observed(id: string): Promise<Sighting | undefined>;
  /**
   * Resolves when some process has written a row of this account that is watched and that nobody holds any more, or when
   * the signal aborts. It may resolve for nothing, and a write of another process may be missed: whoever waits looks now and then all the same.
   */
  watchedChanged(account: string, signal: AbortSignal): Promise<void>;

  /**
   * Takes calls out of the account's bucket, which all its processes share. Answers the moment from which they may go out:
   * at once when it is not after `now`. Calls that never go out are lost. A bucket that is empty for more than ten minutes
   * to come was emptied by a wrong clock, and is full.
   */
  takeCalls(account: string, calls: CallsTaken): Promise<number>;
  /** What is taken after this goes out after `until`. */
  holdCalls(account: string, hold: { now: number; until: number }): Promise<void>;

  /** Epoch milliseconds by the store's own clock, the one that all its processes have in common. */
  now(): Promise<number>;

  close(): Promise<void>;
}

export interface CallsTaken {
  now: number;
  /** In how long as many come into the bucket as are taken, in ms. */
  costMs: number;
  /** In how long an empty bucket is full, in ms; at least `costMs`. */
  burstMs: number;
}

/** By which duty something is done, and by whom. */
export interface DutyHeld {
  name: string;
  token: string;
}

export interface Duty extends DutyHeld {
  /** When it is free unless it is prolonged. */
  until: number;
}

export type NewInstance = Omit<Instance, "version" | "lease">;

export interface ListInstances {
  limit: number;
  cursor?: string;
  /** @default false: deleted ones are left out */
  all?: boolean;
}

export interface Guard {
  token?: string;
  version?: number;
}

export interface Change {
  row: Instance;
  /** `true` gives the lease back. @default false */
  release?: boolean;
  events?: NewEvent[];
}

export interface NewEvent {
  at: number;
  kind: EventKind;
  reason?: string;
}

export interface Suspect {
  /** `machine/<cloud id>`, `volume/…`, `address/…` */
  key: string;
  firstSeenAt: number;
}
