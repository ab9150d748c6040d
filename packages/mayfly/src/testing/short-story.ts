import type { Scenario } from "./scenario.ts";
import { simulate } from "./simulation.ts";
import type { SimulationOptions, SimulationResult } from "./simulation.ts";

const MOST_TRIES = 150;

/**
 * Tells how a promise was broken in as few steps as can be found: whatever the scenario can do without, with the same
 * promise broken, is taken out of it, one thing after the other, until nothing more can go.
 */
export async function shortStory(
  failed: SimulationResult,
  options: Pick<SimulationOptions, "stores"> = {},
): Promise<string[]> {
  const promise = promiseOf(failed);
  let best = await simulate(failed.seed, { ...options, scenario: failed.scenario, story: true });
  let tries = 0;
  for (let shrunk = true; shrunk && tries < MOST_TRIES;) {
    shrunk = false;
    for (const scenario of simpler(best.scenario)) {
      if (++tries > MOST_TRIES) break;
      const result = await simulate(failed.seed, { ...options, scenario, story: true });
      if (promiseOf(result) !== promise || result.story.length >= best.story.length) continue;
      best = result;
      shrunk = true;
      break;
    }
  }
  return best.story;
}

const promiseOf = ({ violations: [first] }: SimulationResult) => first?.split(":")[0];

/** The same with one thing less, the largest first. */
function* simpler(scenario: Scenario): Generator<Scenario> {
  const { instances, full: _full, stray: _stray, ...rest } = scenario;
  const lists = ["neighbours", "meddling", "jumps"] as const;
  const chances = [
    "crash",
    "freeze",
    "slowStore",
    "lostAnswer",
    "refused",
    "limited",
    "failing",
    "slow",
    "missPage",
    "flicker",
    "storeBusy",
    "lag",
  ] as const;
  for (const list of lists) if (scenario[list].length > 0) yield { ...scenario, [list]: [] };
  if (scenario.workers > 1) yield { ...scenario, workers: scenario.workers - 1 };
  if (scenario.full) yield { ...rest, instances, full: undefined, stray: scenario.stray };
  if (scenario.stray) yield { ...scenario, stray: undefined };
  for (const chance of chances) if (scenario[chance] > 0) yield { ...scenario, [chance]: 0 };
  for (const index of instances.keys())
    if (instances.length > 1) yield { ...scenario, instances: instances.filter((_, at) => at !== index) };
  for (const [index, wish] of instances.entries())
    if (wish.acts.length > 0) {
      const acts = wish.acts.slice(1);
      yield { ...scenario, instances: instances.with(index, { ...wish, acts }) };
    }
  for (const chance of chances)
    if (scenario[chance] > 0.002) yield { ...scenario, [chance]: scenario[chance] / 3 };
  if (scenario.faultsUntilMs > 20_000) yield { ...scenario, faultsUntilMs: scenario.faultsUntilMs / 2 };
}
