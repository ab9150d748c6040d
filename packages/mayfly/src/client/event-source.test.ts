import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents } from "./event-source.ts";

async function read(...chunks: string[]) {
  const events = [];
  for await (const event of readEvents(
    (async function* () {
      yield* chunks;
    })(),
  ))
    events.push(event);
  return events;
}

test("events are read however the text is cut", async () => {
  const text = 'retry: 1\n: here\n\nid: 7\nevent: phase\ndata: {"a":1}\n\nid: 8\ndata: x\ndata: y\n\n';
  const expected = [
    { id: "7", data: '{"a":1}' },
    { id: "8", data: "x\ny" },
  ];
  assert.deepEqual(await read(text), expected);
  assert.deepEqual(await read(...text), expected);
});

test("an event that was cut off is not given", async () => {
  assert.deepEqual(await read("id: 1\ndata: whole\n\nid: 2\ndata: ha"), [{ id: "1", data: "whole" }]);
});
