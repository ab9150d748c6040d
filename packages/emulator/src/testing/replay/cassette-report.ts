import type { Difference } from "./difference.ts";

export interface CassetteReport {
  readonly cassette: string;
  readonly home: string;
  readonly interactions: readonly InteractionReport[];
  /** Reads that were repeated because the judged cloud was not there yet. */
  readonly polls: number;
  /** The failed create after which nothing could be right; undefined: played to its end. */
  readonly abortedAt: number | undefined;
}

export interface InteractionReport {
  readonly seq: number;
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly verdict: Verdict;
  readonly differences: readonly JudgedDifference[];
}

/** `accepted`: it differs in ways that somebody has written down. */
export type Verdict = "passed" | "warned" | "accepted" | "failed" | "unreached" | Skipped;

/** A recorded rate limit, another host, or a repeated read that the judged cloud was past. */
export type Skipped = "rate limited" | "elsewhere" | "passed over";

export interface JudgedDifference extends Difference {
  readonly accepted: boolean;
}
