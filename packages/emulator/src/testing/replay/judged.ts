/** The cloud that is judged, over HTTP. */
export interface Judged {
  readonly url: string;
  /** Before each cassette. */
  reset(): Promise<void>;
  /** Lets time go by before a read is repeated. */
  pass(): Promise<void>;
  close(): Promise<void>;
}
