import { readRedisAddress } from "../api/redis-address.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";
import { expectRead } from "./expect-read.ts";
import { aborted, untilInterrupted } from "./until-interrupted.ts";
import { wholeNumber } from "./whole-number.ts";

const STOP_BOUND_MS = 10_000;

/** The service of this home, which takes orders from Redis too. */
export async function serveSwim(context: Context, given: Arguments): Promise<number> {
  const { redis, mostProvisioning } = expectRead({
    redis: readRedisAddress(given.text("redis")!, context.env["REDIS_PASSWORD"]),
    mostProvisioning: wholeNumber(given, "most-provisioning", [1, 10_000]),
  });
  const [prefix, account] = [given.text("key-prefix"), given.text("account")];
  const { startService } = await import("../service.ts");
  const interrupted = untilInterrupted(STOP_BOUND_MS);
  const running = await startService({
    home: context.home,
    env: context.env,
    logLevel: given.flag("verbose") ? "info" : "warn",
    swim: {
      redis,
      cloudInitFolder: given.text("cloud-init-dir") ?? process.cwd(),
      ...(prefix !== undefined && { prefix }),
      ...(account !== undefined && { account }),
      ...(mostProvisioning !== undefined && { mostProvisioning }),
    },
  });
  if (!context.json)
    context.note(
      `taking orders from redis ${redis.host}:${redis.port}, serving ${context.home}; Ctrl-C stops it`,
    );
  await Promise.race([aborted(interrupted), running.stopped]);
  await running.stop();
  return 0;
}
