// npm run simulate:mutants: plants the mistakes one by one, prints a table, and fails when one survives.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { mutants } from "./mutants.ts";

interface Outcome {
  seed?: number;
  violation?: string;
}

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "2000" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const seeds = Number(values.seeds);
const chosen = [...mutants.entries()].filter(([, { name }]) => name.includes(values.only ?? ""));
if (!Number.isSafeInteger(seeds) || seeds < 1 || chosen.length === 0) {
  console.error("usage: npm run simulate:mutants -- [--seeds 2000] [--only PART-OF-A-NAME] [--write]");
  process.exit(2);
}

const outcomes = new Map<number, Outcome>();
const waiting = [...chosen];
async function worker(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [index, { name }] = next;
    const outcome = await run(index);
    outcomes.set(index, outcome);
    console.error(`${outcome.seed === undefined ? "SURVIVES" : `seed ${outcome.seed}`}  ${name}`);
  }
}
await Promise.all([worker(), worker()]);

const table = [
  "| planted | it breaks | noticed after | as |",
  "|---|---|--:|---|",
  ...chosen.map(([index, { name, breaks }]) => {
    const { seed, violation } = outcomes.get(index)!;
    const noticed = seed === undefined ? "**never**" : seed === 1 ? "1 world" : `${seed} worlds`;
    return `| ${name} | ${breaks} | ${noticed} | ${violation?.split(":")[0] ?? ""} |`;
  }),
].join("\n");
console.log(table);
if (values.write) writeFileSync(new URL("../../../../../docs/mutants.md", import.meta.url), page(table));
const survivors = chosen.filter(([index]) => outcomes.get(index)!.seed === undefined);
console.log(JSON.stringify({ mutants: chosen.length, caught: chosen.length - survivors.length, seeds }));
process.exit(survivors.length > 0 ? 1 : 0);

async function run(index: number): Promise<Outcome> {
  const file = new URL("run-mutant.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["-C", "source", file, String(index), String(seeds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = (await text(child.stdout)).trim().split("\n");
  const last = lines.at(-1);
  if (!last?.startsWith("{")) throw new Error(`mutant ${index} ended without a word`);
  return JSON.parse(last) as Outcome;
}

function page(rows: string): string {
  return `# What the simulation notices

Mistakes that somebody could make, planted into the sources one by one. Each has to break a promise in one of the first
${seeds} worlds. Made by \`npm run simulate:mutants -- --write\`.

${rows}
`;
}
