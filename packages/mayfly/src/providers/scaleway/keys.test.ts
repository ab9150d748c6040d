import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { inspect } from "node:util";
import { anEmulatedScaleway, EMULATED_PROJECT as PROJECT } from "../../testing/emulated-scaleway.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { NAMED_BY as BY, NAMED_ZONE as ZONE } from "../../testing/named-world.ts";
import type { NamedCase } from "../../testing/named-world.ts";
import type { Key, WantedKey } from "../resources/keys.ts";
import { createKeys } from "./keys.ts";
import { describeNamed } from "./named-contract.ts";
import { describeDoubles } from "./named-doubles-contract.ts";

const KEYS = "/iam/v1alpha1/ssh-keys";

/** Not one that anybody has the other half of. */
function aPublicKey(seed: string): string {
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const data = createHash("sha256").update(seed).digest();
  return `ssh-ed25519 ${Buffer.concat([field(Buffer.from("ssh-ed25519")), field(data)]).toString("base64")}`;
}

const aKey = (name: string) => ({ name, zone: ZONE, publicKey: `${aPublicKey(name)} me@laptop` });

const the: NamedCase<Key, WantedKey> = {
  noun: "key",
  create: createKeys,
  wanted: aKey,
  place: "everywhere",
  kind: "sshKey",
  path: KEYS,
  foreign: (name, project) => ({ name, project_id: project, public_key: aPublicKey(name) }),
  idOf: ({ id }: { id: string }) => id,
  expectWhole: ({ publicKey, name }) => assert.equal(publicKey, aPublicKey(name)),
  hasTags: false,
};

describeNamed(the);
describeDoubles(the);

function aWorld() {
  const cloud = anEmulatedScaleway();
  return {
    cloud,
    keys: createKeys(cloud.clients()),
    inCloud: () => cloud.emulator.leftovers().others.map(({ name }) => name),
    foreign: (name: string, publicKey: string) =>
      cloud.call<{ id: string }>("POST", KEYS, { name, project_id: PROJECT, public_key: publicKey }),
  };
}

test("a key has the fingerprint that ssh-keygen shows", async () => {
  const { keys } = aWorld();
  const publicKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl github.com";
  const key = await keys.ensure({ name: "host", zone: ZONE, publicKey }, BY);
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
  assert.equal(key.fingerprint, "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
});

test("a key that somebody asked for by itself has its own name in the cloud, another says whose it is", async () => {
  const { keys, inCloud } = aWorld();
  const asked = await keys.ensure(aKey("laptop"), { owner: "own-1" });
  assert.deepEqual([asked.name, asked.owner, asked.onDemand], ["laptop", undefined, false]);
  const wanted = await keys.ensure(aKey("lab--2"), BY);
  assert.deepEqual([wanted.name, wanted.owner, wanted.onDemand], ["lab--2", "own-1", true]);
  assert.deepEqual(inCloud(), ["laptop", "mayfly-own-1--lab--2"]);
});

test("a name that another key has is refused, and says which key", async () => {
  const { keys, inCloud } = aWorld();
  const { id, fingerprint } = await keys.ensure(aKey("laptop"), { owner: "own-1" });
  const other = { ...aKey("laptop"), publicKey: aPublicKey("other") };
  for (const onDemand of [true, false])
    await assert.rejects(keys.ensure(other, { owner: "own-1", onDemand }), (error) => {
      expectProviderError("invalid_input", new RegExp(`${id} has this name, and is another key`))(error);
      return (error as Error).message.includes(fingerprint);
    });
  assert.equal(inCloud().length, 1);
});

test("an instance is content with the same key under another name, its owner is not", async () => {
  const { keys, foreign, inCloud } = aWorld();
  const { id } = await foreign("laptop", `${aPublicKey("a")} me@laptop`);
  const wanted = { name: "key-1", zone: ZONE, publicKey: aPublicKey("a") };
  const found = await keys.ensure(wanted, BY);
  assert.deepEqual([found.id, found.name, found.onDemand], [id, "laptop", false]);
  assert.deepEqual(inCloud(), ["laptop"]);
  assert.equal((await keys.ensure(wanted, { owner: "own-1" })).name, "key-1");
  assert.deepEqual(inCloud(), ["laptop", "key-1"]);
});

test("a key that the cloud keeps with its comment is the same key", async () => {
  const { cloud, keys } = aWorld();
  const { id } = await keys.ensure(aKey("laptop"), { owner: "own-1" });
  const chatty = createKeys(
    cloud.clients(async (request) => {
      const response = await cloud.send(request);
      const text = (await response.text()).replaceAll(aPublicKey("laptop"), `${aPublicKey("laptop")} me`);
      return new Response(text, { status: response.status, headers: response.headers });
    }),
  );
  assert.deepEqual(await chatty.ensure(aKey("laptop"), BY), await keys.find(id, ZONE));
});

test("of the same key under several names the one that stays is taken", async () => {
  const { keys, foreign } = aWorld();
  await keys.ensure({ ...aKey("a"), name: "other" }, { owner: "own-2", onDemand: true });
  const { id } = await foreign("laptop", aPublicKey("a"));
  assert.equal((await keys.ensure(aKey("a"), BY)).id, id);
});

test("a key that is disabled lets nobody in: by its name it is refused, under another it is not taken", async () => {
  const { cloud, keys, foreign, inCloud } = aWorld();
  const { id } = await foreign("laptop", aPublicKey("laptop"));
  await cloud.call("PATCH", `${KEYS}/${id}`, { disabled: true });
  await assert.rejects(
    keys.ensure(aKey("laptop"), BY),
    expectProviderError("invalid_input", new RegExp(`${id} is there, and disabled; enable it, or delete it`)),
  );
  await keys.ensure({ ...aKey("laptop"), name: "key-1" }, BY);
  assert.deepEqual(inCloud(), ["laptop", "mayfly-own-1--key-1"]);
});

test("what is no public key is refused, not sent, and never repeated", async () => {
  const { cloud, keys } = aWorld();
  const secret = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
  for (const [text, message] of [
    ["", /the public key is empty; give the one line of the file that ends in \.pub$/],
    [" \n", /is empty/],
    [`-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n-----END OPENSSH PRIVATE KEY-----\n`, /a private key/],
    [`-----BEGIN RSA PRIVATE KEY-----${secret}`, /a private key/],
    [`${aPublicKey("a")} ${secret}\n${aPublicKey("b")}`, /several lines/],
    [secret, /is not a public key/],
    [`ssh-ed25519 ${secret}`, /is not a public key/],
    [`ssh-rsa ${aPublicKey("a").split(" ")[1]} ${secret}`, /is not a public key/],
    [`hunter2 ${secret}!`, /is not a public key/],
  ] as const) {
    const refused = keys.ensure({ name: "lab", zone: ZONE, publicKey: text }, BY);
    await assert.rejects(refused, (error) => {
      expectProviderError("invalid_input", message)(error);
      const shown = inspect(error, { depth: 10, showHidden: true });
      return !shown.includes(secret.slice(0, 20)) && !shown.includes("hunter2");
    });
  }
  assert.equal(cloud.emulator.calls().total, 0);
});
