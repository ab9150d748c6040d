// Plants one mutant and simulates worlds until one of them notices; prints one line of JSON.
import { mutants } from "./mutants.ts";
import { plant } from "./plant.ts";

const [index, seeds] = process.argv.slice(2).map(Number) as [number, number];
const mutant = mutants[index];
if (!mutant) throw new Error(`no mutant ${index}`);
plant(mutant);
const { simulate } = await import("../simulation.ts");
const { openSimPlace } = await import("../open-sim-place.ts");
const { storesAt } = await import("../stores-at.ts");
const { place } = await openSimPlace(mutant.store ?? "memory");
const stores = storesAt(place);

// A mistake may also end the process: that is noticed as well.
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) =>
    report(0, `ended: ${error instanceof Error ? error.message : String(error)}`),
  );

for (let seed = 1; seed <= seeds; seed++) {
  const { violations } = await simulate(seed, { stores });
  if (violations[0] !== undefined) report(seed, violations[0]);
}
console.log(JSON.stringify({}));
process.exit(0);

function report(seed: number, violation: string): never {
  console.log(JSON.stringify({ seed, violation }));
  process.exit(0);
}
