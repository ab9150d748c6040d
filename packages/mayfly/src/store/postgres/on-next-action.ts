/** What a transaction has made of the time at which a row is looked at next. */
export interface RowTime {
  id: string;
  /** `claimed`: at the lease's end. `released`: a wake that waits already comes at once. */
  why: "inserted" | "claimed" | "changed" | "released";
  /** Undefined: never. */
  at: number | undefined;
}

/** Writes the scheduler's job in the row's own transaction. */
export interface OnNextAction {
  /** `execute` runs a statement inside that transaction. */
  write(
    execute: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>,
    time: RowTime,
  ): Promise<void>;
  /** The job could not be written, and the row was written without it. */
  failed(error: unknown): void;
}
