import type { Instance } from "../lifecycle/instance.ts";
import type { Meddling } from "./scenario.ts";

/** What somebody else did to a machine, and how it was before. */
export interface Meddled {
  verb: Meddling;
  machine: string;
  at: number;
  before: Instance;
  wasOn: boolean;
}

/** What somebody else did to a machine, and whose it was till then: a mark may go with it. */
export interface Deed {
  verb: Meddling;
  madeFor: string | undefined;
}

/** What users were promised, and what somebody else did: kept by the simulation, compared with what the system does. */
export interface Promised {
  /** Acknowledged creates, with the latest deadline that was accepted. */
  deadlines: Map<string, number>;
  promise(id: string, expiresAt: number): void;
  /** Whose user asked for a stop or a delete: from then on its machine may be ended at any time. */
  endRequested: Set<string>;
  /** Whose user gave cloud-init. */
  withUserData: Set<string>;
  /** Whose user waits for cloud-init. */
  reporting: Set<string>;
  /** Machines that somebody else stopped, deleted or doubled. */
  meddledWith: Set<string>;
  /** All that somebody else did, one after the other. */
  deeds: Deed[];
  /** What was done to them, since the last time. */
  meddled: Meddled[];
  /** Deadlines that were asked for and may not be had. */
  refused: { id: string; expiresAt: number }[];
  /** Requests that should have been refused, since the last time. */
  wronglyAccepted: string[];
}

export function createPromised(): Promised {
  const deadlines = new Map<string, number>();
  return {
    deadlines,
    promise: (id, expiresAt) => void deadlines.set(id, Math.max(deadlines.get(id) ?? 0, expiresAt)),
    endRequested: new Set(),
    withUserData: new Set(),
    reporting: new Set(),
    meddledWith: new Set(),
    deeds: [],
    meddled: [],
    refused: [],
    wronglyAccepted: [],
  };
}
