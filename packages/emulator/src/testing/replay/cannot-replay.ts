/** Says what is wrong with what the replayer was given; no verdict on the cloud. */
export class CannotReplay extends Error {
  override readonly name = "CannotReplay";
}
