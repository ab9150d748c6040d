import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
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
        const store = await open();
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
      assert.equal((await store.claimants("main", [`m-${id}`]))[0]?.id, id);
    }
    await store.close();
    const database = new DatabaseSync(path);
    assert.deepEqual({ ...database.prepare("PRAGMA integrity_check").get() }, { integrity_check: "ok" });
    assert.deepEqual(database.prepare("PRAGMA foreign_key_check").all(), []);
    database.close();
  });

  test("processes that open one new file at once agree on its owner and write side by side", async () => {
    for (let round = 0; round < 3; round++) {
      const path = join(folder, `race-${round}.db`);
      const children = Array.from({ length: 4 }, (_, n) =>
        aChild(
          `
          process.stdin.once("data", async () => {
            const store = await open();
            for (let i = 0; i < 10; i++) await store.insert(aNewInstance({ id: "mf-${n}-" + i }));
            console.log(await store.owner());
            await store.close();
            process.exit();
          });
          console.log("ready");`,
          path,
        ),
      );
      const said = children.map(async (child) => {
        const lines = [];
        for await (const line of createInterface({ input: child.stdout })) {
          lines.push(line);
          if (line === "ready") ready.push(child);
          if (ready.length === children.length && line === "ready")
            for (const each of ready) each.stdin.write("go\n");
        }
        return lines[1];
      });
      const ready: typeof children = [];
      const owners = new Set(await Promise.all(said));
      assert.equal(owners.size, 1);
      assert.match(String([...owners][0]), /^[0-9a-z]{16}$/);
      const store = await openSqliteStore({ path, random: systemRandom });
      assert.equal((await store.list({ limit: 100 })).instances.length, 40);
      assert.equal(await store.lastEventSeq(), 40);
      await store.close();
    }
  });
});

/** Another process with `open` and `aNewInstance` at hand. */
function aChild(body: string, path: string) {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const code = `
    import { openSqliteStore } from ${url("./sqlite.ts")};
    import { aNewInstance } from ${url("./a-new-instance-contract.ts")};
    import { systemRandom } from ${url("../random.ts")};
    const open = () => openSqliteStore({ path: ${JSON.stringify(path)}, random: systemRandom });
    ${body}`;
  const child = spawn(process.execPath, ["-C", "source", "--input-type=module", "-e", code], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}
