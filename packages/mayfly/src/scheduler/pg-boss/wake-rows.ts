/** What the scheduler needs to know of the rows. */
export interface WakeRows {
  /** Rows that have a time up to `until`, earliest first: when each is due, which is not before its lease ends. */
  upcoming(now: number, until: number, limit: number): Promise<{ id: string; at: number }[]>;
  /** Of these rows those that somebody holds at `now`, and until when. */
  heldUntil(ids: readonly string[], now: number): Promise<Map<string, number>>;
}
