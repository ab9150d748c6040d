import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { systemRandom } from "../random.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { anInstance } from "../testing/builders.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-hostile-store-"));
const path = join(folder, "mayfly.db");
const store = await openSqliteStore({ path, random: systemRandom });
after(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function ask(sql: string): object[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

const SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY name";
const atFirst = ask(SCHEMA);
let made = 0;
const idOf = (number: number) => `mf-${String(number).padStart(12, "0")}`;

for (const [what, text] of Object.entries(hostileTexts))
  test(`a text that ${what} is a value in the store and nothing else, wherever it stands`, async () => {
    const kept = anInstance();
    const {
      version: _version,
      lease: _lease,
      ...fresh
    } = anInstance({
      id: idOf(++made),
      name: text,
      account: text,
      reason: text,
      ips: [text],
      lastError: { code: text, message: text, at: 1 },
      footprint: { ...kept.footprint, zone: text, machine: `${made}${text}`, addresses: [text] },
      spec: { ...kept.spec, zone: text, type: text, image: text, userData: text, tags: [text] },
    });
    const { instance } = await store.insert(fresh, { idempotencyKey: text, foundKey: text });
    assert.deepEqual(
      { ...instance, version: 1, lease: undefined },
      { ...fresh, version: 1, lease: undefined },
    );
    assert.equal((await store.inserted(text))?.id, fresh.id);
    await store.setSuspects(text, [{ key: text, firstSeenAt: 1 }]);

    // Looked up by it, there is this row or none: no half a text, no pattern, no condition of its own.
    const found = await store.find(text);
    assert.ok(found === undefined || found.id === fresh.id, found?.id);
    assert.deepEqual((await store.list({ limit: 5, cursor: text })).instances, []);
    assert.deepEqual(await store.events({ after: 0, limit: 5, instanceId: text }), []);
    assert.equal(await store.claim(text, { token: text, now: 1, until: 2 }), undefined);
    assert.equal((await store.list({ limit: 500, all: true })).instances.length, made);
  });

test("after all of that the database is whole, and has no table more or less", () => {
  assert.deepEqual(ask("PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
  assert.deepEqual(ask(SCHEMA), atFirst);
});
