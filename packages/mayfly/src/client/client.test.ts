import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, beforeEach, test } from "node:test";
import { RequestProblem } from "../api/problem.ts";
import { systemClock } from "../clock.ts";
import { createApi } from "../http/create-api.ts";
import { createFakeCommands } from "../http/testing/fake-commands.ts";
import { listen } from "../http/listen.ts";
import type { Listening } from "../http/listen.ts";
import { anInstance } from "../testing/builders.ts";
import { ApiProblem } from "./api-problem.ts";
import { createClient } from "./client.ts";
import { ServiceUnreachable } from "./service-unreachable.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-client-"));
after(() => rmSync(folder, { recursive: true }));

const socketPath = join(folder, "s");
const client = createClient({ socketPath, sleep: async () => undefined });
let commands = createFakeCommands(anInstance);
let listening: Listening;

function serve() {
  const handler = createApi({ commands, clock: systemClock, log: { error() {} } });
  return listen({ handler, clock: systemClock, socketPath, graceMs: 0 });
}

beforeEach(async () => {
  commands = createFakeCommands(anInstance);
  listening = await serve();
});
afterEach(() => listening.close());

test("the client does everything that the API can", async () => {
  const { id } = await client.create({ name: "lab", lifetime: "1h" }, { idempotencyKey: "k" });
  assert.equal((await client.create({ name: "lab" }, { idempotencyKey: "k" })).id, id);
  assert.equal((await client.get("lab")).id, id);
  assert.deepEqual(
    (await client.list({ limit: 10, all: true })).instances.map((one) => one.id),
    [id],
  );
  assert.equal(
    (await client.extend(id, { expiresAt: "2030-01-02T00:00:00Z" })).expiresAt,
    "2030-01-02T00:00:00.000Z",
  );
  assert.equal((await client.stop(id)).desired, "stopped");
  assert.equal((await client.start(id)).desired, "running");
  assert.equal((await client.delete(id)).desired, "gone");
  assert.equal((await client.types({ zone: "z" }))[0]?.name, "DEV1-S");
  assert.equal((await client.images())[0]?.label, "ubuntu_noble");
  assert.equal((await client.doctor()).owner, "o");
  assert.equal((await client.health()).pid, process.pid);
});

test("the client makes, shows and deletes what machines live among", async () => {
  const { id, createdAt } = await client.createResource("network", { name: "lab", subnet: "10.0.1.0/24" });
  assert.equal(createdAt, "2030-01-01T00:00:00.000Z");
  const query = { account: "a", zone: "z" };
  assert.deepEqual(
    (await client.listResources("network", query)).map((one) => one.id),
    [id],
  );
  assert.deepEqual((await client.findResource("network", "lab", query)).subnets, ["10.0.0.0/20"]);
  assert.equal((await client.deleteResource("network", "lab", { ...query, force: true })).id, id);
  await assert.rejects(client.findResource("network", "a/b?c"), { name: "ApiProblem", status: 404 });
  assert.ok(commands.asked.includes("find network a/b?c -/-"));
  assert.deepEqual(await client.listResources("key"), []);
  assert.deepEqual(await client.zones({ account: "a" }), [{ name: "z", isDefault: true }]);
  assert.ok(commands.asked.includes("delete network lab a/z true"));
});

test("a refusal arrives with its status, code and every problem", async () => {
  commands.nextError = new RequestProblem("refused", "no", [
    { path: "name", message: "taken", suggestion: "another" },
  ]);
  await assert.rejects(client.create({}), (error) => {
    assert.ok(error instanceof ApiProblem);
    assert.deepEqual([error.status, error.code, error.message], [409, "refused", "no"]);
    assert.deepEqual(error.problems, [{ path: "name", message: "taken", suggestion: "another" }]);
    return true;
  });
});

test("a name with a slash or a question mark stays one name", async () => {
  await assert.rejects(client.get("a/b?c"), /no instance a\/b\?c/);
});

test("nobody there is told from a connection that broke and from silence", async () => {
  const sleep = async () => undefined;
  const absent = createClient({ socketPath: join(folder, "nobody"), sleep });
  await assert.rejects(absent.health(), { name: "ServiceUnreachable", reason: "absent" });

  const rude = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => rude.listen(join(folder, "rude"), resolve));
  const broken = createClient({ socketPath: join(folder, "rude"), sleep });
  await assert.rejects(broken.health(), { name: "ServiceUnreachable", reason: "broken" });
  rude.close();

  const mute = createServer();
  await new Promise<void>((resolve) => mute.listen(join(folder, "mute"), resolve));
  const silent = createClient({ socketPath: join(folder, "mute"), sleep, timeoutMs: 10 });
  await assert.rejects(silent.health(), { name: "ServiceUnreachable", reason: "timeout" });
  mute.close();
});

test("the account that is meant is sent along", async () => {
  const other = createClient({
    socketPath,
    sleep: async () => undefined,
    account: { name: "default", fingerprint: "x" },
  });
  await assert.rejects(other.list(), { name: "ApiProblem", status: 409 });
});

test("by its URL a service is asked with its token, and by nobody without", async () => {
  const handler = createApi({ commands, clock: systemClock, log: { error() {} } });
  const tcp = { port: 0, token: "right" };
  const { url, close } = await listen({ handler, clock: systemClock, tcp, graceMs: 0 });
  const asking = (token?: string) => createClient({ url, token, sleep: async () => undefined });
  assert.deepEqual((await asking("right").list()).instances, []);
  for (const token of ["wrong", undefined])
    await assert.rejects(asking(token).list(), { name: "ApiProblem", status: 401 });
  await close();
});

test("following goes on behind the last event after the service was away", async () => {
  commands.put(anInstance());
  commands.happen("mf-000000000001", { phase: "provisioning" });
  const following = client.follow({ instance: "lab" });
  assert.equal((await following.next()).value?.seq, 1);
  const coming = following.next();
  await listening.close();
  commands.happen("mf-000000000001", { phase: "running" });
  listening = await serve();
  assert.deepEqual((await coming).value?.seq, 2);
  await following.return(undefined);
});

test("following gives up when nobody comes back", async () => {
  const following = createClient({ socketPath: join(folder, "nobody"), sleep: async () => undefined }).follow(
    { attempts: 3 },
  );
  await assert.rejects(following.next(), ServiceUnreachable);
});

test("following what is not there is refused at once", async () => {
  await assert.rejects(client.follow({ instance: "nobody" }).next(), { name: "ApiProblem", status: 404 });
});

test("an aborted follow ends", async () => {
  const ended = new AbortController();
  const following = client.follow({ signal: ended.signal });
  const coming = following.next();
  ended.abort();
  assert.equal((await coming).done, true);
});
