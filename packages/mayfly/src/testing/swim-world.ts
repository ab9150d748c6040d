import { createCommands } from "../controllers/commands.ts";
import type { Ports } from "../controllers/ports.ts";
import { createSwim } from "../ingress/swim.ts";
import { createDuties } from "../controllers/duties.ts";
import { SWIM_DUTY, swimInTurn } from "../ingress/swim-in-turn.ts";
import type { Swim, SwimOptions } from "../ingress/swim.ts";
import type { SwimPorts } from "../ingress/swim-ports.ts";
import { createMemoryRedis } from "../redis/memory.ts";
import type { Redis } from "../redis/redis.ts";
import { createMemoryStore } from "../store/memory.ts";
import { createInterceptor } from "./interceptor.ts";
import type { Fate } from "./interceptor.ts";
import { seededRandom } from "./seeded-random.ts";
import { silentLog } from "./silent-log.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** SWIM's door before a store and a Redis in memory; nobody carries out what is ordered. */
export function swimWorld(options: { owner?: string } = {}) {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const store = createMemoryStore({ random, clock, owner: options.owner ?? "0123456789abcdef" });
  const server = createMemoryRedis(clock);
  const said: string[] = [];
  const log = (fields: object, message: string) =>
    void said.push(
      `${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : (value as unknown)))}`,
    );

  /** A process; it dies where `fate` says so, and its connections with it. */
  async function boot(
    over: { fate?: (site: string) => Fate; owner?: string; most?: number; prefix?: string } = {},
  ): Promise<Swim & { start(): Promise<void>; alive: () => boolean }> {
    const { swim, alive } = await process(over);
    const created = await swim();
    const start = async () => {
      await created.open();
      created.begin();
    };
    return { ...created, start, alive };
  }

  /** One of several processes that take in turn; it stands still where `fate` says so, until it is told to go on. */
  async function bootInTurn(name: string, fate?: (site: string) => Fate) {
    const { swim, reached, goOn } = await process({ ...(fate && { fate }) });
    const stopping = new AbortController();
    const kept = createDuties({ ...reached, log: silentLog }, name).keep(
      SWIM_DUTY,
      (tenure) => swimInTurn(swim, tenure),
      stopping.signal,
    );
    return {
      goOn,
      async stop() {
        stopping.abort();
        await kept;
      },
    };
  }

  async function process(
    over: { fate?: (site: string) => Fate; owner?: string; most?: number; prefix?: string } = {},
  ) {
    const connections: Redis[] = [];
    let goOn = () => {};
    const { wrap, alive } = createInterceptor(
      () => void connections.map((redis) => redis.close()),
      (thaw) => (goOn = thaw),
    );
    const reached = {
      clock: wrap("clock", clock),
      store: wrap(
        "store",
        over.owner === undefined ? store : { ...store, owner: async () => over.owner! },
        over.fate,
      ),
    };
    const provider = { name: "fake", supports: { stop: true, failsafe: false } };
    const account = { name: "fake", defaultZone: "fake-1", sweepAllZones: false, provider };
    const core = {
      ...reached,
      scheduler: {
        start: async () => {},
        wake: async () => {},
        wakeNow: async () => {},
        stop: async () => {},
      },
      random,
      accounts: new Map([["fake", account]]),
      log: silentLog,
    } as unknown as Ports;
    const ports: Omit<SwimPorts, "redis"> = {
      ...reached,
      commands: createCommands(core, () => Promise.reject(new Error("no doctor here"))),
      random,
      log: { info: log, warn: log, error: log },
      readCloudInit: wrap(
        "readCloudInit",
        async (file: string) =>
          file === "cloud-init.yml"
            ? "#cloud-config\n"
            : { path: "CloudInitFile", message: `read ${file}: there is no such file` },
        over.fate === undefined ? undefined : () => over.fate!("readCloudInit"),
      ),
    };
    const swim = async (turn?: SwimOptions["turn"]): Promise<Swim> => {
      const redis = server.connect();
      connections.push(redis);
      return createSwim(
        { ...ports, redis: wrap("redis", redis, over.fate) },
        {
          account: "fake",
          host: "here",
          pid: 1,
          ...(over.most !== undefined && { mostProvisioning: over.most }),
          ...(over.prefix !== undefined && { prefix: over.prefix }),
          ...(turn && { turn }),
        },
      );
    };
    return { swim, reached, alive, goOn: () => goOn() };
  }

  return { clock, store, server, said, boot, bootInTurn };
}

/** An order as the web app pushes it. */
export const swimOrder = (with_: object = {}): string =>
  JSON.stringify({
    ServerName: "lab",
    ServerType: "DEV1-S",
    SecurityGroupName: "default",
    ImageID: "ubuntu_jammy",
    WebUsername: "ada",
    WebLabID: 7,
    TTLMinutes: 60,
    CloudInitFile: "cloud-init.yml",
    ...with_,
  });
