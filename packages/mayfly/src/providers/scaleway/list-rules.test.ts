import assert from "node:assert/strict";
import { test } from "node:test";
import { anEmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { listRules } from "./list-rules.ts";

const GROUP = { securityGroupId: "11111111-0000-4000-8000-000000000000", zone: "fr-par-1" };

/** A cloud that gives the rules of a group in pages, or all at once whatever is asked for. */
function aCloud({ count, pages }: { count: number; pages: boolean }) {
  const all = Array.from({ length: count }, (_, index) => ({ id: `rule-${index}` }));
  const asked: string[] = [];
  const clients = anEmulatedScaleway().clients(async (request) => {
    const query = new URL(request.url).searchParams;
    const [page, size] = [Number(query.get("page")), Number(query.get("per_page"))];
    asked.push(`${page} of ${size}`);
    const rules = pages ? all.slice((page - 1) * size, page * size) : all;
    return Response.json({ rules });
  });
  const ids = async () => (await listRules(clients, GROUP)).map(({ id }) => id);
  return { ids, asked, all: all.map(({ id }) => id) };
}

test("rules of several pages are read to the end", async () => {
  for (const [count, calls] of [
    [0, 1],
    [99, 1],
    [100, 2],
    [250, 3],
  ] as const) {
    const { ids, asked, all } = aCloud({ count, pages: true });
    assert.deepEqual(await ids(), all);
    assert.equal(asked.length, calls);
    assert.equal(asked[0], "1 of 100");
  }
});

test("a cloud that has no pages of rules is asked twice at most", async () => {
  for (const count of [6, 100, 250]) {
    const { ids, asked, all } = aCloud({ count, pages: false });
    assert.deepEqual(await ids(), all);
    assert.ok(asked.length <= 2, String(asked.length));
  }
});
