import type { Circumstances } from "../lifecycle/decision.ts";
import type { Account, Ports } from "./ports.ts";

export const circumstances = (ports: Pick<Ports, "clock" | "time">, account: Account): Circumstances => ({
  now: ports.clock.now(),
  endNow: ports.time.endNow(),
  steadySince: ports.clock.now() - (ports.clock.monotonic() - ports.time.steadySince()),
  canMark: account.provider.mark !== undefined,
  visibilityGapMs: account.provider.visibilityGapMs,
});
