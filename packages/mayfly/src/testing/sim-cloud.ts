import type { Clock } from "../clock.ts";
import type { Account } from "../controllers/ports.ts";
import type { TrustedTime } from "../controllers/trusted-time.ts";
import type { Random } from "../random.ts";
import type { Fate, Interceptor } from "./interceptor.ts";

/** A cloud as the simulation sees it: it outlives every process, and shows more than a provider could. */
export interface SimCloud {
  name: string;
  /** A new process's account on this cloud; every call of it can be cut by fate. */
  connect(process: {
    interceptor: Interceptor;
    clock: Clock;
    random: Random;
    time: TrustedTime;
    fate: (call: string) => Fate;
  }): Account;
  /** Everything that exists this moment and everything that did. */
  things(): SimThing[];
  /** Makes a running machine with this installation's mark that no row answers for. */
  plantStray(owner: string): Promise<void>;
  /** Types that a scenario may ask for; all but the first misbehave. */
  types: string[];
}

export interface SimThing {
  id: string;
  kind: "machine" | "volume" | "address";
  /** For which instance it came into being; undefined for what belongs to somebody else. */
  madeFor: string | undefined;
  state: "alive" | "ending" | "gone";
}
