import type { Heard } from "../lifecycle/hear.ts";

/** Asks a machine from outside whether it serves. It never logs in, and sends nothing. */
export interface Probe {
  /**
   * `ready` when an SSH server answers on one of these addresses, else `not-yet` and why; within a few seconds, whoever
   * answers. Nothing is repeated here: the caller asks again.
   */
  ssh(addresses: readonly string[]): Promise<Heard>;
}
