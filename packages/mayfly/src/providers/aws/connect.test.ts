import assert from "node:assert/strict";
import { test } from "node:test";
import { expectPlain } from "../../testing/expect-plain.ts";
import { hostileTexts } from "../../testing/hostile-texts.ts";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { connectAws } from "./connect.ts";

const EMPTY = `<DescribeInstancesResponse><reservationSet/><requestId>r</requestId></DescribeInstancesResponse>`;
const refusal = (code: string) =>
  `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>`;

function aConnection(answer: (request: Request) => Promise<Response>) {
  const clock = createVirtualClock();
  const heard: number[] = [];
  const asked: string[] = [];
  const connected = connectAws({
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG" },
    region: "eu-west-1",
    clock,
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0 },
    fetch(request) {
      asked.push(new URL(request.url).host);
      return answer(request);
    },
    heard: (cloudNow) => heard.push(cloudNow),
  });
  const look = () =>
    connected.provider.list({
      owner: "own-1",
      zones: ["eu-west-1a", "us-east-2b"],
      kinds: new Set(["machine"]),
      ids: new Set(),
    });
  return { ...connected, clock, heard, asked, look };
}

test("each region is asked at its own address, once for all its zones, and what it says of the time is heard", async () => {
  const date = "Sat, 21 Nov 2026 15:14:17 GMT";
  const { look, asked, heard, limiter } = aConnection(async () => new Response(EMPTY, { headers: { date } }));
  assert.deepEqual((await look()).machines, []);
  assert.deepEqual(asked.sort(), ["ec2.eu-west-1.amazonaws.com", "ec2.us-east-2.amazonaws.com"]);
  assert.deepEqual(heard, [Date.parse(date), Date.parse(date)]);
  assert.equal(limiter.counts().read, 2);
});

test("too many calls hold the account's other calls back, and nothing is repeated by the SDK", async () => {
  for (const [status, code] of [
    [503, "RequestLimitExceeded"],
    [400, "Throttling"],
  ] as const) {
    const answers = [new Response(refusal(code), { status })];
    const { look, asked, clock } = aConnection(async () => answers.pop() ?? new Response(EMPTY));
    await assert.rejects(look(), expectProviderError("rate_limited", /too many calls/));
    assert.equal(asked.length, 2);
    const later = look();
    await clock.advance(1_000);
    assert.equal(asked.length, 2);
    await clock.advance(1_000);
    assert.equal(asked.length, 4);
    await later;
  }
});

test("a call that nobody answers is given up after a minute", async () => {
  const { look, clock } = aConnection(() => new Promise(() => {}));
  const given = assert.rejects(look(), expectProviderError("unavailable", /no answer within 60 s/));
  // The SDK takes its time until the call goes out.
  while (clock.nextAt() === undefined) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(60_000);
  await given;
});

test("an answer that is not EC2's is no answer to rely on", async () => {
  const { look } = aConnection(async () => new Response("<html>bad gateway", { status: 502 }));
  await assert.rejects(look(), expectProviderError("unavailable", /no answer to rely on/));
});

const asXml = (text: string) =>
  text.toWellFormed().replaceAll(/[^\w ]/gu, (character) => `&#${character.codePointAt(0)};`);

test("what a refusal says becomes one line of bounded length, whatever is written in it", async () => {
  for (const [what, text] of Object.entries(hostileTexts)) {
    const said = asXml(text) + "x".repeat(9_000);
    const body = `<Response><Errors><Error><Code>${said}</Code><Message>${said}</Message></Error></Errors><RequestID>${said}</RequestID></Response>`;
    const { look } = aConnection(async () => new Response(body, { status: 400 }));
    const message = await look().then(
      () => assert.fail("it passed for an answer"),
      (error: Error) => error.message,
    );
    expectPlain(what, message);
    assert.ok(message.length < 1_200, `${what}: ${message.length} characters`);
  }
});

test("an answer that never ends is given up", { timeout: 60_000 }, async () => {
  const chunk = new Uint8Array(2 ** 20).fill(0x20);
  const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  const { look } = aConnection(async () => new Response(endless()));
  await assert.rejects(
    look(),
    expectProviderError("unavailable", /the answer is larger than 67108864 bytes/),
  );
});

test("an answer that points elsewhere is not followed there", async () => {
  const { look } = aConnection(async ({ redirect }) => {
    assert.equal(redirect, "error");
    return new Response(EMPTY);
  });
  await look();
});
