// npm run test:long: what takes too long for `npm test`, all at the same time. The last line is one of JSON; what was
// promised and did not hold is in its `violations`, and the exit code is 1.
import { parseArgs } from "node:util";
import { killLoop } from "./kill-loop.ts";
import { load } from "./load.ts";
import { processScene } from "./process-scene.ts";
import type { ProcessScene } from "./process-scene.ts";
import { soak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    instances: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
  },
});
const [minutes, instances, from] = [values.minutes, values.instances, values.from].map(Number) as [
  number,
  number,
  number,
];
/** What a kill loop takes at most when all is well. */
const KILLS_TAKE_MS = 100_000;

const began = performance.now();
const violations: string[] = [];
const leave = new AbortController();

/** On a scene of its own, which is cleared whatever comes of it. */
async function part<T>(name: string, play: (scene: ProcessScene) => Promise<T>): Promise<T | undefined> {
  const cleans: (() => Promise<void>)[] = [];
  try {
    const report = await play(processScene({ after: (clean) => void cleans.push(clean) }));
    console.error(`${name}: ${JSON.stringify(report)}`);
    return report;
  } catch (error) {
    violations.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    console.error(`${name} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
    return undefined;
  } finally {
    for (const clean of cleans) await clean();
  }
}

async function kills() {
  const reports = [];
  const until = began + minutes * 60_000 - KILLS_TAKE_MS;
  for (let seed = from; seed === from || performance.now() < until; seed++)
    reports.push(
      await part(`kills, seed ${seed}`, (scene) => killLoop(scene, { seed, signal: leave.signal })),
    );
  const done = reports.filter((report) => report !== undefined);
  const worst = (of: "expiryLagMs" | "answerMs" | "firstOverdueMs") => ({
    count: done.reduce((count, report) => count + report[of].count, 0),
    worst: Math.max(0, ...done.map((report) => report[of].worst)),
  });
  return {
    seeds: reports.length,
    kills: done.reduce((count, report) => count + report.kills, 0),
    expiryLagMs: worst("expiryLagMs"),
    answerMs: worst("answerMs"),
    firstOverdueMs: worst("firstOverdueMs"),
  };
}

const [soaked, loaded, killed] = await Promise.all([
  part("soak", (scene) => soak(scene, { minutes })),
  part("load", (scene) =>
    load(scene, { instances, lifetimeS: Math.ceil(60 + instances / 4), overS: instances / 5 }),
  ),
  kills(),
]);
leave.abort();
const seconds = Math.round((performance.now() - began) / 1_000);
console.log(JSON.stringify({ soak: soaked, load: loaded, kills: killed, violations, seconds }));
process.exitCode = violations.length === 0 ? 0 : 1;
