import type { Marks } from "../provider.ts";

export interface FakePart {
  id: string;
  kind: "volume" | "address";
  name?: string;
  zone: string;
  marks?: Marks | undefined;
  /** For whom it came into being, which the cloud does not show. */
  madeFor?: string;
  machine?: string | undefined;
  /** It is over with its machine. */
  goesWithMachine?: boolean;
  /** When it lets go of a machine that is gone. */
  idleAt?: number | undefined;
  createdAt: number;
  goneAt?: number;
}
