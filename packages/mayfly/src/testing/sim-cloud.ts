import type { Clock } from "../clock.ts";
import type { Account } from "../controllers/ports.ts";
import type { TrustedTime } from "../controllers/trusted-time.ts";
import type { Random } from "../random.ts";
import type { Fate, Interceptor } from "./interceptor.ts";
import type { Meddling, Stray } from "./scenario.ts";

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
  /** Networks and firewalls that were made because an instance wanted them, by id. */
  onDemand(): ReadonlySet<string>;
  /** Which networks and firewalls the machines that live need. */
  inUse(): readonly { machine: string; thing: string }[];
  /** Lists show the state of up to so long ago, in parts of the visibility gap. */
  lag(parts: number): void;
  /** A list leaves out, at this chance, a machine that has been there for long. */
  flicker(chance: number): void;
  /** Loses the page of the next list. */
  missPage(): void;
  /** Makes something with this installation's mark that no row answers for; a machine runs. */
  plantStray(owner: string, kind: Stray): Promise<void>;
  /** Does that to a machine of ours, if it is there; the pick is by seed. */
  meddle(verb: Meddling, machineId: string): Promise<void>;
  /** What was billed so far for what was made for each instance, in millionths. Absent: this cloud sends no bill. */
  billed?: () => ReadonlyMap<string, number>;
  /** What the cloud itself saw being done wrong, since the last time. */
  complaints(): string[];
  /** Types that a scenario may ask for; all but the first misbehave. */
  types: string[];
  /** Instances may bring SSH keys, which they share. */
  hasKeys: boolean;
  /**
   * It tells a repeated create by its token, so that an instance has one machine whatever lists show; and a machine that shuts
   * itself down ends as its deadline says.
   */
  isLikeEc2: boolean;
  /** How many instances its worlds have at least: a cloud that takes longer to run has fewer. */
  fewest: number;
  /** What its provider declares. */
  visibilityGapMs: number;
}

export interface SimThing {
  id: string;
  kind: "machine" | "volume" | "address";
  /** For which instance it came into being; undefined for what belongs to somebody else. */
  madeFor: string | undefined;
  state: "alive" | "ending" | "gone";
  createdAt: number;
  /** A machine that was powered on: whether its user data were there by then. Undefined: it was not. */
  bootedWithUserData?: boolean;
  /** The same of what lets its guest report. */
  bootedReporting?: boolean;
  /** Whether a machine has power; undefined while that changes. */
  power?: "on" | "off";
  /** The deadline in a machine's mark. */
  deadline?: number;
  /** What a machine's guest has come to by now. */
  guest?: "ready" | "failed";
}
