import type { Cost } from "./cost.ts";

/** What the user asked for, and all that is known of what the cloud made of it: one row. Times are epoch milliseconds. */
export interface Instance {
  /** `mf-` and 12 lowercase Crockford base32 characters. */
  id: string;
  /** Unique among instances that are not deleted. */
  name: string;
  /** Which set of credentials, by its name in the configuration. */
  account: string;
  spec: InstanceSpec;
  /** `found`: the sweep met something marked as ours that nobody claimed, and gave it this row to be deleted by. */
  origin: "request" | "found";
  desired: Desired;
  phase: Phase;
  /** Why it is in this phase, for people. */
  reason?: string;
  /** The deadline: only an explicit extend moves it. */
  expiresAt: number;
  /** No extend goes past this. */
  maxExpiresAt: number;
  onExpiry: "delete" | "stop";
  /** How long a machine stopped by its deadline is kept before it is deleted. */
  retainMs: number;
  /** Set when the deadline stopped it: when the retention ends. */
  retainUntil?: number;
  /** Provisioning that has not succeeded by then is given up, and everything made is deleted. */
  giveUpAt: number;
  /** Tells a repeat of its request from another one with the same idempotency key; erased with the user data. */
  requestDigest?: string;
  /** What it shares with other instances by its name: counted in the store from its first row to its last. */
  uses?: SharedThing[];
  /** Absent until a create was decided: from then on a machine may exist. */
  launch?: Launch;
  /** All that was made for it, by cloud id. */
  footprint: Footprint;
  /** When the last call that changes something in the cloud began or ended; what was seen before is stale. */
  actedAt: number;
  /** The last change that the cloud accepted: lists may not show it yet. */
  asked?: Asked;
  /** Consecutive failed attempts at the present step; resets on success. */
  failures: number;
  lastError?: LastError;
  /** Since when the present trouble lasts. */
  troubleSince?: number;
  /** No call that changes something in the cloud is made before this: the pause after a failure. */
  retryAt?: number;
  /** The deadline in its machine's mark when a look last showed that mark right; 0 once it was found changed. */
  marked?: number;
  /** What somebody else did to its machine last, and what was done about it. */
  lastDrift?: { reason: string; at: number };
  /** When a look began that did not show its machine, though it should have. */
  missingSince?: number;
  /** A machine that holds what is left of it, and that no list shows: it is asked for by its id. */
  holder?: string;
  /** A machine without our mark: what that machine holds is not touched any more. */
  letGo?: string;
  /** When to look again; absent when nothing but an event or an observation can change anything. */
  nextActionAt?: number;
  /** True while the observe loop is to watch the cloud for it. */
  watched: boolean;
  /** Where it can be reached, as last seen. */
  ips: string[];
  version: number;
  lease?: Lease;
  createdAt: number;
  updatedAt: number;
  /** While its machine runs and is not ready as asked for. */
  awaiting?: Awaiting;
  /** The end of the boot log, as the guest reported it: visible text, line by line. */
  bootLog?: string[];
  /** When it was ready for the first time. */
  readyAt?: number;
  endedAt?: number;
  /** Absent in rows that were not asked for, and in those from before costs were kept. */
  cost?: Cost;
}

export type Desired = "running" | "stopped" | "gone";

export type Phase = "pending" | "provisioning" | "running" | "stopping" | "stopped" | "deleting" | "deleted";

export interface InstanceSpec {
  version: 1;
  zone: string;
  type: string;
  /** What the machine is called in the cloud. @default the instance's name */
  machineName?: string;
  /** A label such as `ubuntu_noble`, or the cloud's image id. */
  image: string;
  /** cloud-init; erased when the instance is gone. */
  userData?: string;
  ipv4: boolean;
  /** A routed IPv6, made and deleted with the machine. */
  ipv6: boolean;
  /** Root volume in GB (10^9 bytes). @default what the image brings */
  rootVolumeGb?: number;
  securityGroup?: string;
  /** By their names; see `uses`. */
  network?: string;
  firewall?: string;
  /** With a size: made for this instance. Without: found by its name, and kept. */
  volumes?: { name: string; sizeGb?: number }[];
  sshKeys?: SshKey[];
  /** The user's own tags, beside our marks. */
  tags: string[];
  ready: Ready;
  /** Its machine ends itself a while after its deadline, should nobody else do it. @default false */
  failsafe?: boolean;
}

/** What makes an instance `running`: the cloud says so, an SSH server answers, or cloud-init has ended well. */
export type Ready = "cloud" | "ssh" | "cloud-init";

export interface Awaiting {
  /** When its machine was first seen running. */
  since: number;
  /** When to ask for it next. */
  nextAt: number;
  /** Why it is not ready yet, in our own words; absent before it was asked. */
  heard?: string;
}

export interface SshKey {
  /** Made of its fingerprint. */
  name: string;
  publicKey: string;
}

/** An attempt to create. Its outcome is unknown until it is confirmed or refused. */
export interface Launch {
  attempts: number;
  /** The attempt by whose number a cloud knows a repeat: it stays while nobody knows what came of it. */
  series?: number;
  /** When the last attempt began. */
  attemptedAt: number;
  /**
   * From when on no call of it can go out any more. Absent while it is under way; whoever takes the row over from a
   * dead process writes the moment of taking over.
   */
  endedAt?: number;
  /** False when the last attempt was refused for certain, so that nothing new can appear from it. */
  uncertain: boolean;
  /** When the cloud accepted the whole of it, power-on included. */
  confirmedAt?: number;
}

export interface Footprint {
  version: 1;
  zone: string;
  machine?: string;
  volumes: FootprintVolume[];
  /** Addresses that have an id and a life of their own. */
  addresses: string[];
  nics: string[];
}

export interface FootprintVolume {
  id: string;
  /** The provider's own word for the kind of volume. */
  kind: string;
}

export interface Asked {
  /** Of which things, in the states that were seen; compared, never read. */
  what: string;
  at: number;
}

/** Something that several instances may want, found by its name or made for them. */
export interface SharedThing {
  kind: "network" | "firewall" | "key";
  /** Its zone, its region, or `everywhere`. */
  place: string;
  name: string;
}

export interface Lease {
  token: string;
  until: number;
}

export interface LastError {
  code: string;
  message: string;
  at: number;
}

/** Something that happened to an instance; kept in order, written in the transaction that made it true. */
export interface InstanceEvent {
  seq: number;
  at: number;
  instanceId: string;
  kind: EventKind;
  phase: Phase;
  reason?: string;
  expiresAt: number;
}

export type EventKind =
  | "requested"
  | "phase"
  | "extended"
  | "start-requested"
  | "stop-requested"
  | "delete-requested"
  | "expired"
  | "gave-up"
  | "lost"
  | "released"
  | "drift"
  | "found"
  | "trouble"
  | "clock-disputed";

export const emptyFootprint = (zone: string): Footprint => ({
  version: 1,
  zone,
  volumes: [],
  addresses: [],
  nics: [],
});
