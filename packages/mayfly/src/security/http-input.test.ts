import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { expectPlain } from "../testing/expect-plain.ts";
import { expectTameAnswer } from "../testing/expect-tame-answer.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { get, httpDoors, post, statusOf } from "../testing/http-doors.ts";
import { rawHttp } from "../testing/raw-http.ts";

const doors = await httpDoors();
afterEach(() => assert.deepEqual(doors.failures, [], "a hostile request is no failure of ours"));

for (const [what, text] of Object.entries(hostileTexts)) {
  const encoded = encodeURIComponent(text.toWellFormed());

  test(`a path or query that ${what} reaches nothing and adds nothing to the answer`, async () => {
    for (const target of [
      `/v1/instances/${encoded}`,
      `/v1/events?instance=${encoded}`,
      `/v1/instances?cursor=${encoded}&limit=${encoded}&${encoded}=1`,
      `/v1/types?zone=${encoded}&account=${encoded}`,
      `/${encoded}`,
    ]) {
      const answer = await rawHttp(doors.socket, get(target));
      if (statusOf(answer) !== 431) expectTameAnswer(answer);
    }
    assert.deepEqual([...doors.commands.rows.keys()], ["mf-000000000001"]);
  });

  test(`a body that ${what} is refused or kept as it is, field by field`, async () => {
    for (const field of [
      "name",
      "account",
      "zone",
      "type",
      "image",
      "userData",
      "lifetime",
      "maxLifetime",
      "onExpiry",
      "retain",
      "provisionTimeout",
      "ipv4",
      "rootVolumeGb",
      "securityGroup",
      text,
    ])
      expectTameAnswer(await rawHttp(doors.socket, post("/v1/instances", JSON.stringify({ [field]: text }))));
    expectTameAnswer(await rawHttp(doors.socket, post("/v1/instances", JSON.stringify({ tags: [text] }))));
    expectTameAnswer(
      await rawHttp(doors.socket, post("/v1/instances", JSON.stringify({ tags: { [text]: text } }))),
    );
    expectTameAnswer(
      await rawHttp(doors.socket, post("/v1/instances/lab/extend", JSON.stringify({ expiresAt: text }))),
    );
    for (const { request } of doors.commands.created) {
      assert.match(request.name ?? "lab", /^[\w.-]{1,63}$/);
      for (const word of [request.type, request.image, request.zone ?? "z", request.account ?? "a"])
        assert.match(word, /^[\w.:-]{1,128}$/);
      for (const words of [...request.tags, request.securityGroup ?? ""]) {
        expectPlain("what is kept and shown", words);
        assert.ok(words.length <= 128);
      }
      assert.ok(!request.tags.some((tag) => tag.startsWith("mayfly:")));
    }
  });

  test(`a header that ${what} is refused or means nothing`, async () => {
    // What it takes to write it into a header is the attacker's; the bytes are UTF-8.
    for (const name of ["Idempotency-Key", "Mayfly-Account", "Last-Event-ID", "Accept", "X-Forwarded-Host"]) {
      const answer = await rawHttp(doors.socket, post("/v1/instances", "{}", `${name}: ${text}\r\n`));
      assert.ok([202, 400, 409, 431].includes(statusOf(answer)), answer.slice(0, 200));
      assert.doesNotMatch(answer, /^set-cookie:/im);
    }
  });
}
