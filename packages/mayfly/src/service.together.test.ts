import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { InstanceView } from "./api/instance-view.ts";
import { eventually } from "./testing/eventually.ts";
import { postgresOrSkip, startPostgres } from "./testing/postgres-server.ts";
import { processScene } from "./testing/process-scene.ts";
import type { ServiceProcess } from "./testing/service-process.ts";

const BOUND_MS = 60_000;
const timeout = 120_000;

const found = postgresOrSkip();
if ("bin" in found) {
  const database = await startPostgres(found.bin);
  after(() => database.stop());

  test(
    "what one process accepts others carry out, one of them looks, and its death holds up nobody",
    { timeout },
    async (t) => {
      const { home, startCloud, startService } = processScene(t);
      const cloud = await startCloud();
      const start = async (name: string, role: string) => {
        const own = join(home, name);
        mkdirSync(own);
        const env = { ...cloud.env, MAYFLY_DATABASE: database.url };
        const service = await startService({ home: own, env, words: ["service", "--json", "--role", role] });
        await service.answers();
        return service;
      };
      const api = await start("a", "api");
      const workers = [await start("b", "worker"), await start("c", "worker")];
      const watcher = async () => {
        const { duties, processes } = await api.client.doctor();
        assert.equal(processes?.length, workers.length);
        const holder = duties?.find(({ name }) => name === "watch/default")?.process;
        const at = workers.findIndex(({ pid }) => holder?.endsWith(` ${pid}`));
        assert.ok(at >= 0, `${holder}`);
        return at;
      };

      // 1. The one that answers makes nothing itself.
      const { id } = await api.client.create({ name: "first", lifetime: "1h" });
      await reaches(api, id, "running");
      const before = (await cloud.calls()).total;
      assert.ok(before > 0);

      // 2. The one that looks dies.
      const at = await watcher();
      const [dead] = workers.splice(at, 1);
      await dead!.kill();
      const second = await api.client.create({ name: "second", lifetime: "1h" });
      await reaches(api, second.id, "running");
      await eventually(async () => assert.equal(await watcher(), 0), { boundMs: 10_000 });

      // 3. Whoever is told to stop stops, and gives back what it did for all.
      for (const service of [api, ...workers]) {
        service.signal("SIGTERM");
        assert.deepEqual(await service.ended, { code: 0, signal: null }, service.out() + service.err());
      }
      const left = await database.query("SELECT name FROM mayfly.duties");
      assert.equal(left.length, 1);
      assert.match(String(left[0]!["name"]), new RegExp(`^worker/.* ${dead!.pid} `));
    },
  );

  test(
    "one that cannot be reached where it was asked to be ends, and does not stay to do nothing",
    { timeout },
    async (t) => {
      const { home, startCloud, startService } = processScene(t);
      const cloud = await startCloud();
      const own = join(home, "d");
      mkdirSync(own);
      const env = { ...cloud.env, MAYFLY_DATABASE: database.url };
      const { port } = new URL(cloud.env["SCW_API_URL"]!);
      const service = await startService({ home: own, env, words: ["service", "--json", "--port", port] });
      assert.deepEqual(await service.ended, { code: 1, signal: null });
      assert.match(service.err(), /EADDRINUSE/);
    },
  );

  test(
    "one that is to take SWIM's orders with an account that is not there does not start",
    { timeout: 30_000 },
    async (t) => {
      const { home, startCloud, startService } = processScene(t);
      const cloud = await startCloud();
      const own = join(home, "e");
      mkdirSync(own);
      const env = { ...cloud.env, MAYFLY_DATABASE: database.url };
      const words = ["--redis", "127.0.0.1:1", "--account", "nobody's"];
      const service = await startService({ home: own, env, words });
      assert.equal((await service.ended).code, 1);
      assert.match(service.err(), /no account nobody's; there are: default/);
    },
  );
}

async function reaches(service: ServiceProcess, id: string, phase: InstanceView["phase"]): Promise<void> {
  await eventually(async () => assert.equal((await service.client.get(id)).phase, phase), {
    boundMs: BOUND_MS,
    everyMs: 100,
  });
}
