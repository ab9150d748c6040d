import { createEmulator, SENTINELS } from "@mayfly/emulator";
import type { Clock } from "../clock.ts";
import { ProviderError } from "../providers/error.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import type { Random } from "../random.ts";
import type { Fate } from "./interceptor.ts";
import type { SimCloud, SimThing } from "./sim-cloud.ts";

const CREDENTIALS = {
  accessKey: "SCWSIMULATED00000000",
  secretKey: "11111111-2222-4333-8444-555555555555",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
};

/** Scaleway's API through the official SDK: what is lost here is an HTTP answer. */
export function simEmulatorCloud(clock: Clock, random: Random, seed: number): SimCloud {
  const emulator = createEmulator({ now: clock.now, seed, timeScale: 1 });
  const rootOf = new Map<string, string>();
  let foreign: string | undefined;
  void emulator.console
    .createServer({ name: "foreign", tags: ["mayfly:owner=somebody-else"] })
    .then((id) => (foreign = id));

  // What the cloud does not show: for whom a volume without a mark came into being.
  const watched = async (request: Request): Promise<Response> => {
    try {
      return await emulator.fetch(request);
    } finally {
      if (request.method === "POST" && request.url.endsWith("/servers"))
        await learn(new Request(request.url, { headers: request.headers }));
    }
  };
  const learn = async (request: Request) => {
    const { servers } = (await (await emulator.fetch(request)).json()) as {
      servers: { tags: string[]; volumes: Record<string, { id: string }> }[];
    };
    for (const { tags, volumes } of servers)
      for (const { id } of Object.values(volumes)) if (instanceIn(tags)) rootOf.set(id, instanceIn(tags)!);
  };

  return {
    name: "scaleway",
    types: ["DEV1-S", ...Object.values(SENTINELS)],
    connect({ interceptor, clock: processClock, time, fate }) {
      const fetch = interceptor.wrap("fetch", watched, (call) => asAnswers(fate(call)));
      const { provider } = connectScaleway({
        credentials: CREDENTIALS,
        defaultZone: "fr-par-1",
        clock: processClock,
        random,
        fetch,
        heard: time.heard,
      });
      return { name: "sim", defaultZone: "fr-par-1", sweepAllZones: false, provider };
    },
    async plantStray(owner) {
      await emulator.console.createServer({
        name: "stray",
        tags: [`mayfly:owner=${owner}`, "mayfly:instance=mf-zzzzzzzzzzzz"],
      });
      await learn(
        new Request("http://cloud/instance/v1/zones/fr-par-1/servers", {
          headers: { "x-auth-token": CREDENTIALS.secretKey },
        }),
      );
    },
    things() {
      const ending = new Set(
        emulator
          .leftovers()
          .machines.filter(({ state }) => state === "stopping")
          .map(({ id }) => id),
      );
      return emulator.history().flatMap((past): SimThing[] => {
        if (past.kind !== "machine" && past.kind !== "volume" && past.kind !== "address") return [];
        const madeFor =
          past.id === foreign || past.name.startsWith("foreign")
            ? undefined
            : (instanceIn(past.tags) ?? rootOf.get(past.id));
        const state = past.deletedAt !== undefined ? "gone" : ending.has(past.id) ? "ending" : "alive";
        return [{ id: past.id, kind: past.kind, madeFor, state }];
      });
    },
  };
}

const instanceIn = (tags: string[]) =>
  tags.find((tag) => tag.startsWith("mayfly:instance="))?.slice("mayfly:instance=".length);

function asAnswers(fate: Fate): Fate {
  if (typeof fate !== "object" || !("before" in fate)) return fate;
  const refused = fate.before();
  return refused instanceof ProviderError && refused.code === "rate_limited"
    ? { instead: () => new Response(null, { status: 429, headers: { "x-envoy-ratelimited": "true" } }) }
    : { before: () => refused };
}
