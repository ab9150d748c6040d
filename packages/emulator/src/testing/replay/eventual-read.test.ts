import assert from "node:assert/strict";
import { test } from "node:test";
import { aCassette } from "./a-cassette.ts";
import { given, replayed, verdicts } from "./replayed.ts";

const ONE = "0a000000-0000-4000-8000-000000000001";

test("a read is repeated, with time going by, until it shows a recorded state", async () => {
  const life = ["starting", "starting", "running"];
  const report = await replayed(
    aCassette({ answers: { server: { state: "running" } } }),
    () => given({ server: { state: life[0] } }),
    { onPass: () => life.shift() },
  );
  assert.deepEqual([verdicts(report), report.polls], [["passed"], 2]);
});

test("a read that shows a wrong state at rest is not repeated", async () => {
  const cassette = aCassette({ answers: { server: { state: "running" } } });
  const report = await replayed(cassette, () => given({ server: { state: "stopped" } }));
  assert.deepEqual([verdicts(report), report.polls], [["failed"], 0]);
});

test("a read whose state never comes is given up", async () => {
  const cassette = aCassette({ answers: { server: { state: "running" } } });
  const report = await replayed(cassette, () => given({ server: { state: "starting" } }));
  assert.deepEqual([verdicts(report), report.polls], [["failed"], 120]);
});

test("a cloud that is faster than the recorded one passes over the reads in between, not over other calls", async () => {
  const server = (state: string) => ({ answers: { server: { state } } });
  const cassette = aCassette(
    server("starting"),
    server("starting"),
    server("running"),
    { method: "PATCH", path: "/servers/one", answers: { server: { state: "running" } } },
    server("running"),
  );
  const report = await replayed(cassette, () => given({ server: { state: "running" } }));
  assert.deepEqual(verdicts(report), ["passed", "passed over", "passed over", "passed", "passed"]);
});

test("a read may not be answered with what only a later change brought about", async () => {
  const path = `/servers/${ONE}`;
  const server = (name: string, state: string) => ({ path, answers: { server: { name, state } } });
  const cassette = aCassette(
    server("lab", "stopped"),
    { method: "POST", path: `${path}/action`, sends: { action: "poweron" }, answers: {} },
    server("lab", "running"),
  );
  const report = await replayed(cassette, ({ method }) =>
    given(method === "GET" ? { server: { name: "lab", state: "running" } } : {}),
  );
  assert.deepEqual(verdicts(report), ["failed", "passed", "passed"]);
});
