/** A mistake that somebody could make, planted into a source as it is loaded. */
export interface Mutant {
  name: string;
  /** Which promise it breaks. */
  breaks: string;
  /** Below packages/mayfly/src; each `find` stands there exactly once. */
  edits: { file: string; find: string; replace: string }[];
}
