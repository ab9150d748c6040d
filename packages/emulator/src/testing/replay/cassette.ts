/** One recorded session of a client, in the order of its requests. */
export interface Cassette {
  readonly name: string;
  /** The product it is filed under. */
  readonly home: string;
  /** Epoch milliseconds; NaN when the recording names no date. */
  readonly recordedAt: number;
  readonly interactions: readonly Interaction[];
}

/** One recorded request and its answer. */
export interface Interaction {
  readonly seq: number;
  readonly service: string;
  /** The SDK's name of the call; absent where it has none. */
  readonly operation: string | undefined;
  readonly method: string;
  readonly path: string;
  /** The path with `{names}` for what varies. */
  readonly template: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** It went to object storage: the bucket is the first part of its path, and these headers say more. */
  readonly storage?: { readonly region: string; readonly headers: Readonly<Record<string, string>> };
  /** Went to another host than the API's. */
  readonly elsewhere: boolean;
  /** The recorder lost the request's body. */
  readonly lost: boolean;
  readonly request: Content;
  readonly answer: Content & { readonly status: number; readonly headers: Readonly<Record<string, string>> };
}

/** At most one of `body` (JSON) and `text`. */
export interface Content {
  readonly contentType: string | undefined;
  readonly body?: unknown;
  readonly text?: string;
}
