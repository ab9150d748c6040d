import assert from "node:assert/strict";
import type { InstanceView } from "../api/instance-view.ts";
import type { ServiceProcess } from "./service-process.ts";
import { instanceIn } from "./somebody-elses.ts";
import type { SwimStage } from "./swim-stage.ts";

/** Each bad payload is in the dead list once, with all that was wrong with it, and nothing else is. */
export async function expectDead(
  { dead }: SwimStage,
  bad: { payload: string; reason: RegExp }[],
): Promise<void> {
  const found = await dead();
  assert.deepEqual(
    found.map(({ payload }) => payload).toSorted(),
    bad.map(({ payload }) => payload).toSorted(),
  );
  for (const { payload, reason } of bad) {
    const entry = found.find((one) => one.payload === payload)!;
    assert.match(entry.reason, reason);
    assert.ok(Math.abs(Date.parse(entry.time) - Date.now()) < 3_600_000);
  }
}

export async function expectEmptyQueues({ app }: SwimStage): Promise<void> {
  const keys = [...(await app.keys("swim:*:queue")), ...(await app.keys("swim:*:taken:*"))];
  assert.deepEqual(keys, []);
}

/** One row, which came to run, for each order, and one machine for each that still does. */
export async function expectEveryOrderIsOne(
  { client }: ServiceProcess,
  { cloud }: SwimStage,
  orders: number,
  phase: "running" | "deleted",
): Promise<void> {
  const rows = await allRows(client.list);
  const ordered = rows.filter(({ origin }) => origin === "request");
  assert.equal(new Set(ordered.map(({ machineName }) => machineName)).size, orders, "some orders were lost");
  assert.equal(ordered.length, orders, "some orders were doubled");
  const waiting = ordered.filter((row) => row.phase !== phase || row.readyAt === undefined);
  assert.deepEqual(
    waiting.map(({ name, phase, reason }) => ({ name, phase, reason })),
    [],
  );
  if (phase === "deleted") return;
  const servers = (await cloud.history()).filter(
    (one) => one.kind === "machine" && one.deletedAt === undefined,
  );
  const marks = servers.map(({ tags }) => instanceIn(tags)).toSorted();
  assert.deepEqual(marks, ordered.map(({ id }) => id).toSorted());
}

async function allRows(list: ServiceProcess["client"]["list"]): Promise<InstanceView[]> {
  const rows: InstanceView[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ all: true, limit: 500, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.instances);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}

/** The key of each name says so. */
export async function expectTold({ stateOf }: SwimStage, payloads: string[], state: string): Promise<void> {
  const names = payloads.map((payload) => (JSON.parse(payload) as { ServerName: string }).ServerName);
  const told = await Promise.all(names.map(async (name) => [name, (await stateOf(name))?.state]));
  assert.deepEqual(
    told,
    names.map((name) => [name, state]),
  );
}
