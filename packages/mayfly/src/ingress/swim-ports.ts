import type { Commands } from "../api/commands.ts";
import type { ProblemItem } from "../api/problem.ts";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { Redis } from "../redis/redis.ts";
import type { Store } from "../store/store.ts";

/** All that SWIM's door reaches the world through. */
export interface SwimPorts {
  redis: Redis;
  store: Store;
  commands: Pick<Commands, "accept" | "delete">;
  clock: Clock;
  random: Random;
  log: SwimLog;
  /** The text of a cloud-init file, or what is wrong with it. Reads from one folder only. */
  readCloudInit: (file: string) => Promise<string | ProblemItem>;
}

export interface SwimLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
