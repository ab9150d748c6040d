import { createEmulator, SENTINELS } from "@mayfly/emulator";
import type { Past } from "@mayfly/emulator";
import type { Clock } from "../clock.ts";
import { ProviderError } from "../providers/error.ts";
import type { Probe } from "../probe/probe.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import type { Random } from "../random.ts";
import { createCallBudget } from "./call-budget.ts";
import type { Fate } from "./interceptor.ts";
import type { SimCloud, SimThing } from "./sim-cloud.ts";
import { simGuests } from "./sim-guests.ts";

const CREDENTIALS = {
  accessKey: "SCWSIMULATED00000000",
  secretKey: "11111111-2222-4333-8444-555555555555",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
};
const ZONE = "https://cloud.test/instance/v1/zones/fr-par-1";
const BLOCK = "https://cloud.test/block/v1/zones/fr-par-1";
const HEADERS = { "X-Auth-Token": CREDENTIALS.secretKey, "Content-Type": "application/json" };
const VISIBILITY_GAP_MS = 30_000;
const HOUR_MS = 3_600_000;
const REPORT_KEY = "mayfly-report";
const REPORT_OF = /\/servers\/([^/]+)\/user_data\/mayfly-report$/;
const SLOWEST_POWER_ON_MS = 15_000;
const FOREIGN = "mayfly:owner=somebody-else";

interface ServerView {
  id: string;
  name: string;
  tags: string[];
  volumes: Record<string, { id: string }>;
  public_ips: { id: string; address: string }[];
}

/** Scaleway's API through the official SDK: what is lost here is an HTTP answer. */
export function simEmulatorCloud(clock: Clock, random: Random, seed: number): SimCloud {
  const emulator = createEmulator({ now: clock.now, seed, timeScale: 1 });
  /** For whom a volume without a mark came into being, which the cloud does not show. */
  const rootOf = new Map<string, string>();
  const booted = new Map<string, { at: number; withUserData: boolean; reporting: boolean }>();
  const guests = simGuests(clock.now);
  const machineAt = new Map<string, string>();
  const complaints: string[] = [];
  /** Machines that somebody else made with our marks. */
  const copies = new Set<string>();
  /** The last answer, as long as nothing has changed. */
  let seen = {
    history: [] as readonly Past[],
    roots: 0,
    things: [] as SimThing[],
    shared: new Set<string>(),
  };
  const calm = emulator.faults;
  void emulator.console.createServer({ name: "foreign", tags: [FOREIGN] });

  // Somebody else's call: no fault that is meant for us strikes it.
  async function quietly(url: string, request: RequestInit = {}): Promise<Response> {
    const lagMs = calm.listLagMs;
    calm.listLagMs = 0;
    try {
      return await emulator.fetch(url, { headers: HEADERS, ...request });
    } finally {
      calm.listLagMs = lagMs;
    }
  }
  async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
    for (;;) {
      const answer = await quietly(url, { method, body: body === undefined ? null : JSON.stringify(body) });
      const json = (await answer.json()) as T & { servers?: unknown[] };
      // A page that was to be missed by a process was missed here: again.
      if (!json.servers || String(json.servers.length) === answer.headers.get("X-Total-Count")) return json;
    }
  }

  const watched = async (request: Request): Promise<Response> => {
    const { method, url } = request;
    const server = url.match(/\/servers\/([^/]+)\/action$/)?.[1];
    if (method === "POST" && server !== undefined) {
      const { action } = (await request.clone().json()) as { action: string };
      if (action === "poweron" && !booted.has(server)) {
        const answer = await quietly(`${ZONE}/servers/${server}/user_data/cloud-init`);
        const reporting = answer.ok && (await answer.text()).includes(`/user_data/${REPORT_KEY}`);
        booted.set(server, { at: clock.now(), withUserData: answer.ok, reporting });
      }
    }
    const asked = url.match(REPORT_OF)?.[1];
    if (asked !== undefined) guestReports(asked);
    const created = method === "POST" && url.endsWith("/servers");
    const answer = await emulator.fetch(request).catch(async (error: unknown) => {
      if (created) await learn();
      throw error;
    });
    if (created && answer.status === 201)
      await learn(((await answer.clone().json()) as { server: ServerView }).server);
    return answer;
  };
  /** What its guest would have written by now is there when somebody looks. */
  function guestReports(server: string): void {
    if (!booted.get(server)?.reporting) return;
    const text = guests.report(server, upAt(server));
    const isThere = emulator.history().some(({ id, deletedAt }) => id === server && deletedAt === undefined);
    if (text !== undefined && isThere) emulator.console.writeUserData(server, REPORT_KEY, text);
  }
  function upAt(server: string): number | undefined {
    const on = booted.get(server);
    return on && on.at + SLOWEST_POWER_ON_MS;
  }
  /** An SSH server greets at the addresses of machines that are ready. */
  async function greets(address: string): Promise<boolean> {
    if (!machineAt.has(address)) {
      const { servers } = await call<{ servers: ServerView[] }>("GET", `${ZONE}/servers?per_page=100`);
      for (const { id, public_ips } of servers) for (const ip of public_ips) machineAt.set(ip.address, id);
    }
    const machine = machineAt.get(address);
    return machine !== undefined && guests.cameTo(machine, upAt(machine)) === "ready";
  }
  const probe: Probe = {
    async ssh(addresses) {
      for (const address of addresses) if (await greets(address)) return { kind: "ready" };
      return { kind: "not-yet", why: "refused" };
    },
  };

  const learn = async (made?: ServerView) => {
    const servers = made
      ? [made]
      : (await call<{ servers: ServerView[] }>("GET", `${ZONE}/servers?per_page=100`)).servers;
    for (const { tags, volumes } of servers)
      for (const { id } of Object.values(volumes)) if (instanceIn(tags)) rootOf.set(id, instanceIn(tags)!);
  };

  return {
    name: "scaleway",
    types: ["DEV1-S", ...Object.values(SENTINELS)],
    hasKeys: false,
    isLikeEc2: false,
    fewest: 1,
    visibilityGapMs: VISIBILITY_GAP_MS,
    complaints: () => complaints.splice(0),
    lag(parts) {
      calm.listLagMs = parts * VISIBILITY_GAP_MS;
    },
    // Its lists are whole, or say that they are not.
    flicker() {},
    missPage() {
      emulator.faults.add({ match: { method: "GET" }, times: 1, effect: { kind: "missPage" } });
    },
    connect({ interceptor, clock: processClock, time, fate }) {
      const budget = createCallBudget(clock, (complaint) => complaints.push(complaint));
      const fetch = interceptor.wrap("fetch", watched, (site) => {
        budget.spend();
        return asAnswers(fate(site));
      });
      const { provider, limiter } = connectScaleway({
        credentials: CREDENTIALS,
        defaultZone: "fr-par-1",
        clock: processClock,
        random,
        fetch,
        heard: time.heard,
      });
      const reached = interceptor.wrap("probe", probe, fate);
      return {
        name: "sim",
        defaultZone: "fr-par-1",
        sweepAllZones: false,
        provider,
        limiter,
        probe: reached,
      };
    },
    async plantStray(owner, kind) {
      const tags = [`mayfly:owner=${owner}`, "mayfly:instance=mf-zzzzzzzzzzzz"];
      if (kind === "address") return void (await call("POST", `${ZONE}/ips`, { type: "routed_ipv6", tags }));
      if (kind === "volume") {
        const order = { name: "stray", tags, from_empty: { size: 10_000_000_000 } };
        return void (await call("POST", `${BLOCK}/volumes`, order));
      }
      await emulator.console.createServer({ name: "stray", tags });
      await learn();
    },
    async meddle(verb, machineId) {
      const { server } = await call<{ server?: ServerView }>("GET", `${ZONE}/servers/${machineId}`);
      if (!server) return;
      const volumes = Object.values(server.volumes).map(({ id }) => id);
      switch (verb) {
        case "delete":
          // What their copy leaves behind carries no mark: nobody can know whose it was.
          if (copies.has(machineId)) for (const id of volumes) rootOf.delete(id);
          return emulator.console.deleteServer(machineId);
        case "stop":
        case "shutdown":
          return emulator.console.stopServer(machineId);
        case "start":
          return emulator.console.startServer(machineId);
        case "remark":
          return emulator.console.retagServer(machineId, server.tags.map(anHourLater));
        case "double":
          copies.add(await emulator.console.createServer({ name: server.name, tags: server.tags }));
          return learn();
        case "untag":
        case "retag": {
          emulator.console.retagServer(machineId, verb === "untag" ? [] : [FOREIGN]);
          for (const { id } of server.public_ips) await call("PATCH", `${ZONE}/ips/${id}`, { tags: [] });
          for (const id of volumes) {
            rootOf.delete(id);
            await call("PATCH", `${BLOCK}/volumes/${id}`, { tags: [] });
          }
          return;
        }
        case "attach": {
          const order = { name: "foreign data", from_empty: { size: 10_000_000_000 } };
          const { id } = await call<{ id: string }>("POST", `${BLOCK}/volumes`, order);
          const attached = { volume_id: id };
          await call("POST", `${ZONE}/servers/${machineId}/attach-volume`, attached);
          return;
        }
        default:
          return verb satisfies never;
      }
    },
    onDemand: () => looked().shared,
    // The cloud itself refuses to delete a network that is in use.
    inUse: () => [],
    things: () => looked().things.map(withGuest),
    billed() {
      const madeFor = new Map(looked().things.map((thing) => [thing.id, thing.madeFor]));
      const billed = new Map<string, number>();
      for (const { id, of = id, euros } of emulator.bill().items) {
        const instance = madeFor.get(of);
        if (instance !== undefined) billed.set(instance, (billed.get(instance) ?? 0) + euros * 1e6);
      }
      return billed;
    },
  };

  // It changes without a change in the cloud.
  function withGuest(thing: SimThing): SimThing {
    if (thing.kind !== "machine" || thing.state === "gone") return thing;
    const guest = guests.cameTo(thing.id, upAt(thing.id));
    return guest ? { ...thing, guest } : thing;
  }

  function looked() {
    const history = emulator.history();
    if (history === seen.history && rootOf.size === seen.roots) return seen;
    const shared = history.filter((one) => one.deletedAt === undefined && one.tags.includes("mayfly:shared"));
    seen = {
      history,
      roots: rootOf.size,
      things: history.flatMap(thingOf),
      shared: new Set(shared.map(({ id }) => id)),
    };
    return seen;
  }

  function thingOf(past: Past): SimThing[] {
    if (past.kind !== "machine" && past.kind !== "volume" && past.kind !== "address") return [];
    const madeFor = past.name.startsWith("foreign")
      ? undefined
      : (instanceIn(past.tags) ?? rootOf.get(past.id));
    const state = past.deletedAt !== undefined ? "gone" : past.state === "stopping" ? "ending" : "alive";
    const on = booted.get(past.id);
    const createdAt = Date.parse(past.createdAt);
    const common = { id: past.id, kind: past.kind, madeFor, state, createdAt } as const;
    const seen = { ...common, ...powerIn(past), ...deadlineIn(past.tags) };
    if (on === undefined) return [seen];
    return [{ ...seen, bootedWithUserData: on.withUserData, bootedReporting: on.reporting }];
  }
}

const instanceIn = (tags: string[]) =>
  tags.find((tag) => tag.startsWith("mayfly:instance="))?.slice("mayfly:instance=".length);

const EXPIRES = "mayfly:expires=";
const anHourLater = (tag: string) =>
  tag.startsWith(EXPIRES)
    ? `${EXPIRES}${new Date(Date.parse(tag.slice(EXPIRES.length)) + HOUR_MS).toISOString().replace(".000Z", "Z")}`
    : tag;

function deadlineIn(tags: string[]): Pick<SimThing, "deadline"> {
  const tag = tags.find((one) => one.startsWith(EXPIRES));
  return tag === undefined ? {} : { deadline: Date.parse(tag.slice(EXPIRES.length)) };
}

function powerIn({ kind, state }: Past): Pick<SimThing, "power"> {
  if (kind !== "machine") return {};
  if (state === "running" || state === "starting") return { power: "on" };
  return state.startsWith("stopped") ? { power: "off" } : {};
}

function asAnswers(fate: Fate): Fate {
  if (typeof fate !== "object" || !("before" in fate)) return fate;
  const refused = fate.before();
  if (!(refused instanceof ProviderError)) return { before: () => refused };
  return refused.code === "rate_limited"
    ? { instead: () => new Response(null, { status: 429, headers: { "x-envoy-ratelimited": "true" } }) }
    : { instead: () => new Response("upstream connect error", { status: 503 }) };
}
