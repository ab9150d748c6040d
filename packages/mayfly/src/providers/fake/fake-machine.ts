import type { MachineState } from "../../lifecycle/observed.ts";
import type { Marks } from "../provider.ts";

export interface FakeMachine {
  id: string;
  name: string;
  zone: string;
  type?: string;
  marks?: Marks | undefined;
  state: MachineState;
  volume: string;
  /** Beside its root, those that came into being with it. */
  volumes?: string[];
  addresses: string[];
  /** The private network that it is in. */
  network?: string | undefined;
  /** The firewall that it is behind. */
  firewall?: string;
  userData?: string;
  /** Whether it had user data when it was first powered on. */
  bootedWithUserData?: boolean;
  /** Its guest may report, and could when it was first powered on. */
  reports?: boolean;
  bootedReporting?: boolean;
  /** What becomes of it when its guest shuts it down. @default "halted" */
  onShutdown?: "stop" | "terminate";
  /** Where it is reached while it runs. */
  ip: string;
  /** When it began to run for the first time. */
  upAt?: number;
  createdAt: number;
  /** What it turns into, and when. `gone`: it is not there any more. */
  next?: { at: number; state: MachineState | "gone" } | undefined;
  /** In a list: it is over, and shown all the same. */
  goneAt?: number;
}
