// npm run bench: what it costs, as one line of JSON; npm run bench -- list: one part of it. Wall-clock figures compare things that ran in turn here and now.
import { countCalls } from "./count-calls.ts";
import { deadlineLag } from "./deadline-lag.ts";
import { emulatorRate } from "./emulator-rate.ts";
import { listRatio } from "./list-ratio.ts";
import { postgresOrSkip, startPostgres } from "./postgres-server.ts";
import { wakeLag } from "./wake-lag.ts";
import { workerThroughput } from "./worker-throughput.ts";

const group = { instances: 100, lifetimeMs: 300_000 };
const due = { instances: 1_000, withinMs: 1_000 };
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  list: () => listRatio(21),
  callsPerInstance: async () => ({
    ...group,
    ipv4: (await countCalls({ ...group, ipv6: false })).perInstance,
    routedIpv6: (await countCalls({ ...group, ipv6: true })).perInstance,
  }),
  emulator: () => emulatorRate(100_000),
  deadlineToDeleteCall: async () => ({
    ...due,
    unlimited: await deadlineLag({ ...due, limited: false }),
    limited: await deadlineLag({ ...due, limited: true }),
  }),
  postgres: manyRows,
  workers: moreWorkers,
};

const wanted = process.argv.slice(2);
if (!wanted.every((name) => Object.hasOwn(parts, name))) {
  console.error(`usage: npm run bench -- [${Object.keys(parts).join("|")}] …`);
  process.exit(2);
}
const began = performance.now();
const figures: Record<string, unknown> = {};
for (const [name, measure] of Object.entries(parts))
  if (wanted.length === 0 || wanted.includes(name)) figures[name] = await measure();
console.log(JSON.stringify({ ...figures, seconds: Math.round((performance.now() - began) / 100) / 10 }));

/** One worker on PostgreSQL: what it costs and how late it is must not grow with the rows that wait for days. */
async function manyRows() {
  const found = postgresOrSkip();
  if ("skip" in found) return found;
  const server = await startPostgres(found.bin);
  try {
    const measured = [];
    for (const idle of [1_000, 10_000, 100_000])
      measured.push(await wakeLag(server, { idle, due: 1_000, idleMs: 8_000 }));
    return measured;
  } finally {
    await server.stop();
  }
}

/** What more workers bring where all share two cores, with the database and the cloud. */
async function moreWorkers() {
  const found = postgresOrSkip();
  if ("skip" in found) return found;
  const measured = [];
  for (const workers of [1, 2, 4])
    measured.push(await workerThroughput(found.bin, { workers, instances: 200 }));
  return measured;
}
