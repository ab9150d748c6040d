import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { ScalewayCallError } from "./call-error.ts";
import type { Fetch, FetchChainOptions } from "./fetch-chain.ts";
import { fetchChain } from "./fetch-chain.ts";

const SECRET = "11111111-2222-4333-8444-555555555555";
const SERVERS = "https://api.scaleway.com/instance/v1/zones/fr-par-1/servers";

/** Waits shorter than a timeout end at once; a timeout ends when the test says so. */
function aClock() {
  const waits: number[] = [];
  const timeouts = new Set<() => void>();
  return {
    waits,
    expire: () => timeouts.forEach((end) => end()),
    pending: () => timeouts.size,
    clock: {
      now: () => 0,
      monotonic: () => 0,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          if (ms < 20_000) return (waits.push(ms), resolve());
          timeouts.add(resolve);
          signal?.addEventListener("abort", () => (timeouts.delete(resolve), reject(signal.reason)), {
            once: true,
          });
        }),
    },
  };
}

function aChain(base: Fetch, options: Partial<FetchChainOptions> = {}) {
  const time = aClock();
  const fetch = fetchChain(base, {
    clock: time.clock,
    random: { fraction: () => 0.5 },
    secrets: [SECRET],
    timeoutMs: 20_000,
    createTimeoutMs: 60_000,
    retries: 2,
    ...options,
  });
  return { ...time, fetch };
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { "content-type": "application/json", ...init.headers },
  });

const failure = async (call: Promise<unknown>): Promise<ScalewayCallError> => {
  const error = await call.then(
    () => assert.fail("it succeeded"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ScalewayCallError, inspect(error));
  return error;
};

test("a read is repeated twice, with growing waits, on a lost answer, 5xx or 429", async () => {
  const refusals: (() => Response)[] = [
    () => {
      throw new TypeError("fetch failed");
    },
    () => new Response("<html>", { status: 502 }),
    () => new Response(null, { status: 429, headers: { "x-envoy-ratelimited": "true" } }),
    () => new Response('{"servers": [', { headers: { "content-type": "application/json" } }),
  ];
  for (const refuse of refusals) {
    let calls = 0;
    const { fetch, waits } = aChain(async () => ((calls += 1) < 3 ? refuse() : json({ servers: [] })));
    assert.deepEqual(await (await fetch(new Request(SERVERS))).json(), { servers: [] });
    assert.deepEqual([calls, waits], [3, [750, 1500]]);
  }
});

test("a change is never repeated", async () => {
  for (const method of ["POST", "PATCH", "PUT", "DELETE"]) {
    let calls = 0;
    const { fetch } = aChain(async () => {
      calls += 1;
      return new Response(null, { status: 503 });
    });
    assert.equal((await failure(fetch(new Request(SERVERS, { method })))).kind, "unavailable");
    assert.equal(calls, 1, method);
  }
});

test("a refusal that would come again is not repeated", async () => {
  let calls = 0;
  const { fetch } = aChain(async () => {
    calls += 1;
    return json({ type: "not_found" }, { status: 404 });
  });
  assert.equal((await failure(fetch(new Request(SERVERS)))).kind, "not_found");
  assert.equal(calls, 1);
});

test("Retry-After is waited for when it is short, and told when it is long", async () => {
  let calls = 0;
  const after = (seconds: string) => async () => {
    calls += 1;
    return new Response(null, { status: 429, headers: { "retry-after": seconds } });
  };
  const short = aChain(after("5"));
  assert.equal((await failure(short.fetch(new Request(SERVERS)))).retryAfterMs, 5_000);
  assert.deepEqual([calls, short.waits], [3, [5_000, 5_000]]);
  const long = aChain(after("60"));
  assert.equal((await failure(long.fetch(new Request(SERVERS)))).retryAfterMs, 60_000);
  assert.deepEqual([calls, long.waits], [4, []]);
});

test("an attempt without an end is ended, while its body is read too", async () => {
  const endless = () =>
    new Response(new ReadableStream({}), { headers: { "content-type": "application/json" } });
  for (const base of [() => new Promise<Response>(() => {}), async () => endless()]) {
    const signals: AbortSignal[] = [];
    const { fetch, expire, pending } = aChain((request) => (signals.push(request.signal), base()), {
      retries: 0,
    });
    const call = failure(fetch(new Request(SERVERS)));
    while (pending() === 0 || signals.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expire();
    const error = await call;
    assert.equal(error.kind, "unavailable");
    assert.match(error.message, /no answer within 20 s/);
    assert.ok(signals[0]?.aborted);
    assert.equal(pending(), 0);
  }
});

test("a create has a minute", async () => {
  const { fetch, expire, pending } = aChain(() => new Promise(() => {}));
  const call = failure(fetch(new Request(SERVERS, { method: "POST", body: "{}" })));
  while (pending() === 0) await new Promise(setImmediate);
  expire();
  assert.match((await call).message, /no answer within 60 s/);
});

test("the caller's signal ends an attempt, and what would follow it", async () => {
  const caller = new AbortController();
  let calls = 0;
  const { fetch, pending } = aChain(() => ((calls += 1), new Promise(() => {})), { signal: caller.signal });
  const call = failure(fetch(new Request(SERVERS)));
  while (pending() === 0) await new Promise(setImmediate);
  caller.abort(new Error("no longer needed"));
  assert.match((await call).message, /no longer needed/);
  assert.deepEqual([calls, pending()], [1, 0]);
});

test("a body goes out as it came", async () => {
  const { fetch } = aChain(async (request) => json({ echo: await request.text() }));
  const answer = await fetch(new Request(SERVERS, { method: "POST", body: '{"name":"é"}' }));
  assert.deepEqual(await answer.json(), { echo: '{"name":"é"}' });
});

test("a charset in the answer's type does not confuse the SDK", async () => {
  const headers = { "content-type": "application/json; charset=utf-8", "x-total-count": "0" };
  const { fetch } = aChain(async () => json({}, { headers }));
  const answer = await fetch(new Request(SERVERS));
  assert.equal(answer.headers.get("content-type"), "application/json");
  assert.equal(answer.headers.get("x-total-count"), "0");
});

test("no error shows a secret or user data, wherever it was", async () => {
  const request = () =>
    new Request(`${SERVERS}/1/user_data/cloud-init`, {
      method: "PATCH",
      headers: { "x-auth-token": SECRET },
      body: "password: hunter2",
    });
  const bases: Fetch[] = [
    async (sent) => {
      const cause = Object.assign(new Error(`socket of ${SECRET} sent hunter2`), {
        code: "ECONNRESET",
        sent,
      });
      throw Object.assign(new TypeError(`fetch failed with hunter2`, { cause }), { request: sent });
    },
    async () => json({ type: "invalid_arguments", message: `hunter2 by ${SECRET}` }, { status: 400 }),
    async () => json({ message: `X-Auth-Token: ${SECRET}` }, { status: 500 }),
    async () => new Response(`hunter2 ${SECRET}`, { status: 403 }),
  ];
  for (const base of bases) {
    const shown = inspect(await failure(aChain(base).fetch(request())), { depth: 20, showHidden: true });
    assert.doesNotMatch(shown, /hunter2/);
    assert.ok(!shown.includes(SECRET), shown);
  }
  const plain = await failure(
    aChain(bases[0]!).fetch(new Request(SERVERS, { headers: { "x-auth-token": SECRET } })),
  );
  assert.ok(!inspect(plain, { depth: 20, showHidden: true }).includes(SECRET));
});

test("without a bound of its own, a call may wait in a queue below for as long as it takes", async () => {
  const { fetch, pending } = aChain(async () => json({ servers: [] }), { timeoutMs: false });
  assert.equal((await fetch(new Request(SERVERS))).status, 200);
  assert.equal(pending(), 0);
});
