/** Where, and under which name, a resource was about to make something. */
export interface Claim {
  place: string;
  name: string;
}

/**
 * Said where the engine keeps its state, before the call that makes a thing: so that a later run looks for what an
 * interrupted one made, also where its props no longer point, and knows its own where the cloud has no tags.
 */
export interface Claims {
  all(): Promise<Claim[]>;
  claim(claim: Claim): Promise<void>;
  /** What it was for is not there, or gone again: whatever has that name from now on is not ours. */
  drop(claim: Claim): Promise<void>;
  release(): Promise<void>;
}
