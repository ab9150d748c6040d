import type { SimStorePlace } from "../stores-at.ts";

/** A mistake that somebody could make, planted into a source as it is loaded. */
export interface Mutant {
  name: string;
  /** Which promise it breaks. */
  breaks: string;
  /** Where the rows of its worlds lie. @default in memory */
  store?: SimStorePlace["kind"];
  /** Below packages/mayfly/src; each `find` stands there exactly once. */
  edits: { file: string; find: string; replace: string }[];
}
