import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createEmulator } from "@mayfly/emulator";
import { ScalewayCallError } from "./call-error.ts";
import type { Fetch } from "./fetch-chain.ts";
import type { ScalewayOptions } from "./client.ts";
import { createScaleway } from "./scaleway.ts";

const credentials = {
  accessKey: "SCWABCDEFGHIJKLMNOPQ",
  secretKey: "11111111-2222-4333-8444-555555555555",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
};
const zone = "fr-par-1";

function aScaleway(fetch: Fetch, options: Partial<ScalewayOptions> = {}) {
  const sleep = (ms: number) => (ms < 20_000 ? Promise.resolve() : new Promise<void>(() => {}));
  const clock = { now: () => 0, monotonic: () => 0, sleep };
  return createScaleway({ credentials, fetch, clock, random: { fraction: () => 0 }, ...options });
}

const withKind = (kind: string) => (error: unknown) =>
  error instanceof ScalewayCallError && error.kind === kind;

test("the three APIs work on the emulator, and its refusals have a name and a request id", async () => {
  const emulator = createEmulator({
    seed: 1,
    secretKey: credentials.secretKey,
    projectId: credentials.projectId,
  });
  const scaleway = aScaleway(emulator.fetch);
  const { ip } = await scaleway.instance.createIp({ zone, type: "routed_ipv6" });
  assert.equal((await scaleway.instance.listIps({ zone })).ips[0]?.id, ip?.id);
  assert.equal((await scaleway.block.listVolumes({ zone, includeDeleted: false })).totalCount, 0);
  assert.ok((await scaleway.marketplace.listImages({ includeEol: false })).totalCount > 0);
  await assert.rejects(
    scaleway.block.getVolume({ zone, volumeId: credentials.projectId }),
    (error: unknown) => {
      assert.ok(error instanceof ScalewayCallError);
      assert.deepEqual([error.kind, error.status, error.type], ["not_found", 404, "not_found"]);
      assert.match(error.requestId ?? "", /^[0-9a-f-]{36}$/);
      return true;
    },
  );
});

test("an id that would reach another path never leaves", async () => {
  let calls = 0;
  const { instance, block } = aScaleway(async () => ((calls += 1), new Response(null, { status: 204 })));
  for (const id of ["a/b", "a?c=d", "..", ".", "a#b", "a%2Fb", "a b", ""]) {
    assert.throws(() => instance.deleteServer({ zone, serverId: id }), id);
    assert.throws(() => instance.deleteServer({ zone: id || "/", serverId: "a" }), withKind("invalid_input"));
    assert.throws(() => block.deleteVolume({ zone, volumeId: id }), id);
    assert.throws(() => instance.deleteServerUserData({ zone, serverId: "a", key: id }), id);
    assert.throws(() => instance.deleteIp({ zone, ip: id }), id);
  }
  assert.equal(calls, 0);
  await instance.deleteIp({ zone, ip: "2001:bc8::1" });
  assert.equal(calls, 1);
});

test("whole JSON of an unknown shape cannot be trusted", async () => {
  const { instance } = aScaleway(async () => Response.json(["what?"]));
  await assert.rejects(instance.getServer({ zone, serverId: "a" }), withKind("unavailable"));
});

test("a call ends when the signal that it is bound to is aborted", async () => {
  const caller = new AbortController();
  const { instance } = aScaleway(() => new Promise(() => {})).abortedBy(caller.signal);
  const call = instance.getServer({ zone, serverId: "a" });
  caller.abort(new Error("enough"));
  await assert.rejects(call, withKind("unavailable"));
});

test("malformed credentials are told without being shown", () => {
  for (const wrong of [{ secretKey: "hunter2" }, { accessKey: "hunter2" }, { projectId: "hunter2" }]) {
    const make = () => aScaleway(fetch, { credentials: { ...credentials, ...wrong } });
    assert.throws(
      make,
      (error: unknown) => withKind("unauthorized")(error) && !inspect(error).includes("hunter2"),
    );
  }
});

test("what is made of the credentials does not show them", () => {
  const shown = inspect(aScaleway(fetch), { depth: 20, showHidden: true, showProxy: true });
  assert.ok(!shown.includes(credentials.secretKey));
});
