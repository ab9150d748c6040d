import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aCloud, SERVERS } from "./testing/a-cloud.ts";
import { UNKNOWN } from "./testing/ids.ts";
import { absentThings } from "./testing/refusals/absent-things.ts";
import { missing } from "./testing/refusals/refused.ts";
import { senselessRequests } from "./testing/refusals/senseless-requests.ts";
import { thingsInUse } from "./testing/refusals/things-in-use.ts";
import { volumesInUse } from "./testing/refusals/volumes-in-use.ts";
import { withoutLeave } from "./testing/refusals/without-leave.ts";
import { wrongPlaces } from "./testing/refusals/wrong-places.ts";
import { wrongStates } from "./testing/refusals/wrong-states.ts";

const TABLES = [
  absentThings,
  wrongPlaces,
  senselessRequests,
  withoutLeave,
  wrongStates,
  volumesInUse,
  thingsInUse,
];

describe("the cloud refuses, says why, and leaves everything as it was", () => {
  for (const { name, ask, refused, options } of TABLES.flatMap((table) => table()))
    test(name, async () => {
      const cloud = aCloud(options);
      const asked = await ask(cloud);
      const { status, body: expected } = typeof refused === "function" ? refused(asked) : refused;
      const before = cloud.emulator.leftovers();
      const [method, path, body] = asked;
      const reply = await cloud.call(method, path, method === "GET" ? undefined : body);
      assert.deepEqual([reply.status, told(reply.json, expected)], [status, expected], path);
      assert.equal(reply.headers.get("Content-Type"), "application/json");
      assert.deepEqual(cloud.emulator.leftovers(), before);
    });
});

/** Without the help messages that nobody recorded. */
function told(actual: unknown, expected: unknown): unknown {
  const wanted = Object(expected) as Record<string, unknown>;
  if (Array.isArray(actual)) return actual.map((one, i) => told(one, wanted[i]));
  if (typeof actual !== "object" || actual === null) return actual;
  return Object.fromEntries(
    Object.entries(actual)
      .filter(([key]) => key !== "help_message" || key in wanted)
      .map(([key, value]) => [key, told(value, wanted[key])]),
  );
}

describe("the cloud refuses in another form than usual", () => {
  const denial = {
    type: "denied_authentication",
    message: "authentication is denied",
    method: "api_key",
    reason: "not_found",
  };
  for (const [name, headers] of [
    ["401 no key", {}],
    ["401 a key that is none", { "X-Auth-Token": "no-uuid" }],
    ["401 a key that is not known", { "X-Auth-Token": UNKNOWN }],
  ] as const)
    test(name, async () => {
      const { emulator } = aCloud({ secretKey: "22222222-2222-2222-2222-222222222222" });
      const response = await emulator.fetch(`http://cloud.test${SERVERS}`, { headers });
      assert.deepEqual([response.status, await response.json()], [401, denial]);
    });

  for (const method of ["GET", "DELETE"])
    test(`404 ${method} user_data/{key}: a key that is not there, as an empty text`, async () => {
      const { call, aServer } = aCloud();
      const reply = await call(method, `${(await aServer()).path}/user_data/none`);
      assert.deepEqual([reply.status, reply.text], [404, ""]);
      assert.equal(reply.headers.get("Content-Type"), "text/plain");
    });

  test("404 GET user_data/{key}: a server that is not there, as text", async () => {
    const reply = await aCloud().call("GET", `${SERVERS}/${UNKNOWN}/user_data/key`);
    assert.equal(reply.headers.get("Content-Type"), "text/plain");
    const { status, body } = missing("instance_server", UNKNOWN);
    assert.deepEqual([reply.status, JSON.parse(reply.text)], [status, body]);
  });

  test("429 the rate limit: no body, no content type, no Retry-After", async () => {
    const { call, emulator } = aCloud();
    emulator.faults.add({ match: { operation: "listServers" }, times: 1, effect: { kind: "rateLimited" } });
    const { status, text, headers } = await call("GET", SERVERS);
    assert.deepEqual([status, text, headers.get("X-Envoy-Ratelimited")], [429, "", "true"]);
    assert.deepEqual([headers.get("Content-Type"), headers.get("Retry-After")], [null, null]);
    assert.equal((await call("GET", SERVERS)).status, 200);
  });
});
