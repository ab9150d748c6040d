import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, SERVERS, TOKEN } from "../testing/a-cloud.ts";

test("over a socket it answers the same, and control endpoints are there when asked for", async () => {
  const { emulator } = aCloud({ control: true });
  const { url, close } = await emulator.listen({ port: 0 });
  const headers = { "X-Auth-Token": TOKEN };
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  try {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const made = await send("POST", IPS, {});
    assert.equal(made.status, 201);
    assert.equal(made.headers.get("Date"), "Sat, 21 Nov 2026 00:00:00 GMT");
    assert.equal(
      (await send("DELETE", `${IPS}/${((await made.json()) as { ip: { id: string } }).ip.id}`)).status,
      204,
    );

    const lost = { match: { operation: "createIp", path: "/ips" }, times: 1, effect: { kind: "cutAfter" } };
    assert.equal((await send("POST", "/_emulator/faults", lost)).status, 204);
    await assert.rejects(send("POST", IPS, {}), TypeError);
    const { addresses } = (await (await send("GET", "/_emulator/leftovers")).json()) as {
      addresses: unknown[];
    };
    assert.equal(addresses.length, 1);
    assert.equal(((await (await send("GET", "/_emulator/history")).json()) as unknown[]).length, 2);
    assert.equal(((await (await send("GET", "/_emulator/calls")).json()) as { total: number }).total, 3);
    assert.equal((await send("POST", "/_emulator/faults", {})).status, 400);
    assert.equal((await send("DELETE", "/_emulator/faults")).status, 204);
    assert.equal((await send("POST", "/_emulator/reset")).status, 204);
    assert.equal(emulator.calls().total, 0);
  } finally {
    await close();
  }
});

test("control endpoints are unknown unless asked for", async () => {
  const { call } = aCloud();
  assert.equal((await call("POST", "/_emulator/reset")).status, 404);
  assert.equal((await call("GET", SERVERS)).status, 200);
});
