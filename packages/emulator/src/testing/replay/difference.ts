/** One way in which an answer is not what was recorded. */
export interface Difference {
  /** A warning fails only in strict mode. */
  readonly level: "fail" | "warn";
  /** In the body: `server.volumes.*.state`, `ips[].address`; `@name`: a header; empty: the whole answer. */
  readonly path: string;
  readonly what: What;
  readonly recorded?: unknown;
  readonly got?: unknown;
}

export type What =
  | "no answer"
  | "status"
  | "content type"
  | "missing header"
  | "unexpected header"
  | "text"
  | "not JSON"
  | "unexpected body"
  | "missing key"
  | "extra key"
  | "null"
  | "type"
  | "empty list"
  | "length"
  | "value"
  | "not as requested"
  | "kind"
  | "message";
