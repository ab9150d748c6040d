import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS } from "../testing/a-cloud.ts";
import type { Cloud } from "../testing/a-cloud.ts";

const [FEW, MANY, ROUNDS] = [60, 6_000, 15];

async function cloudWith(count: number): Promise<Cloud> {
  const cloud = aCloud();
  for (let i = 0; i < count; i++) await cloud.aServer({ name: `s${i}`, tags: ["all", `t${i % 50}`] });
  return cloud;
}

async function timed(work: () => Promise<unknown>, into: number[]): Promise<void> {
  const began = performance.now();
  await work();
  into.push(performance.now() - began);
}

test("a page of a list takes as long among 6,000 servers as among 60", async () => {
  const [small, large] = [await cloudWith(FEW), await cloudWith(MANY)];
  for (const query of ["per_page=50", "per_page=50&tags=all", "per_page=50&order=creation_date_asc"]) {
    const [few, many]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      await timed(() => small.call("GET", `${SERVERS}?${query}`), few);
      await timed(() => large.call("GET", `${SERVERS}?${query}`), many);
    }
    const [fast = 0, slow = 0] = [few, many].map((times) => times.sort((a, b) => a - b)[ROUNDS >> 1]);
    assert.ok(slow < 4 * fast + 0.5, `${query}: ${slow} ms among many, ${fast} ms among few`);
  }
});

test("conditions meet: name, tags, project, state, newest first, page by page", async () => {
  const { call } = await cloudWith(120);
  const names = async (query: string): Promise<string[]> =>
    (await call("GET", `${SERVERS}?${query}`)).json.servers.map((one: { name: string }) => one.name);
  assert.deepEqual(await names("tags=t7"), ["s107", "s57", "s7"]);
  assert.deepEqual(await names("tags=t7,all&order=creation_date_asc"), ["s7", "s57", "s107"]);
  assert.deepEqual(await names("tags=t7&tags=t8"), []);
  assert.deepEqual(await names("tags=t7&name=0"), ["s107"]);
  assert.deepEqual(await names("state=running"), []);
  assert.deepEqual((await names("per_page=50&page=3")).at(-1), "s0");
  assert.deepEqual((await names("per_page=50&page=3")).length, 20);
  assert.deepEqual(await names("per_page=50&page=4"), []);
  assert.deepEqual(await names("project=11111111-1111-4111-8111-111111111111"), []);
  assert.equal((await names("per_page=100&project=105bdce1-64c0-48ab-899d-868455867ecf")).length, 100);
});
