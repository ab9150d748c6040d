import type { Clock } from "../clock.ts";
import type { Heard } from "../lifecycle/hear.ts";
import { ProviderError } from "../providers/error.ts";
import { StoreError } from "../store/error.ts";
import type { Fate } from "./interceptor.ts";
import type { Scenario } from "./scenario.ts";
import type { seededRandom } from "./seeded-random.ts";
import type { SimCloud } from "./sim-cloud.ts";

export interface SimFaults {
  /** What befalls the next call to this port; `tell` puts it into the story of who calls. */
  fate(site: string, tell: (line: string) => void): Fate;
  /** How many calls something befell. */
  count(): number;
}

// A call that is slow and a list that lags, one after the other, stay within the visibility gap.
const SLOWEST = 0.45;
// Some are longer than a lease.
const SLOWEST_WRITE_MS = 6_000;
const SLOWEST_GREETING_MS = 3_000;
const WRITES = /^store\.(insert|update|claim|renew|setSuspects)$/;

// A sweep comes to these seldom: with what it has proven and not yet written, and with what it has written and not forgotten.
const DIES_SWEEPING = { site: "store.setSuspects", chance: 0.3 };
const STANDS_SWEEPING = { site: "store.suspects", chance: 0.6 };
// A transaction has many moments at which it can end.
const DIES_WRITING = { site: /^store\.(insert|update)$/, times: 4 };
const harsher = (site: string, chance: number, at: { site: string; chance: number }) =>
  chance > 0 && site === at.site ? at.chance : chance;

/** Deals out what the scenario threatens, until its faults are over. */
export function createSimFaults(world: {
  scenario: Scenario;
  clock: Clock;
  random: ReturnType<typeof seededRandom>;
  cloud: SimCloud;
  /** Whether a process can die while a call to the store is under way. */
  storeTakesTime: boolean;
}): SimFaults {
  const { scenario, clock, random, cloud, storeTakesTime } = world;
  const began = clock.now();
  let count = 0;

  function choose(site: string, atMs: number): [what: string, fate: Fate] | undefined {
    if (random.chance(harsher(site, scenario.crash, DIES_SWEEPING)))
      return random.chance(0.5)
        ? ["the process dies before it", "crash-before"]
        : ["the process dies after it", "crash-after"];
    if (storeTakesTime && DIES_WRITING.site.test(site) && random.chance(DIES_WRITING.times * scenario.crash))
      return ["the process dies while it is under way", "crash-during"];
    if (random.chance(harsher(site, scenario.freeze, STANDS_SWEEPING)))
      return ["the process stands still", "freeze"];
    if (site.startsWith("store.")) return ofStore(site, atMs);
    if (site.startsWith("cloud.") || site === "fetch") return ofCloud(site);
    if (site.startsWith("probe.")) return ofProbe();
    return undefined;
  }

  function ofStore(site: string, atMs: number): [string, Fate] | undefined {
    const { full } = scenario;
    if (full && atMs >= full.atMs && atMs < full.atMs + full.forMs && WRITES.test(site))
      return ["the store is full", { before: () => new StoreError("unavailable", "the disk is full") }];
    if (random.chance(scenario.slowStore)) {
      const ms = random.below(SLOWEST_WRITE_MS);
      return [`it takes ${ms} ms`, { late: (go) => void clock.sleep(ms).then(go) }];
    }
    if (random.chance(scenario.storeBusy))
      return ["the store is busy", { before: () => new StoreError("unavailable", "the store is busy") }];
    return undefined;
  }

  function ofCloud(site: string): [string, Fate] | undefined {
    if (random.chance(scenario.missPage)) cloud.missPage();
    if (random.chance(scenario.lostAnswer))
      return ["the answer is lost", { after: () => new TypeError("fetch failed") }];
    if (random.chance(scenario.refused))
      return ["no connection", { before: () => new TypeError("fetch failed") }];
    if (random.chance(scenario.limited))
      return ["too many calls", { before: () => new ProviderError("rate_limited", "too many calls") }];
    if (random.chance(scenario.failing))
      return ["the cloud fails", { before: () => new ProviderError("unavailable", "503") }];
    // The adapter gives it up after a while; the fake one would wait for ever.
    if (site === "fetch" && random.chance(scenario.slow / 2)) return ["no answer comes", { late: () => {} }];
    if (!random.chance(scenario.slow)) return undefined;
    const ms = random.below(SLOWEST * cloud.visibilityGapMs);
    return [`it takes ${Math.round(ms / 100) / 10} s`, { late: (go) => void clock.sleep(ms).then(go) }];
  }

  function ofProbe(): [string, Fate] | undefined {
    const heard: Heard = { kind: "not-yet", why: "no answer" };
    if (random.chance(scenario.refused)) return ["no connection", { instead: () => heard }];
    if (random.chance(scenario.failing)) return ["it breaks", { before: () => new Error("no sockets left") }];
    if (!random.chance(scenario.slow)) return undefined;
    const ms = random.below(SLOWEST_GREETING_MS);
    return [`it takes ${ms} ms`, { late: (go) => void clock.sleep(ms).then(go) }];
  }

  return {
    fate(site, tell) {
      const atMs = clock.now() - began;
      const chosen = atMs < scenario.faultsUntilMs ? choose(site, atMs) : undefined;
      if (!chosen) return "through";
      count += 1;
      tell(`${site}: ${chosen[0]}`);
      return chosen[1];
    },
    count: () => count,
  };
}
