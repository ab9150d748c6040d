import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { EventView } from "../api/instance-view.ts";
import { anInstance } from "../testing/builders.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createApi } from "./create-api.ts";
import { createFakeCommands } from "./testing/fake-commands.ts";

let commands = createFakeCommands(anInstance);
let clock = createVirtualClock();

beforeEach(() => {
  commands = createFakeCommands(anInstance);
  clock = createVirtualClock();
  commands.put(anInstance());
  commands.put(anInstance({ id: "mf-000000000002", name: "other" }));
});

async function open(path: string, headers: Record<string, string> = {}) {
  const api = createApi({ commands, clock, log: { error() {} } });
  const gone = new AbortController();
  const answer = await api(
    new Request(`http://localhost${path}`, {
      headers: { Accept: "text/event-stream", ...headers },
      signal: gone.signal,
    }),
  );
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  const next = async () => {
    const { done, value } = await reader.read();
    return done ? undefined : decoder.decode(value);
  };
  assert.match((await next()) ?? "", /^retry: /);
  return { next, leave: () => gone.abort(), cancel: () => reader.cancel() };
}

const seqs = (text: string | undefined) =>
  [...(text ?? "").matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));

test("a stream tells what happened and then what happens", async () => {
  commands.happen("mf-000000000001", { phase: "provisioning" });
  const { next } = await open("/v1/events");
  assert.deepEqual(seqs(await next()), [1]);
  const coming = next();
  commands.happen("mf-000000000001", { phase: "running" });
  const text = await coming;
  assert.deepEqual(seqs(text), [2]);
  assert.equal((JSON.parse(/^data: (.*)$/m.exec(text ?? "")![1]!) as EventView).phase, "running");
});

test("a stream goes on behind the last event that the client read", async () => {
  for (const phase of ["provisioning", "running", "stopping"] as const)
    commands.happen("mf-000000000001", { phase });
  const { next } = await open("/v1/events?after=1", { "Last-Event-ID": "2" });
  assert.deepEqual(seqs(await next()), [3]);
});

test("a stream of one instance is silent about others", async () => {
  commands.happen("mf-000000000002", { phase: "running" });
  const { next } = await open("/v1/events?instance=lab");
  const coming = next();
  commands.happen("mf-000000000002", { phase: "stopping" });
  commands.happen("mf-000000000001", { phase: "running" });
  assert.deepEqual(seqs(await coming), [3]);
});

test("a silent stream beats every 15 seconds", async () => {
  const { next } = await open("/v1/events");
  const coming = next();
  await clock.advance(15_000);
  assert.equal(await coming, ": still here\n\n");
});

for (const way of ["leave", "cancel"] as const)
  test(`nobody waits for a client that is gone (${way})`, async () => {
    const stream = await open("/v1/events");
    const coming = stream.next();
    await clock.advance(1);
    assert.equal(commands.waiting(), 1);
    await stream[way]();
    assert.equal(await coming, undefined);
    await clock.advance(1);
    assert.equal(commands.waiting(), 0);
    assert.equal(clock.nextAt(), undefined);
  });

test("without asking for a stream, events are a page", async () => {
  for (const phase of ["provisioning", "running"] as const) commands.happen("mf-000000000001", { phase });
  const api = createApi({ commands, clock, log: { error() {} } });
  const read = async (query: string) => {
    const answer = await api(new Request(`http://localhost/v1/events?${query}`));
    return (await answer.json()) as { events: EventView[]; after: number };
  };
  const first = await read("limit=1");
  assert.deepEqual([first.events.map(({ seq }) => seq), first.after], [[1], 1]);
  const last = await read("after=2");
  assert.deepEqual([last.events, last.after], [[], 2]);
});

test("a Last-Event-ID that is no number is refused", async () => {
  const api = createApi({ commands, clock, log: { error() {} } });
  const headers = { Accept: "text/event-stream", "Last-Event-ID": "x" };
  assert.equal((await api(new Request("http://localhost/v1/events", { headers }))).status, 400);
});
