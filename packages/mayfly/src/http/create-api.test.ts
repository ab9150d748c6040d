import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { limits } from "../api/limits.ts";
import { RequestProblem } from "../api/problem.ts";
import type { ProblemDocument } from "../api/problem.ts";
import type { InstanceView } from "../api/instance-view.ts";
import { T0, anInstance } from "../testing/builders.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createApi } from "./create-api.ts";
import { createFakeCommands } from "./testing/fake-commands.ts";

let commands = createFakeCommands(anInstance);
let logged: { fields: object; message: string }[] = [];

beforeEach(() => {
  commands = createFakeCommands(anInstance);
  logged = [];
});

function ask(
  method: string,
  path: string,
  options: { body?: unknown; text?: string; headers?: Record<string, string> } = {},
) {
  const api = createApi({
    commands,
    clock: createVirtualClock(),
    log: { error: (fields, message) => logged.push({ fields, message }) },
  });
  const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const type: Record<string, string> = text === undefined ? {} : { "Content-Type": "application/json" };
  const init: RequestInit = { method, headers: { ...type, ...options.headers } };
  if (text !== undefined) init.body = text;
  return api(new Request(`http://localhost${path}`, init));
}

async function expectProblem(answer: Response, status: number, code: string): Promise<ProblemDocument> {
  const document = (await answer.json()) as ProblemDocument;
  assert.equal(answer.status, status, JSON.stringify(document));
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.equal(document.type, `/problems/${code}`);
  assert.equal(document.status, status);
  return document;
}

test("a create is accepted with the row and where to look for it", async () => {
  const answer = await ask("POST", "/v1/instances", { body: { name: "lab", lifetime: "30m" } });
  const view = (await answer.json()) as InstanceView;
  assert.equal(answer.status, 202);
  assert.equal(answer.headers.get("location"), `/v1/instances/${view.id}`);
  assert.equal(view.name, "lab");
  assert.equal(view.expiresAt, new Date(T0 + 1_800_000).toISOString());
  assert.equal(commands.created[0]?.request.lifetime, 1_800_000);
});

test("what is wrong with a request and what the cloud has not are told together, and nothing is made", async () => {
  commands.judged = [{ path: "type", message: "type NOPE is unknown" }];
  const body = { name: "mf-lab", lifetime: "soon", type: "NOPE", colour: "red" };
  const { problems } = await expectProblem(await ask("POST", "/v1/instances", { body }), 400, "invalid");
  assert.deepEqual(problems?.map(({ path }) => path).sort(), ["colour", "lifetime", "name", "type"]);
  assert.deepEqual(commands.created, []);
});

test("a repeat with the same idempotency key answers the same row", async () => {
  const headers = { "Idempotency-Key": "k-1" };
  const [first, second] = [
    await ask("POST", "/v1/instances", { body: {}, headers }),
    await ask("POST", "/v1/instances", { body: {}, headers }),
  ];
  assert.equal(second.status, 202);
  assert.deepEqual(await second.json(), await first.json());
});

test("another request with an idempotency key that is taken is 422", async () => {
  const item = { path: "Idempotency-Key", message: "it belongs to another request" };
  commands.nextError = new RequestProblem("key_reused", "this idempotency key has made mf-1", [item]);
  const headers = { "Idempotency-Key": "k-1" };
  const answer = await ask("POST", "/v1/instances", { body: { ipv6: true }, headers });
  const { problems, detail } = await expectProblem(answer, 422, "key_reused");
  assert.deepEqual([problems, detail], [[item], "this idempotency key has made mf-1"]);
});

for (const key of ["", "x".repeat(256), "späti"])
  test(`an idempotency key of ${key.length} characters such as "${key.slice(0, 6)}" is refused`, async () => {
    const answer = await ask("POST", "/v1/instances", { body: {}, headers: { "Idempotency-Key": key } });
    const { problems } = await expectProblem(answer, 400, "invalid");
    assert.equal(problems?.[0]?.path, "Idempotency-Key");
    assert.deepEqual(commands.created, []);
  });

test("everything wrong with a create is told at once, each with where and what to do", async () => {
  const body = {
    lifetme: "1h",
    lifetime: "soon",
    onExpiry: "explode",
    ipv4: "yes",
    tags: ["ok", "mayfly:x"],
  };
  const { problems = [] } = await expectProblem(await ask("POST", "/v1/instances", { body }), 400, "invalid");
  const byPath = new Map(problems.map((problem) => [problem.path, problem]));
  assert.deepEqual([...byPath.keys()].sort(), ["ipv4", "lifetime", "lifetme", "onExpiry", "tags.1"]);
  assert.equal(byPath.get("lifetme")?.suggestion, "did you mean lifetime?");
  assert.equal(byPath.get("lifetime")?.suggestion, "write it like 90s, 30m, 2h or 1d");
  assert.equal(byPath.get("onExpiry")?.suggestion, "write delete or stop");
  assert.deepEqual(commands.created, []);
});

test("a missing field is called missing", async () => {
  commands.put(anInstance());
  const answer = await ask("POST", "/v1/instances/lab/extend", { body: {} });
  const { problems } = await expectProblem(answer, 400, "invalid");
  assert.deepEqual(problems, [{ path: "expiresAt", message: "is missing" }]);
});

test("a body that is no JSON is refused without repeating it", async () => {
  const answer = await ask("POST", "/v1/instances", { text: '{"userData": "s3cret' });
  const document = await expectProblem(answer, 400, "invalid");
  assert.ok(!JSON.stringify(document).includes("s3cret"));
});

test("a body of another type is refused", async () => {
  const answer = await ask("POST", "/v1/instances", {
    text: "a=b",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  await expectProblem(answer, 415, "unsupported_media_type");
});

test("a body over the limit is refused, whether its length is named or not", async () => {
  const text = JSON.stringify({ userData: "x".repeat(limits.bodyBytes) });
  await expectProblem(await ask("POST", "/v1/instances", { text }), 413, "too_large");
  await expectProblem(
    await ask("POST", "/v1/instances", {
      text: "{}",
      headers: { "Content-Length": String(limits.bodyBytes + 1) },
    }),
    413,
    "too_large",
  );
});

test("what is not there is not found, instance or path", async () => {
  await expectProblem(await ask("GET", "/v1/instances/nobody"), 404, "not_found");
  await expectProblem(await ask("GET", "/v2/instances"), 404, "not_found");
});

test("a method that a path does not take is refused with those that it takes", async () => {
  const answer = await ask("PUT", "/v1/instances/lab");
  assert.equal(answer.headers.get("allow"), "GET, DELETE");
  await expectProblem(answer, 405, "method_not_allowed");
});

test("a refusal of the commands carries its reason", async () => {
  commands.put(anInstance());
  commands.nextError = new RequestProblem("refused", "it is being deleted");
  const document = await expectProblem(await ask("POST", "/v1/instances/lab/start"), 409, "refused");
  assert.equal(document.detail, "it is being deleted");
});

test("a cloud that cannot be asked is 503, credentials that may not are 403", async () => {
  commands.nextError = new RequestProblem("unavailable", "later");
  await expectProblem(await ask("GET", "/v1/types"), 503, "unavailable");
  commands.nextError = new RequestProblem("unauthorized", "never");
  await expectProblem(await ask("GET", "/v1/images"), 403, "unauthorized");
});

test("a failure of ours says nothing but a number that is in the log", async () => {
  commands.nextError = new Error("password is hunter2");
  const document = await expectProblem(await ask("GET", "/v1/instances"), 500, "internal");
  const { requestId } = logged[0]!.fields as { requestId: string };
  assert.ok(document.detail.includes(requestId));
  assert.ok(!JSON.stringify(document).includes("hunter2"));
});

test("a list comes in pages, and bad queries are told at once", async () => {
  for (const id of ["1", "2", "3"])
    commands.put(anInstance({ id: `mf-00000000000${id}`, name: `lab-${id}` }));
  const first = (await (await ask("GET", "/v1/instances?limit=2")).json()) as {
    instances: InstanceView[];
    cursor: string;
  };
  assert.equal(first.instances.length, 2);
  const second = (await (
    await ask("GET", `/v1/instances?limit=2&cursor=${first.cursor}`)
  ).json()) as typeof first;
  assert.deepEqual([second.instances.map(({ name }) => name), second.cursor], [["lab-3"], undefined]);
  const { problems } = await expectProblem(await ask("GET", "/v1/instances?limit=0&al=1"), 400, "invalid");
  assert.deepEqual(problems?.map(({ path }) => path).sort(), ["al", "limit"]);
});

for (const verb of ["start", "stop"])
  test(`${verb} is accepted and answers the row`, async () => {
    commands.put(anInstance());
    const answer = await ask("POST", `/v1/instances/lab/${verb}`);
    assert.equal(answer.status, 202);
    assert.deepEqual(commands.asked, [`${verb} mf-000000000001`]);
  });

test("a delete is accepted, again and again", async () => {
  commands.put(anInstance());
  for (const _ of [1, 2]) assert.equal((await ask("DELETE", "/v1/instances/lab")).status, 202);
});

test("an extend is accepted to an absolute instant", async () => {
  commands.put(anInstance());
  const answer = await ask("POST", "/v1/instances/lab/extend", {
    body: { expiresAt: "2030-01-01T05:00:00+02:00" },
  });
  assert.equal(((await answer.json()) as InstanceView).expiresAt, "2030-01-01T03:00:00.000Z");
});

for (const [what, headers] of [
  ["a page of another origin", { Origin: "https://evil.example" }],
  ["a name that was pointed at us", { Host: "evil.example" }],
  ["a sandboxed page", { Origin: "null" }],
] as const)
  test(`${what} is not answered`, async () => {
    await expectProblem(await ask("POST", "/v1/instances", { body: {}, headers }), 403, "forbidden");
    assert.deepEqual(commands.asked, []);
  });

test("every name of the loopback is answered, and its own pages", async () => {
  for (const host of ["localhost", "localhost:80", "127.0.0.1:8080", "[::1]:1"])
    assert.equal(
      (await ask("GET", "/v1/health", { headers: { Host: host, Origin: `http://${host}` } })).status,
      200,
    );
});

test("a client with the service's credentials is served, by the account's name or without", async () => {
  for (const account of ["default=abc", "*=abc"])
    assert.equal((await ask("GET", "/v1/instances", { headers: { "Mayfly-Account": account } })).status, 200);
});

for (const account of ["default=xyz", "other=abc", "*=xyz"])
  test(`a client that means other credentials (${account}) is refused with the reason`, async () => {
    const answer = await ask("POST", "/v1/instances", { body: {}, headers: { "Mayfly-Account": account } });
    const document = await expectProblem(answer, 409, "refused");
    assert.match(document.problems?.[0]?.suggestion ?? "", /mayfly service stop/);
    assert.deepEqual(commands.created, []);
  });
