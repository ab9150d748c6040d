/** The caller itself kept this call from going out: nothing happened. */
export class Withheld extends Error {
  override readonly name = "Withheld";

  /** @param cause what the caller's fence threw */
  constructor(cause: unknown) {
    super("the call was kept from going out", { cause });
  }
}
