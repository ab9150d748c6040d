import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SwimState } from "../ingress/swim-state.ts";
import type { CloudProcess } from "./cloud-process.ts";
import type { ProcessScene } from "./process-scene.ts";
import { startRedis } from "./redis-server.ts";
import type { RedisServer, RedisUser } from "./redis-server.ts";
import type { ServiceProcess } from "./service-process.ts";
import { swimOrder } from "./swim-world.ts";

/** A Redis, a cloud, SWIM's service, and a web app that knows nothing but Redis. */
export interface SwimStage {
  cloud: CloudProcess;
  redis: RedisServer;
  app: RedisUser;
  /** In the scene's home, if no other is given. */
  start(options?: { home?: string; env?: Record<string, string> }): Promise<ServiceProcess>;
  /** Pushed from the right when its index is even, from the left when it is odd. */
  push(index: number, payload: string): Promise<void>;
  stateOf(serverName: string): Promise<SwimState | undefined>;
  dead(): Promise<{ payload: string; reason: string; time: string }[]>;
}

const CLOUD_INIT = "#cloud-config\n# {{ .WebUsername }} $(id)\npackages: [git]\n";

export async function swimStage(
  scene: ProcessScene,
  t: { after(clean: () => Promise<void>): void },
  program: string,
): Promise<SwimStage> {
  const redis = await startRedis(program);
  t.after(() => redis.stop());
  const cloud = await scene.startCloud();
  const app = await redis.client();
  const words = ["--redis", `127.0.0.1:${redis.port}`, "--json", "--verbose"];
  return {
    cloud,
    redis,
    app,
    async start({ home = scene.home, env } = {}) {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      writeFileSync(join(home, "cloud-init.yml"), CLOUD_INIT);
      return scene.startService({ home, env: { ...cloud.env, ...env }, words });
    },
    async push(index, payload) {
      const queue = "swim:provision:queue";
      await (index % 2 === 0 ? app.rPush(queue, payload) : app.lPush(queue, payload));
    },
    async stateOf(serverName) {
      const text = await app.get(`swim:name:${serverName}`);
      return text === null ? undefined : (JSON.parse(text) as SwimState);
    },
    async dead() {
      const all = await app.lRange("swim:provision:dead", 0, -1);
      return all.map((text) => JSON.parse(text) as { payload: string; reason: string; time: string });
    },
  };
}

/** Orders as a careless web app pushes them; of the bad ones all that is wrong with each. `inTurn` are good and bad ones. */
export function mixedOrders(counts: { good: number; bad: number; refused: number; ttlMinutes: number }) {
  const { ttlMinutes: TTLMinutes } = counts;
  const mistakes: [payload: (mark: string) => string, reason: RegExp][] = [
    [(mark) => `no json ${mark}`, /is not JSON/],
    [(mark) => `["${mark}"]`, /is not a JSON object/],
    [
      (mark) => `{"ServerName":"${mark}"}`,
      /ServerType is missing.*TTLMinutes is missing.*CloudInitFile is missing/,
    ],
    [
      (mark) => swimOrder({ ServerName: mark, TTLMinutes: 0, WebLabID: -3 }),
      /WebLabID is -3.*TTLMinutes is 0/,
    ],
    [(mark) => swimOrder({ ServerName: mark, CloudInitFile: "../../etc/passwd" }), /leads out of the folder/],
  ];
  const good = Array.from({ length: counts.good }, (_, index) =>
    swimOrder({ ServerName: `Lab ${index}`, WebLabID: index + 1, TTLMinutes, SSHKey: "ignored" }),
  );
  const bad = Array.from({ length: counts.bad }, (_, index) => {
    const [payload, reason] = mistakes[index % mistakes.length]!;
    return { payload: payload(`bad-${index}`), reason };
  });
  const refused = Array.from({ length: counts.refused }, (_, index) =>
    swimOrder({ ServerName: `Refused ${index}`, TTLMinutes, ServerType: "DEV9-XXL" }),
  );
  const inTurn = Array.from({ length: Math.max(good.length, bad.length) }, (_, index) => [
    good[index],
    bad[index]?.payload,
  ]);
  return { good, bad, refused, inTurn: inTurn.flat().filter((payload) => payload !== undefined) };
}
