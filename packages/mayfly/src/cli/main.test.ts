import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, beforeEach, test } from "node:test";
import { systemClock } from "../clock.ts";
import { createApi } from "../http/create-api.ts";
import { createFakeCommands } from "../http/testing/fake-commands.ts";
import { listen } from "../http/listen.ts";
import { anInstance, aRunningInstance } from "../testing/builders.ts";
import { whatChildrenInherit } from "../testing/what-children-inherit.ts";

const home = mkdtempSync(join(tmpdir(), "mayfly-cli-"));
let commands = createFakeCommands(anInstance);
let lost = 0;
const listening = await listen({
  handler: async (request) => {
    const answer = await createApi({ commands, clock: systemClock, log: { error() {} } })(request);
    return request.method === "POST" && lost-- > 0 ? cutOff() : answer;
  },
  clock: systemClock,
  socketPath: join(home, "mayfly.sock"),
  graceMs: 0,
});
after(async () => {
  await listening.close();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  commands = createFakeCommands(anInstance);
  lost = 0;
});

/** An answer that breaks in the middle. */
function cutOff(): Response {
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new Error("cut"));
      else controller.enqueue(new TextEncoder().encode("{"));
      sent = true;
    },
  });
  return new Response(body, { headers: { "Transfer-Encoding": "chunked" } });
}

/** A real process against a service whose commands are fake. */
async function mayfly(line: string, options: { env?: NodeJS.ProcessEnv; input?: string } = {}) {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, ["-C", "source", main, ...line.split(" ")], {
    cwd: home,
    env: { ...whatChildrenInherit(), MAYFLY_HOME: home, ...options.env },
  });
  child.stdin.end(options.input);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  return { code, out, err };
}

test("a create sends what was asked for, with cloud-init from standard input, and says when it ends", async () => {
  const { code, out } = await mayfly(
    "create --name lab -d 30m --no-ipv4 --ipv6 --tag a --tag b --user-data -",
    { input: "#cloud-config\n" },
  );
  assert.equal(code, 0);
  assert.match(out, /^mf-000000000001 {2}lab {2}pending\nends .*, then deleted\n$/);
  const { request, idempotencyKey } = commands.created[0]!;
  const { lifetime, ipv4, ipv6, tags, userData } = request;
  assert.deepEqual(
    [lifetime, ipv4, ipv6, tags, userData],
    [1_800_000, false, true, ["a", "b"], "#cloud-config\n"],
  );
  assert.ok(idempotencyKey);
});

test("each create has a key of its own", async () => {
  await Promise.all([mayfly("create --name one"), mayfly("create --name two")]);
  assert.notEqual(commands.created[0]?.idempotencyKey, commands.created[1]?.idempotencyKey);
});

test("a create whose answer is lost is asked again with the same key, and makes one instance", async () => {
  lost = 2;
  const { code, out } = await mayfly("create --name lab --json");
  assert.deepEqual([code, JSON.parse(out).id], [0, "mf-000000000001"]);
  assert.deepEqual([commands.created.length, commands.rows.size], [3, 1]);
  assert.equal(new Set(commands.created.map((one) => one.idempotencyKey)).size, 1);
});

test("with --json there is one document, and no colour and no words around it", async () => {
  commands.put(aRunningInstance());
  const { out, err } = await mayfly("--json list", { env: { FORCE_COLOR: "1" } });
  assert.equal(JSON.parse(out).instances[0].name, "lab");
  assert.equal(err, "");
  assert.equal(JSON.parse((await mayfly("status lab --json")).out).phase, "running");
});

test("a list is a table, coloured only when it may be", async () => {
  commands.put(aRunningInstance());
  const plain = await mayfly("list");
  assert.match(
    plain.out,
    /^ID +NAME +PHASE +TYPE +ZONE +IP +LEFT +PER HOUR +SO FAR\nmf-000000000001 +lab +running /,
  );
  assert.ok((await mayfly("list", { env: { FORCE_COLOR: "1" } })).out.includes("\u001B[32m"));
  assert.equal((await mayfly("list", { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).out, plain.out);
});

test("not found is 3, refused is 4, what the service finds wrong is 2 and named as it was written", async () => {
  assert.equal((await mayfly("status nobody")).code, 3);
  const env = { SCW_ACCESS_KEY: "SCWX", SCW_DEFAULT_PROJECT_ID: "p" };
  assert.equal((await mayfly("create", { env })).code, 4);
  const { code, err } = await mayfly("create --name mf-x");
  assert.equal(code, 2);
  assert.match(err, /--name: a name may not begin with mf-/);
});

test("what is missing to start a service is told whole, each with its name, and nothing is made", async () => {
  const fresh = join(home, "fresh");
  const { code, err } = await mayfly("create", { env: { MAYFLY_HOME: fresh, HOME: home } });
  assert.equal(code, 2);
  for (const name of ["SCW_ACCESS_KEY", "SCW_SECRET_KEY", "SCW_DEFAULT_PROJECT_ID", "npm start"])
    assert.ok(err.includes(name), err);
  assert.ok(!existsSync(join(fresh, "mayfly.db")));
  assert.equal(statSync(join(fresh, "service.log")).mode & 0o777, 0o600);
});

test("an extend is sent as an absolute deadline", async () => {
  const expiresAt = Date.now() + 3_600_000;
  commands.put(aRunningInstance({ expiresAt }));
  const { out } = await mayfly("extend lab 30m --json");
  assert.equal(Date.parse(JSON.parse(out).expiresAt), expiresAt + 1_800_000);
});

test("an extend whose deadline moved meanwhile changes nothing and says so", async () => {
  commands.put(aRunningInstance({ expiresAt: Date.now() + 3_600_000 }));
  commands.extend = async (reference) => {
    const row = commands.put({ ...(await commands.get(reference)), expiresAt: Date.now() + 7_200_000 });
    throw new (await import("../api/problem.ts")).RequestProblem("refused", `moved to ${row.expiresAt}`);
  };
  const { code, err } = await mayfly("extend lab 30m");
  assert.equal(code, 4);
  assert.match(err, /moved from .* to .* meanwhile; this extend changed nothing/);
});

test("waiting follows events to the end, and fails when the machine will never be there", async () => {
  commands.put(anInstance());
  const waiting = mayfly("wait lab --json");
  while (commands.waiting() === 0) await systemClock.sleep(5);
  commands.happen("mf-000000000001", { phase: "running" });
  assert.deepEqual([(await waiting).code, JSON.parse((await waiting).out).phase], [0, "running"]);

  commands.happen("mf-000000000001", { desired: "gone", phase: "deleting", reason: "out of stock" });
  const { code, err } = await mayfly("wait lab");
  assert.equal(code, 1);
  assert.match(err, /out of stock/);
});

test("of what was given up nobody says that it is tried again", async () => {
  const lastError = { code: "quota_exceeded", message: "quota exceeded", at: Date.now() } as const;
  commands.put(anInstance({ desired: "gone", phase: "deleting", lastError }));
  const { code, err } = await mayfly("wait lab");
  assert.equal(code, 1);
  assert.match(err, /quota exceeded/);
  assert.doesNotMatch(err, /tried again/);
});

test("events are a line each", async () => {
  commands.put(anInstance());
  for (const phase of ["provisioning", "running"] as const) commands.happen("mf-000000000001", { phase });
  const { out } = await mayfly("events lab --json --after 1");
  assert.deepEqual(
    out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).seq),
    [2],
  );
});

test("a reader that leaves early is no failure", async () => {
  const child = spawn(process.execPath, ["-C", "source", join(import.meta.dirname, "main.ts"), "help"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  const [err, code] = await Promise.all([
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  assert.deepEqual([err, code], ["", 0]);
});

test(".env of the working directory is read, and the environment wins", async () => {
  writeFileSync(join(home, ".env"), "MAYFLY_HOME=/nowhere\nSCW_ACCESS_KEY=SCWX\nSCW_DEFAULT_PROJECT_ID=p\n");
  const { code } = await mayfly("create");
  rmSync(join(home, ".env"));
  assert.equal(code, 4);
});
