/** Another worker may be at it by now, so that nothing more is made. It passes through a provider as it is. */
export class Fenced extends Error {
  override readonly name = "Fenced";

  /** @param cause why the caller believes so */
  constructor(cause: unknown) {
    super("another worker may be at it by now", { cause });
  }
}
