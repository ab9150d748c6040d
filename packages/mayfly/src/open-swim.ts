import { hostname } from "node:os";
import type { RedisAddress } from "./api/redis-address.ts";
import { limits } from "./api/limits.ts";
import type { Commands } from "./api/commands.ts";
import { UserError } from "./api/user-error.ts";
import { readConfined } from "./client/read-confined.ts";
import { accountFor } from "./controllers/account-for.ts";
import type { Controllers } from "./controllers/controllers.ts";
import type { Ports } from "./controllers/ports.ts";
import { SWIM_DUTY, swimInTurn } from "./ingress/swim-in-turn.ts";
import { createSwim } from "./ingress/swim.ts";
import type { Swim, SwimOptions } from "./ingress/swim.ts";
import { connectRedis } from "./redis/client.ts";
import { RedisError } from "./redis/error.ts";

export interface SwimServiceOptions {
  redis: RedisAddress;
  /** Cloud-init files are read from here, and from nowhere else. */
  cloudInitFolder: string;
  /** With whose credentials. @default the only ones */
  account?: string;
  /** Stands before every key and channel. @default none */
  prefix?: string;
  /** How many instances may be in the making before orders wait. @default 50 */
  mostProvisioning?: number;
}

/** SWIM's door, with a hold of its queues. Throws what has to be put right before it can be opened. */
export async function openSwim(
  ports: Ports & { commands: Commands },
  options: SwimServiceOptions,
): Promise<Swim> {
  let swim: Swim | undefined;
  try {
    swim = await created(ports, options);
    await swim.open();
    return swim;
  } catch (error) {
    await swim?.stop();
    if (!(error instanceof RedisError)) throw error;
    throw new UserError(error.message, {
      exitCode: 2,
      suggestion:
        "look to the user, the password (REDIS_PASSWORD) and what they may do; Redis 6.2 or newer is needed",
    });
  }
}

/** The same where several processes share the rows: whose turn it is takes the orders. */
export function takeSwimInTurn(
  ports: Ports & { commands: Commands },
  options: SwimServiceOptions,
  controllers: Pick<Controllers, "keep">,
): void {
  controllers.keep(SWIM_DUTY, (tenure) => swimInTurn((turn) => created(ports, options, turn), tenure));
}

async function created(
  ports: Ports & { commands: Commands },
  { redis: address, cloudInitFolder, account, prefix, mostProvisioning }: SwimServiceOptions,
  turn?: SwimOptions["turn"],
): Promise<Swim> {
  const redis = connectRedis(address, ports.clock);
  const readCloudInit = async (file: string) =>
    readConfined(cloudInitFolder, file, { path: "CloudInitFile", mostBytes: limits.userDataBytes });
  try {
    return await createSwim(
      { ...ports, redis, readCloudInit },
      {
        account: accountFor(ports, account).name,
        host: hostname(),
        pid: process.pid,
        ...(prefix !== undefined && { prefix }),
        ...(mostProvisioning !== undefined && { mostProvisioning }),
        ...(turn && { turn }),
      },
    );
  } catch (error) {
    await redis.close();
    throw error;
  }
}
