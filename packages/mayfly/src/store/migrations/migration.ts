/** One step of the schema. What was released is never edited: a correction is the next step. */
export interface Migration {
  /** Counts from 1, without gaps. */
  version: number;
  sql: string;
}
