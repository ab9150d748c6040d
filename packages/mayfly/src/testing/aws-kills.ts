import { awsKillWalk } from "./aws-kill-walk.ts";
import { startMoto } from "./moto.ts";
import { processScene } from "./process-scene.ts";

/** Walks at the same time: most of each is waiting. */
const LANES = 3;

export interface AwsKills {
  /** How many calls a create and a delete took that no kill reached. */
  calls: number;
  kills: number;
}

/** The service killed at every call of a create and a delete on EC2, before its effect and after it, until none is reached. */
export async function awsKills(
  t: { after(clean: () => Promise<void>): void },
  signal: AbortSignal,
): Promise<AwsKills | { skip: string }> {
  const moto = await startMoto({ after: (clean) => t.after(async () => clean()) });
  if (moto === undefined) return { skip: "moto cannot be had" };
  const report = { calls: 0, kills: 0 };
  /** @returns the call at which it was killed */
  const walk = async (at: number, side: "before" | "after"): Promise<string | undefined> => {
    const cleans: (() => Promise<void>)[] = [];
    try {
      const scene = processScene({ after: (clean) => void cleans.push(clean) });
      const account = String(100_000_000_000 + at * 2 + (side === "after" ? 1 : 0));
      const { killedAt, calls } = await awsKillWalk(scene, moto, {
        account,
        strikes: [{ at, side }],
        signal,
      });
      if (killedAt.length === 0) report.calls = calls.length;
      report.kills += killedAt.length;
      return killedAt[0];
    } finally {
      for (const clean of cleans) await clean();
    }
  };
  let next = 1;
  const lane = async () => {
    while (report.calls === 0 && !signal.aborted) {
      const at = next++;
      // A read has no effect that it could be killed after.
      const action = await walk(at, "before");
      if (action !== undefined && !action.startsWith("Describe")) await walk(at, "after");
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return report;
}
