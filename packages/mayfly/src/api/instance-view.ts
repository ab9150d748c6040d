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
  /** Since when something does not go as it should. */
  troubleSince?: string;
  version: number;
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

export function instanceView(row: Instance): InstanceView {
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
    troubleSince: isoOrNot(row.troubleSince),
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
