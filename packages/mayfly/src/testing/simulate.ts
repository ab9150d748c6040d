import { parseArgs } from "node:util";
import { simulate } from "./simulation.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    story: { type: "boolean", default: false },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
if (!Number.isSafeInteger(seeds) || !Number.isSafeInteger(from) || seeds < 1 || from < 0) {
  console.error("usage: npm run simulate -- --seeds N --from M [--story]");
  process.exit(2);
}

const began = performance.now();
const total = { seeds, lifecycles: 0, crashes: 0, faults: 0, violations: 0, simulatedDays: 0, seconds: 0 };
for (let seed = from; seed < from + seeds; seed++) {
  const result = await simulate(seed, { story: values.story });
  total.lifecycles += result.lifecycles;
  total.crashes += result.crashes;
  total.faults += result.faults;
  total.violations += result.violations.length;
  total.simulatedDays += result.simulatedMs / 86_400_000;
  for (const line of result.story) console.log(line);
  for (const violation of result.violations) console.error(`seed ${seed} (${result.cloud}): ${violation}`);
  if (result.violations.length > 0)
    console.error(`  again: npm run simulate -- --seeds 1 --from ${seed} --story`);
  if (process.stderr.isTTY && seed % 10 === 0) process.stderr.write(`\r${seed - from + 1}/${seeds}`);
}
total.seconds = Math.round((performance.now() - began) / 100) / 10;
total.simulatedDays = Math.round(total.simulatedDays * 100) / 100;
console.log(JSON.stringify(total));
process.exit(total.violations > 0 ? 1 : 0);
