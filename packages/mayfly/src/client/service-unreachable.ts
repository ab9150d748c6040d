/**
 * No answer. `absent`: nobody listens there, so nothing was sent. `broken` and `timeout`: it may have been done; ask
 * again with the same idempotency key.
 */
export class ServiceUnreachable extends Error {
  override readonly name = "ServiceUnreachable";
  readonly reason: "absent" | "broken" | "timeout";

  constructor(reason: ServiceUnreachable["reason"], where: string, options?: ErrorOptions) {
    const what = { absent: "nobody listens", broken: "the connection broke", timeout: "no answer in time" }[
      reason
    ];
    super(`reach the service at ${where}: ${what}`, options);
    this.reason = reason;
  }
}
