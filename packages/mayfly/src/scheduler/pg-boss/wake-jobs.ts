/** What a row's transaction has made of the time at which the row is looked at next. */
export interface RowTime {
  id: string;
  /** `claimed`: at the lease's end. `released`: somebody may have asked meanwhile that it is looked at. */
  why: "inserted" | "claimed" | "changed" | "released";
  /** Undefined: never. */
  at: number | undefined;
}

/** Runs a statement inside somebody's transaction. */
export type Execute = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

export interface Wake {
  id: string;
  at: number;
  /** Somebody wants a look; else it is only the row's own time. */
  asked: boolean;
}

/** A job that this process has taken: nobody else gets it. */
export interface TakenJob {
  id: string;
  instanceId: string;
  asked: boolean;
  retryCount: number;
}

/**
 * The jobs that wake instances: at most one that waits for each. Only what is due soon has one: what is asked of them
 * costs the more the more there are. Times are counted from now, so that the database's clock need not be ours.
 */
export interface WakeJobs {
  /** In the row's own transaction. Only what is due beyond the horizon gets no job: `add` brings it nearer that time. */
  write(execute: Execute, time: RowTime): Promise<void>;
  /** A job could not be written, and the row was written without it. */
  failed(error: unknown): void;

  /** Replaces the wakes of these instances, however many, by two statements. */
  replace(wakes: readonly Wake[]): Promise<void>;
  /** Gives those a job that have none. */
  add(wakes: readonly Wake[]): Promise<void>;
  /** When each job that waits is due. */
  waiting(): Promise<Map<string, number>>;
  /** Takes jobs that are due, at most so many. */
  take(limit: number): Promise<TakenJob[]>;
  drop(jobs: readonly TakenJob[]): Promise<void>;

  /** Whether the tables of the jobs have gone; then nothing works until `repair`. */
  broken(): boolean;
  /** Makes again what is missing. Several processes may at once. */
  repair(): Promise<void>;
  close(): Promise<void>;
}

/** What is due later than this from now has no job yet. */
export const HORIZON_MS = 150_000;
