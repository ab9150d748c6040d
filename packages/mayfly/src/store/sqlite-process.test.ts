import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { systemRandom } from "../random.ts";
import { openSqliteStore } from "./sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-store-process-"));
after(() => rmSync(folder, { recursive: true }));

describe("sqlite, process by process", () => {
  test("every write that was acknowledged survives a kill, whole; none is half there", async () => {
    const path = join(folder, "killed.db");
    const acknowledged = new Map<string, number>();
    for (let run = 0; run < 3; run++) {
      const child = aChild(
        `
        const store = await openSqliteStore({ path, random: systemRandom });
        for (let n = 0; ; n++) {
          const id = "mf-${run}-" + n;
          const footprint = { version: 1, zone: "z", machine: "m-" + id, volumes: [], addresses: [], nics: [] };
          await store.insert(aNewInstance({ id, footprint }));
          for (let failures = 1; failures <= 3; failures++) {
            await store.update(id, {}, (row) => ({ row: { ...row, failures }, events: [{ at: failures, kind: "trouble" }] }));
            console.log(id, failures);
          }
        }`,
        path,
      );
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        const [id, failures] = line.split(" ");
        acknowledged.set(id!, Number(failures));
        if (++lines === 100 + 37 * run) child.kill("SIGKILL");
      }
    }
    const store = await openSqliteStore({ path, random: systemRandom });
    for (const [id, failures] of acknowledged) assert.ok((await store.get(id))!.failures >= failures, id);
    const { instances } = await store.list({ limit: 10_000 });
    assert.ok(instances.length >= acknowledged.size);
    for (const { id, failures, version } of instances) {
      const events = await store.events({ after: 0, instanceId: id, limit: 10 });
      assert.deepEqual([version, events.length], [failures + 1, failures + 1], id);
      assert.equal((await store.find(`m-${id}`))?.id, id);
    }
    await store.close();
    const database = new DatabaseSync(path);
    assert.deepEqual({ ...database.prepare("PRAGMA integrity_check").get() }, { integrity_check: "ok" });
    assert.deepEqual(database.prepare("PRAGMA foreign_key_check").all(), []);
    database.close();
  });

  const HELD_UP_MS = 90_000;
  const withoutWaiting = { timeout: 60_000 };

  test(
    "of many who open one new file in the same instant none is refused or held up, and all agree on its owner",
    withoutWaiting,
    async (t) => {
      // In step: threads of one process, each with its own connection, meet at a barrier before each file. Who waits for
      // another who waits for them would wait longer than the test.
      const [threads, rounds] = [4, 120];
      const barrier = new Int32Array(new SharedArrayBuffer(4));
      const code = `
      import { workerData, parentPort } from "node:worker_threads";
      ${imports}
      const { barrier, threads, rounds, folder, busyTimeoutMs } = workerData;
      const owners = [];
      for (let round = 0; round < rounds; round++) {
        Atomics.add(barrier, 0, 1);
        while (Atomics.load(barrier, 0) < threads * (round + 1));
        const path = folder + "/race-" + round + ".db";
        const store = await openSqliteStore({ path, random: systemRandom, busyTimeoutMs });
        owners.push(await store.owner());
        await store.close();
      }
      parentPort.postMessage(owners);`;
      const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
      const workers = Array.from({ length: threads }, () => {
        const worker = new Worker(url, {
          workerData: { barrier, threads, rounds, folder, busyTimeoutMs: HELD_UP_MS },
        });
        t.after(() => worker.terminate());
        return once(worker, "message") as Promise<[string[]]>;
      });
      const owners = (await Promise.all(workers)).map(([list]) => list);
      for (let round = 0; round < rounds; round++)
        assert.equal(new Set(owners.map((list) => list[round])).size, 1);
    },
  );

  test("two processes write one file side by side", async () => {
    const path = join(folder, "shared.db");
    const children = [0, 1].map((n) =>
      aChild(
        `const store = await openSqliteStore({ path, random: systemRandom });
        for (let i = 0; i < 50; i++) await store.insert(aNewInstance({ id: "mf-${n}-" + i }));
        await store.close();`,
        path,
      ),
    );
    for (const [code] of await Promise.all(children.map((child) => once(child, "exit"))))
      assert.equal(code, 0);
    const store = await openSqliteStore({ path, random: systemRandom });
    assert.equal((await store.list({ limit: 1_000 })).instances.length, 100);
    assert.deepEqual(
      (await store.events({ after: 0, limit: 1_000 })).map((event) => event.seq),
      Array.from({ length: 100 }, (_, n) => n + 1),
    );
    await store.close();
  });
});

const urlOf = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
const imports = `
  import { openSqliteStore } from ${urlOf("./sqlite.ts")};
  import { aNewInstance } from ${urlOf("./a-new-instance-contract.ts")};
  import { systemRandom } from ${urlOf("../random.ts")};`;

/** Another process that runs this code, with `path` and what `imports` brings at hand. */
function aChild(body: string, path: string) {
  const code = `${imports} const path = ${JSON.stringify(path)}; ${body}`;
  const child = spawn(process.execPath, ["-C", "source", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}
