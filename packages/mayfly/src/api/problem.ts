/** What was wrong with a request: `application/problem+json` (RFC 9457). */
export interface ProblemDocument {
  /** `/problems/<code>` */
  type: string;
  title: string;
  status: number;
  /** What, where, and what to do next. */
  detail: string;
  /** Every single thing that is wrong, at once. */
  problems?: ProblemItem[];
}

export interface ProblemItem {
  /** Where in the request, dotted: `rootVolumeGb`, `tags.2`. */
  path: string;
  message: string;
  suggestion?: string;
}

export type ProblemCode =
  | "invalid"
  | "not_found"
  | "refused"
  | "key_reused"
  | "unauthorized"
  | "unavailable"
  | "internal";

/** A request that is not done, and changed nothing. */
export class RequestProblem extends Error {
  override readonly name = "RequestProblem";
  readonly code: ProblemCode;
  readonly problems: ProblemItem[];

  constructor(code: ProblemCode, message: string, problems: ProblemItem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}
