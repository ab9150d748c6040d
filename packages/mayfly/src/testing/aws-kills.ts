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

/** The service killed at every call of a create and a delete on EC2, before and after its effect, until none is reached. */
export async function awsKills(
  t: { after(clean: () => Promise<void>): void },
  signal: AbortSignal,
): Promise<AwsKills | { skip: string }> {
  const moto = await startMoto({ after: (clean) => t.after(async () => clean()) });
  if (moto === undefined) return { skip: "moto cannot be had" };
  const report = { calls: 0, kills: 0 };
  let next = 0;
  const lane = async () => {
    while (report.calls === 0 && !signal.aborted) {
      const [at, side] = [Math.floor(next / 2) + 1, next % 2 === 0 ? "before" : "after"] as const;
      next += 1;
      const cleans: (() => Promise<void>)[] = [];
      try {
        const scene = processScene({ after: (clean) => void cleans.push(clean) });
        const { killedAt, calls } = await awsKillWalk(scene, moto, { at, of: "calls", side, signal });
        if (killedAt === undefined) report.calls = calls.length;
        else report.kills += 1;
      } finally {
        for (const clean of cleans) await clean();
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return report;
}
