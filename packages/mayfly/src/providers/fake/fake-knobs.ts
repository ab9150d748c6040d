import type { ProviderError } from "../error.ts";
import type { FakeMachine } from "./fake-machine.ts";

export interface FakeKnobs {
  /** Thrown by the next call that changes something, before it has any effect. */
  nextError?: ProviderError | undefined;
  /** Every machine that is started from now on stays `starting`. */
  neverBoots: boolean;
  /** A new thing appears in lists, and a deleted one vanishes from them, at most so much later. */
  lagMs: number;
  /** The chance that a list leaves out a machine that has been there for a minute. */
  flicker: number;
  /** What the guest of a machine that may report has reported by now. */
  report: (machine: FakeMachine) => string | undefined;
  /** Whether an SSH server greets whoever comes to this running machine. */
  greets: (machine: FakeMachine) => boolean;
}
