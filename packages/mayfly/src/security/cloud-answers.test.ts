import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import type { Clock } from "../clock.ts";
import { ProviderError } from "../providers/error.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { seededRandom } from "../testing/seeded-random.ts";

const SECRET = "5ec2e700-aaaa-4bbb-8ccc-dddddddddddd";
const MACHINE = { id: "11111111-2222-4333-8444-555555555555", zone: "fr-par-1" };
const QUERY = {
  owner: "o",
  zones: ["fr-par-1"],
  kinds: new Set(["machine"] as const),
  ids: new Set<string>(),
};

/** Pauses are over at once, and no time limit ever is. */
function hastyClock(): Clock {
  let passed = 0;
  return {
    now: () => passed,
    monotonic: () => passed,
    async sleep(ms) {
      if (ms >= 20_000) return new Promise(() => undefined);
      passed += ms;
    },
  };
}

/** An account at a cloud that answers like this. */
const cloudThat = (answer: (request: Request) => Response) =>
  connectScaleway({
    credentials: { accessKey: "SCWHOSTILECLOUD00000", secretKey: SECRET, projectId: MACHINE.id },
    defaultZone: "fr-par-1",
    clock: hastyClock(),
    random: seededRandom(1),
    fetch: async (request) => answer(request),
    heard: () => undefined,
  }).provider;

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), {
    ...init,
    headers: { "content-type": "application/json", ...init.headers },
  });

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    (value) => assert.fail(`it passed for an answer: ${inspect(value).slice(0, 200)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProviderError, inspect(error));
  return error;
}

for (const [what, text] of Object.entries(hostileTexts))
  test(`a refusal with a text that ${what} becomes one line without secrets, of bounded length`, async () => {
    const said = `${SECRET}${text}${SECRET.toUpperCase()}`;
    const detail = { argument_name: said, reason: said, help_message: said, action: said, resource: said };
    for (const body of [
      { type: said, message: said, resource: said },
      { type: SECRET, message: said, resource: SECRET.toUpperCase() },
      { message: said, help_message: said },
      { type: "invalid_arguments", details: Array.from({ length: 30 }, () => detail) },
      { type: "quotas_exceeded", details: [{ quota: said, current: said, resource: said }] },
      { type: "invalid_request_error", fields: { [said]: [said], x: said } },
      { type: "not_found", resource: said, resource_id: said },
      said,
    ])
      for (const status of [400, 403, 404, 409, 418, 500]) {
        const error = await failureOf(cloudThat(() => json(body, { status })).start(MACHINE));
        expectPlain("the message", error.message);
        assert.ok(error.message.length < 1_200, `${error.message.length} characters`);
        const all = inspect(error, { depth: 10 });
        assert.ok(!all.toLowerCase().includes(SECRET), all);
      }
  });

test("a request id is repeated only when it can be one", async () => {
  const idOf = async (id: string) =>
    (
      await failureOf(
        cloudThat(() => json({}, { status: 400, headers: { "x-request-id": id } })).start(MACHINE),
      )
    ).message;
  assert.match(await idOf("4b1c"), /\(request 4b1c\)$/);
  for (const id of ["\u009B2Jx", "x".repeat(9_000), SECRET]) {
    const message = await idOf(id);
    expectPlain("the message", message);
    assert.ok(message.length < 300 && !message.includes(SECRET), message);
  }
});

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const endless = () => {
  const chunk = new Uint8Array(2 ** 20).fill(0x20);
  return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) }), {
    headers: { "content-type": "application/json" },
  });
};

// Whatever comes, it is an answer or a failure with a name, and comes to an end.
for (const [what, answer] of Object.entries<() => Response>({
  "never ends": endless,
  "is nested without end": () => json(nested(500_000)),
  "has nested servers": () => json(`{"servers":${nested(500_000)},"total_count":1}`),
  "is a refusal that never ends": () => new Response(endless().body, { status: 400 }),
  "is a refusal nested without end": () => json(`{"fields":{"a":${nested(500_000)}}}`, { status: 400 }),
  "is a refusal of objects that pass for texts": () =>
    json(
      { type: { toString: 1 }, fields: { a: { toString: 1 } }, details: [{ quota: {} }] },
      { status: 400 },
    ),
  "has blanks to match for ever": () =>
    json({ message: `x-auth-token${" ".repeat(2_000_000)}!` }, { status: 400 }),
  "says that there are billions": () => {
    const one = { public_ips: [], private_nics: [], volumes: {}, tags: [], labels: [] };
    const page = Array.from({ length: 100 }, (_, id) => ({ id: String(id), ...one }));
    const total = { total_count: 1e11, totalCount: 1e11 };
    return json(
      { servers: page, volumes: page, ips: page, images: page, ...total },
      { headers: { "x-total-count": "100000000000" } },
    );
  },
  "counts below nothing": () =>
    json({ servers: [], total_count: -1 }, { headers: { "x-total-count": "-1" } }),
  "is null": () => json("null"),
  "is a number": () => json("1e999"),
  "is a page": () => new Response("<html>", { headers: { "content-type": "text/html" } }),
  "has the wrong things in it": () =>
    json({ servers: [null, 1, {}, { id: {}, tags: 1 }] }, { headers: { "x-total-count": "4" } }),
  "is of no form": () =>
    json({ servers: "x".repeat(1_000), volumes: 1 }, { headers: { "x-total-count": "1" } }),
  "sends us elsewhere": () =>
    new Response(null, { status: 302, headers: { location: "https://evil.example" } }),
}))
  test(`an answer that ${what} is a failure with a name`, { timeout: 60_000 }, async () => {
    const provider = cloudThat(answer);
    for (const call of [
      provider.list(QUERY),
      provider.list({ ...QUERY, kinds: new Set(["volume", "address"]) }),
      provider.catalog!.types("fr-par-1"),
      provider.catalog!.images("fr-par-1"),
    ]) {
      const { message } = await failureOf(call);
      expectPlain("the message", message);
      assert.ok(message.length < 1_200);
    }
  });

test("a catalog that never ends is not read for ever", { timeout: 60_000 }, async () => {
  let page = 0;
  const provider = cloudThat(() => {
    page += 1;
    return json({ servers: { [`TYPE-${page}`]: {} } }, { headers: { "x-total-count": "999999999" } });
  });
  assert.equal((await failureOf(provider.catalog!.types("fr-par-1"))).code, "unavailable");
});
