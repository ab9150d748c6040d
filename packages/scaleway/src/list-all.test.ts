import assert from "node:assert/strict";
import { test } from "node:test";
import { ScalewayCallError } from "./call-error.ts";
import { listAll } from "./list-all.ts";

const things = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `t${from + index}` }));

/** A list in which `between` may happen after each page. */
function aList(items: { id: string }[], between: (call: number) => void = () => {}) {
  const pages: number[] = [];
  return {
    pages,
    pageOf: async (page: number, size: number) => {
      const answer = { items: items.slice((page - 1) * size, page * size), totalCount: items.length };
      pages.push(page);
      between(pages.length);
      return answer;
    },
  };
}

const incomplete = (error: unknown) => error instanceof ScalewayCallError && error.kind === "unavailable";

test("one page costs one call, an empty list too", async () => {
  for (const count of [0, 1, 100]) {
    const { pageOf, pages } = aList(things(count));
    assert.equal((await listAll(pageOf, { what: "things", oldestFirst: true })).length, count);
    assert.deepEqual(pages, [1]);
  }
});

test("several pages are read one after another", async () => {
  for (const oldestFirst of [true, false]) {
    const { pageOf, pages } = aList(things(250));
    assert.equal((await listAll(pageOf, { what: "things", oldestFirst })).length, 250);
    assert.deepEqual(pages, oldestFirst ? [1, 3, 2, 1] : [1, 2, 3]);
  }
});

test("a page that lacks items, or a count, is no inventory", async () => {
  for (const lacking of [1, 2, 3])
    for (const oldestFirst of [true, false]) {
      const { pageOf } = aList(things(250));
      const short = async (page: number, size: number) => {
        const answer = await pageOf(page, size);
        return page === lacking ? { ...answer, items: answer.items.slice(1) } : answer;
      };
      await assert.rejects(listAll(short, { what: "things", oldestFirst }), incomplete);
    }
  const uncounted = async () => ({ items: things(3), totalCount: undefined });
  await assert.rejects(listAll(uncounted, { what: "things" }), incomplete);
});

test("what was there all the time is found, whatever comes and goes meanwhile", async () => {
  for (let victim = 0; victim < 250; victim += 7)
    for (let moment = 1; moment <= 4; moment += 1) {
      const items = things(250);
      const { pageOf } = aList(items, (call) => {
        if (call !== moment) return;
        items.splice(victim, 1);
        items.push(...things(1, 1_000));
      });
      const found = new Set(
        (await listAll(pageOf, { what: "things", oldestFirst: true })).map(({ id }) => id),
      );
      for (const { id } of things(250))
        if (id !== `t${victim}`) assert.ok(found.has(id), `${id} at ${moment}`);
    }
});

test("a list in no known order that changes while it is read is no inventory", async () => {
  const items = things(250);
  const { pageOf } = aList(items, (call) => void (call === 1 && items.shift()));
  await assert.rejects(listAll(pageOf, { what: "things" }), incomplete);
});
