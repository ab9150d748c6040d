import { costOf } from "../lifecycle/cost-of.ts";
import type { CostFigures } from "../lifecycle/cost-of.ts";
import type { Desired, EventKind, Instance, InstanceEvent, Phase, Ready } from "../lifecycle/instance.ts";

/** An instance as it goes out: ISO times, no user data, no lease. */
export interface InstanceView {
  id: string;
  name: string;
  account: string;
  zone: string;
  type: string;
  image: string;
  /** What the machine is called in the cloud, where that is not the instance's name. */
  machineName?: string;
  phase: Phase;
  reason?: string;
  desired: Desired;
  /** What makes it `running`. */
  ready: Ready;
  /** Whether its machine ends itself a while after its deadline, should nobody else do it. */
  failsafe: boolean;
  /** While its machine runs and that is not so yet: since when, and why not. */
  awaiting?: { since: string; heard?: string };
  /** The end of its boot log, when cloud-init failed or ended with warnings. Its guest wrote it. */
  bootLog?: string[];
  expiresAt: string;
  maxExpiresAt: string;
  onExpiry: "delete" | "stop";
  retainUntil?: string;
  machineId?: string;
  ips: string[];
  tags: string[];
  origin: "request" | "found";
  createdAt: string;
  readyAt?: string;
  endedAt?: string;
  lastError?: { code: string; message: string; at: string };
  /** What somebody else did to its machine last, and what was done about it. */
  lastDrift?: { reason: string; at: string };
  /** Since when something does not go as it should. */
  troubleSince?: string;
  /** Absent: nobody knows. */
  cost?: CostView;
  version: number;
}

/** By price lists, in whole millionths of the currency's unit; what the cloud's bill rounds is not in it. */
export interface CostView {
  currency: "EUR" | "USD";
  /** Of when those prices are that the cloud itself does not say. */
  pricesOf?: string;
  /** As it is now: a stopped machine costs its volumes, and what is gone nothing. */
  microsPerHour: number;
  microsSoFar: number;
  /** When its deadline comes, or, once that has stopped it, the end of its retention. */
  microsAtDeadline: number;
  /** What is in none of these, since no price list has it. @default none */
  unpriced?: CostFigures["unpriced"];
}

export interface EventView {
  seq: number;
  at: string;
  instanceId: string;
  kind: EventKind;
  phase: Phase;
  reason?: string;
  expiresAt: string;
}

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNot = (ms: number | undefined) => (ms === undefined ? undefined : iso(ms));

/** @param now what it costs so far is reckoned by */
export function instanceView(row: Instance, now: number): InstanceView {
  return {
    id: row.id,
    name: row.name,
    account: row.account,
    zone: row.spec.zone,
    type: row.spec.type,
    image: row.spec.image,
    machineName: row.spec.machineName,
    phase: row.phase,
    reason: row.reason,
    desired: row.desired,
    ready: row.spec.ready,
    failsafe: row.spec.failsafe ?? false,
    awaiting: awaitingView(row),
    bootLog: row.bootLog,
    expiresAt: iso(row.expiresAt),
    maxExpiresAt: iso(row.maxExpiresAt),
    onExpiry: row.onExpiry,
    retainUntil: isoOrNot(row.retainUntil),
    machineId: row.footprint.machine,
    ips: row.ips,
    tags: row.spec.tags,
    origin: row.origin,
    createdAt: iso(row.createdAt),
    readyAt: isoOrNot(row.readyAt),
    endedAt: isoOrNot(row.endedAt),
    lastError: row.lastError && { ...row.lastError, at: iso(row.lastError.at) },
    lastDrift: row.lastDrift && { ...row.lastDrift, at: iso(row.lastDrift.at) },
    troubleSince: isoOrNot(row.troubleSince),
    cost: costView(row, now),
    version: row.version,
  };
}

export const eventView = (event: InstanceEvent): EventView => ({
  ...event,
  at: iso(event.at),
  expiresAt: iso(event.expiresAt),
});

const awaitingView = ({ awaiting, desired }: Instance): InstanceView["awaiting"] =>
  awaiting && desired === "running" ? { since: iso(awaiting.since), heard: awaiting.heard } : undefined;

function costView(row: Instance, now: number): CostView | undefined {
  const figures = costOf(row, now);
  if (!figures) return undefined;
  const { currency, pricesOf, perHour, soFar, atDeadline, unpriced } = figures;
  return {
    currency,
    pricesOf,
    microsPerHour: perHour,
    microsSoFar: soFar,
    microsAtDeadline: atDeadline,
    unpriced: unpriced.length === 0 ? undefined : unpriced,
  };
}
