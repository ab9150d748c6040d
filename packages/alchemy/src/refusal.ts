/** What is asked for cannot be, as it stands: the message says what to do. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
