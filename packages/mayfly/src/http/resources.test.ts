import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { limits } from "../api/limits.ts";
import { RequestProblem } from "../api/problem.ts";
import type { ProblemDocument } from "../api/problem.ts";
import { resourceKinds } from "../api/resource-kind.ts";
import { anInstance } from "../testing/builders.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createApi } from "./create-api.ts";
import { createFakeCommands } from "./testing/fake-commands.ts";

let commands = createFakeCommands(anInstance);
beforeEach(() => {
  commands = createFakeCommands(anInstance);
});

async function ask(method: string, path: string, body?: unknown) {
  const api = createApi({ commands, clock: createVirtualClock(), log: { error() {} } });
  const headers = { "Content-Type": "application/json" };
  const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  const answer = await api(new Request(`http://localhost${path}`, { method, ...sent }));
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> & ProblemDocument };
}

const bodies = {
  network: { name: "lab", account: "a", subnet: "10.0.1.0/24" },
  firewall: { name: "lab", account: "a", rules: [{ protocol: "tcp", ports: [80, 80] }] },
  volume: { name: "lab", account: "a", sizeGb: 20 },
  key: {
    name: "lab",
    account: "a",
    publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Yb4mP3p0xw8vFZ4rMOHb2o8xEo6S1fOgvWq2kBf0B",
  },
};

for (const kind of resourceKinds) {
  const path = `/v1/${kind}s`;

  test(`a ${kind} is made, listed, shown and deleted`, async () => {
    assert.deepEqual((await ask("GET", path)).json, { [`${kind}s`]: [] });
    const made = await ask("POST", path, bodies[kind]);
    assert.deepEqual([made.status, made.json["name"]], [200, "lab"]);
    assert.deepEqual((await ask("POST", path, bodies[kind])).json, made.json);
    const query = "account=a&zone=z";
    assert.deepEqual((await ask("GET", `${path}?${query}`)).json, { [`${kind}s`]: [made.json] });
    assert.deepEqual((await ask("GET", `${path}/lab?${query}`)).json, made.json);
    assert.deepEqual(await ask("DELETE", `${path}/lab?${query}&force=1`), made);
    const again = await ask("DELETE", `${path}/lab`);
    assert.deepEqual([again.status, again.json.type], [404, "/problems/not_found"]);
    assert.deepEqual(
      commands.asked.filter((what) => !what.startsWith("create")),
      [
        `list ${kind} -/-`,
        `list ${kind} a/z`,
        `find ${kind} lab a/z`,
        `delete ${kind} lab a/z true`,
        `delete ${kind} lab -/- false`,
      ],
    );
  });

  test(`everything wrong with a ${kind} and with its queries is told at once, and nothing is done`, async () => {
    const { status, json } = await ask("POST", path, { name: "-", zone: "a b", quux: 1 });
    assert.equal(status, 400);
    const told = new Set(json.problems?.map(({ path }) => path));
    for (const path of ["name", "quux", "zone"]) assert.ok(told.has(path), path);
    for (const target of [`${path}?zon=z&accont=a`, `${path}/lab?zon=z&force=1`])
      assert.deepEqual(
        [(await ask("GET", target)).status, (await ask("GET", target)).json.problems?.length],
        [400, 2],
      );
    assert.deepEqual((await ask("DELETE", `${path}/lab?force=maybe`)).json.problems?.[0]?.path, "force");
    assert.deepEqual(commands.asked, []);
  });

  test(`a refusal to delete a ${kind} is 409 with its reason`, async () => {
    commands.nextError = new RequestProblem("refused", "it is used by 2 instances");
    const { status, json } = await ask("DELETE", `${path}/lab`);
    assert.deepEqual([status, json.detail], [409, "it is used by 2 instances"]);
  });
}

test("times go out in ISO 8601, and what has none has none", async () => {
  assert.equal(
    (await ask("POST", "/v1/networks", bodies.network)).json["createdAt"],
    "2030-01-01T00:00:00.000Z",
  );
  assert.ok(!("createdAt" in (await ask("POST", "/v1/keys", bodies.key)).json));
});

test("a private key never comes back", async () => {
  const secret = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE";
  const publicKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n-----END OPENSSH PRIVATE KEY-----\n`;
  const { status, json } = await ask("POST", "/v1/keys", { name: "me", publicKey });
  assert.equal(status, 400);
  assert.ok(!JSON.stringify(json).includes(secret));
});

test("a firewall with rules beyond counting is refused in few words", async () => {
  const rules = Array.from({ length: 5_000 }, () => ({ protocol: "gre" }));
  const { status, json } = await ask("POST", "/v1/firewalls", { name: "web", rules });
  assert.equal(status, 400);
  assert.ok(json.problems!.length <= limits.problems);
});

test("zones are told by account", async () => {
  assert.deepEqual((await ask("GET", "/v1/zones?account=a")).json, {
    zones: [{ name: "z", isDefault: true }],
  });
});

test("a volume is resized, attached and detached, each by a route of its own", async () => {
  await ask("POST", "/v1/volumes", bodies.volume);
  const wanted = { resize: { zone: "z", sizeGb: 30 }, attach: { instance: "lab" }, detach: { account: "a" } };
  for (const [verb, body] of Object.entries(wanted)) {
    const { status, json } = await ask("POST", `/v1/volumes/lab/${verb}`, body);
    assert.deepEqual([status, json["name"]], [200, "lab"]);
    assert.equal(commands.asked.at(-1), `${verb} volume lab ${JSON.stringify(body)}`);
    assert.equal((await ask("POST", `/v1/volumes/nobody/${verb}`, body)).status, 404);
    assert.equal((await ask("POST", `/v1/volumes/lab/${verb}`, { ...body, more: 1 })).status, 400);
  }
  for (const [verb, body] of [
    ["resize", {}],
    ["resize", { sizeGb: 0 }],
    ["resize", { sizeGb: 10_001 }],
    ["attach", {}],
    ["attach", { instance: "" }],
    ["detach", { zone: "a b" }],
  ] as const)
    assert.equal((await ask("POST", `/v1/volumes/lab/${verb}`, body)).status, 400, verb);
  assert.equal((await ask("POST", "/v1/networks/lab/resize", { sizeGb: 1 })).status, 404);
});
