import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";

/** The rows of one installation in a simulated world. They outlive its processes, each of which opens them for itself. */
export interface SimStore {
  /** As the world itself sees them: no process has it open. */
  truth: Store;
  /** A process can die while a call is under way. */
  takesTime: boolean;
  /** For a process that starts. What is asked before it is open waits. */
  open(): OpenSimStore;
  /** Resolves when no call is under way any more: whether there was one. Virtual time stands still so long. */
  settled(): Promise<boolean>;
  /** The world is over. */
  close(): Promise<void>;
}

export interface OpenSimStore {
  store: Store;
  /** Its process died: what it had under way may still be done, or not, and it asks for nothing more. */
  die(): void;
}

export interface SimStoreOptions {
  seed: number;
  /** The true time. */
  clock: Clock;
  /** What the machine of the store takes for the time. */
  wall: Clock;
}

export type MakeSimStore = (options: SimStoreOptions) => Promise<SimStore>;
