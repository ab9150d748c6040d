import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { resourceKinds } from "../api/resource-kind.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import { aPublicKey } from "../testing/a-public-key.ts";
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
      `/v1/zones?account=${encoded}&${encoded}=1`,
      ...resourceKinds.flatMap((kind) => [
        `/v1/${kind}s/${encoded}?zone=${encoded}&account=${encoded}`,
        `/v1/${kind}s?zone=${encoded}&account=${encoded}`,
        `/v1/${kind}s?force=${encoded}&${encoded}=1`,
        `/v1/${kind}${encoded}`,
      ]),
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
      for (const word of [
        request.type ?? "t",
        request.image ?? "i",
        request.zone ?? "z",
        request.account ?? "a",
      ])
        assert.match(word, /^[\w.:-]{1,128}$/);
      for (const words of [...request.tags, request.securityGroup ?? ""]) {
        expectPlain("what is kept and shown", words);
        assert.ok(words.length <= 128);
      }
      assert.ok(!request.tags.some((tag) => tag.startsWith("mayfly:")));
    }
  });

  test(`a body for a network, firewall, volume or key that ${what} is refused or kept as it is`, async () => {
    const send = async (kind: ResourceKind, fields: object) => {
      doors.commands.things[kind].clear();
      expectTameAnswer(await rawHttp(doors.socket, post(`/v1/${kind}s`, JSON.stringify(fields))));
      for (const [name, thing] of doors.commands.things[kind]) {
        assert.match(name, /^[\w.-]{1,63}$/);
        for (const kept of textsIn(thing)) expectPlain(`what is kept of a ${kind}`, kept);
        assert.ok(JSON.stringify(thing).length < (kind === "key" ? 17_000 : 1_000));
      }
    };
    const ruleOf = (field: string) => ({ rules: [{ protocol: "tcp", [field]: text }] });
    const own: Record<ResourceKind, object[]> = {
      network: [{}, { subnet: text }, { vpc: text }],
      firewall: [
        {},
        { rules: text },
        { rules: [text] },
        ...["direction", "action", "protocol", "range", "ports", text].map(ruleOf),
        { rules: [{ protocol: "tcp", ports: [text, text] }] },
      ],
      volume: [{ sizeGb: 1 }, { sizeGb: text }, { sizeGb: 1, iops: text }],
      key: [
        { publicKey: aPublicKey() },
        { publicKey: text },
        { publicKey: `${aPublicKey()} ${text}` },
        { publicKey: `${text}${aPublicKey()}` },
      ],
    };
    for (const [verb, wanted] of [
      ["resize", { sizeGb: text }],
      ["resize", { sizeGb: 2, zone: text }],
      ["attach", { instance: text }],
      ["detach", { account: text, [text]: text }],
    ] as const)
      for (const reference of ["lab", encoded]) {
        const target = `/v1/volumes/${reference}/${verb}`;
        const answer = await rawHttp(doors.socket, post(target, JSON.stringify(wanted)));
        if (statusOf(answer) !== 431) expectTameAnswer(answer);
      }
    const named = [{ name: text }, { account: text }, { zone: text }, { [text]: text }];
    for (const kind of resourceKinds) {
      for (const fields of own[kind]) await send(kind, { name: "lab", ...fields });
      for (const more of named) await send(kind, { name: "lab", ...own[kind][0], ...more });
    }
  });

  test(`a delete of what ${what} reaches nothing`, async () => {
    for (const kind of resourceKinds) {
      const target = `/v1/${kind}s/${encoded}?force=true&zone=${encoded}`;
      const answer = await rawHttp(doors.socket, get(target).replace("GET", "DELETE"));
      if (statusOf(answer) !== 431) expectTameAnswer(answer);
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

/** All texts that a thing consists of. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
