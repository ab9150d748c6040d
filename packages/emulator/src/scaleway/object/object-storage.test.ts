import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createEmulator } from "../../emulator.ts";
import type { Emulator, EmulatorOptions } from "../../emulator.ts";
import { BUCKET_SENTINELS } from "./bucket-operations.ts";

interface Reply {
  status: number;
  text: string;
  headers: Headers;
  /** Of an error. */
  code: string | undefined;
}

type Ask = (method: string, path: string, body?: string, headers?: Record<string, string>) => Promise<Reply>;

const CREDENTIAL = "Credential=SCWEMULATED000000000/20261121/fr-par/s3/aws4_request";
const SIGNED = { Authorization: `AWS4-HMAC-SHA256 ${CREDENTIAL}, SignedHeaders=host, Signature=0` };

function asking(
  emulator: Emulator,
  base = "http://cloud.test",
  signed: Record<string, string> = SIGNED,
): Ask {
  return async (method, path, body, headers = {}) => {
    const init = { method, headers: { ...signed, ...headers }, ...(body !== undefined && { body }) };
    const response = await emulator.fetch(base + path, init);
    const text = await response.text();
    const code = /<Error><Code>(\w+)/.exec(text)?.[1];
    return { status: response.status, text, headers: response.headers, code };
  };
}

function aStorage(options: EmulatorOptions = {}): { ask: Ask; emulator: Emulator } {
  const emulator = createEmulator({ now: () => Date.UTC(2026, 10, 21), seed: 1, ...options });
  return { ask: asking(emulator), emulator };
}

const kinds = (emulator: Emulator): string[] =>
  emulator.leftovers().others.map(({ kind, id }) => `${kind} ${id}`);

test("a bucket is made once, listed, and deleted when it is empty", async () => {
  const { ask, emulator } = aStorage();
  const made = await ask("PUT", "/shop");
  assert.deepEqual([made.status, made.headers.get("Location")], [200, "/shop"]);
  const again = await ask("PUT", "/shop");
  assert.deepEqual([again.status, again.code], [409, "BucketAlreadyOwnedByYou"]);
  assert.equal((await ask("HEAD", "/shop")).headers.get("x-amz-bucket-region"), "fr-par");
  assert.match((await ask("GET", "/")).text, /<Bucket><Name>shop<\/Name>/);
  assert.deepEqual(kinds(emulator), ["bucket shop"]);

  await ask("PUT", "/shop/a/b.txt", "hello");
  const refused = await ask("DELETE", "/shop");
  assert.deepEqual([refused.status, refused.code], [409, "BucketNotEmpty"]);
  assert.match(refused.text, /<Resource>\/shop<\/Resource>/);
  assert.equal((await ask("DELETE", "/shop/a/b.txt")).status, 204);
  assert.equal((await ask("DELETE", "/shop")).status, 204);
  assert.equal((await ask("DELETE", "/shop")).code, "NoSuchBucket");
  assert.equal((await ask("HEAD", "/shop")).status, 404);
  assert.deepEqual(kinds(emulator), []);
});

test("a bucket is named by the host as well as by the path", async () => {
  const { ask, emulator } = aStorage();
  const byHost = asking(emulator, "https://shop.s3.fr-par.scw.cloud");
  assert.equal((await byHost("PUT", "/")).status, 200);
  await byHost("PUT", "/a%20b", "hello");
  assert.equal((await ask("GET", "/shop/a%20b")).text, "hello");
  assert.match((await byHost("GET", "/?list-type=2")).text, /<Key>a b<\/Key>/);
});

test("a name belongs to one bucket in all regions, and another region does not know it", async () => {
  const { ask, emulator } = aStorage();
  const elsewhere = asking(emulator, "https://s3.nl-ams.scw.cloud");
  await ask("PUT", "/shop");
  assert.equal((await elsewhere("PUT", "/shop")).code, "BucketAlreadyOwnedByYou");
  assert.equal((await elsewhere("GET", "/shop")).code, "NoSuchBucket");
});

test("who does not sign is refused, and a signature in the query counts", async () => {
  const { emulator } = aStorage();
  const unsigned = asking(emulator, "https://s3.fr-par.scw.cloud", {});
  const refused = await unsigned("GET", "/");
  assert.deepEqual([refused.status, refused.code], [403, "AccessDenied"]);
  const credential = encodeURIComponent(CREDENTIAL.replace("Credential=", ""));
  assert.equal((await unsigned("GET", `/?X-Amz-Credential=${credential}`)).status, 200);
});

test("with versions a bucket is empty when every version and every marker is gone", async () => {
  const { ask } = aStorage();
  await ask("PUT", "/shop");
  assert.match((await ask("GET", "/shop?versioning")).text, /<Status><\/Status>/);
  const enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  assert.equal((await ask("PUT", "/shop?versioning", enabled)).status, 200);
  await ask("PUT", "/shop/a", "1");
  await ask("PUT", "/shop/a", "2");
  await ask("DELETE", "/shop/a");
  assert.equal((await ask("GET", "/shop/a")).code, "NoSuchKey");
  assert.ok(!(await ask("GET", "/shop")).text.includes("<Key>"));
  const { text } = await ask("GET", "/shop?versions");
  const ids = [...text.matchAll(/<VersionId>(\d+)/g)].map(([, id = ""]) => id);
  assert.equal(ids.length, 3);
  assert.equal((await ask("GET", `/shop/a?versionId=${ids[1]}`)).text, "1");
  assert.equal((await ask("DELETE", "/shop")).code, "BucketNotEmpty");
  const orders = ids.map((id) => `<Object><Key>a</Key><VersionId>${id}</VersionId></Object>`);
  assert.equal((await ask("POST", "/shop?delete", `<Delete>${orders.join("")}</Delete>`)).status, 200);
  assert.equal((await ask("DELETE", "/shop")).status, 204);
});

test("what is put on a bucket comes back, until it is taken away", async () => {
  const { ask, emulator } = aStorage();
  await ask("PUT", "/shop", undefined, { "x-amz-acl": "public-read" });
  assert.match((await ask("GET", "/shop?acl")).text, /AllUsers<\/URI><\/Grantee><Permission>READ</);
  await ask("PUT", "/shop?acl", undefined, { "x-amz-acl": "authenticated-read" });
  assert.match((await ask("GET", "/shop?acl")).text, /AuthenticatedUsers<\/URI><\/Grantee><Permission>READ</);
  await ask("PUT", "/shop?acl", undefined, { "x-amz-acl": "private" });
  assert.ok(!(await ask("GET", "/shop?acl")).text.includes("AllUsers"));

  const tags = "<Tagging><TagSet><Tag><Key>mayfly:owner</Key><Value>a&amp;b</Value></Tag></TagSet></Tagging>";
  assert.equal((await ask("GET", "/shop?tagging")).code, "NoSuchTagSet");
  assert.equal((await ask("PUT", "/shop?tagging", tags)).status, 200);
  assert.equal((await ask("GET", "/shop?tagging")).text, tags);
  assert.deepEqual(emulator.leftovers().others[0]?.tags, ["mayfly:owner=a&b"]);
  assert.equal((await ask("DELETE", "/shop?tagging")).status, 204);
  assert.deepEqual(emulator.leftovers().others[0]?.tags, []);

  assert.equal((await ask("PUT", "/shop?policy", "not JSON")).code, "MalformedPolicy");
  assert.equal((await ask("PUT", "/shop?policy", '{"Version":"2023-04-17"}')).status, 204);
  assert.equal((await ask("GET", "/shop?policy")).text, '{"Version":"2023-04-17"}');
  for (const [name, code] of [
    ["cors", "NoSuchCORSConfiguration"],
    ["lifecycle", "NoSuchLifecycleConfiguration"],
    ["website", "NoSuchWebsiteConfiguration"],
    ["object-lock", "ObjectLockConfigurationNotFoundError"],
    ["encryption", "NotImplemented"],
  ])
    assert.equal((await ask("GET", `/shop?${name}`)).code, code);
});

test("a list comes in pages, and folds what goes on after the delimiter", async () => {
  const { ask } = aStorage();
  await ask("PUT", "/shop");
  for (const key of ["b/1", "a", "b/2", "c"]) await ask("PUT", `/shop/${key}`, key);
  const keys = async (query: string): Promise<string[]> =>
    [...(await ask("GET", `/shop?${query}`)).text.matchAll(/<(?:Key|Prefix)>([^<]+)/g)].map(
      ([, key = ""]) => key,
    );
  assert.deepEqual(await keys("delimiter=/"), ["a", "c", "b/"]);
  assert.deepEqual(await keys("list-type=2&prefix=b/&delimiter=/"), ["b/", "b/1", "b/2"]);
  const first = await ask("GET", "/shop?list-type=2&max-keys=3");
  assert.match(first.text, /<IsTruncated>true</);
  const token = /<NextContinuationToken>([^<]+)/.exec(first.text)?.[1] ?? "";
  assert.deepEqual(await keys(`list-type=2&continuation-token=${token}`), ["c"]);
});

test("what is folded counts once, and is on one page", async () => {
  const { ask } = aStorage();
  await ask("PUT", "/shop");
  for (const key of ["a/1", "a/2", "a/3", "b"]) await ask("PUT", `/shop/${key}`, key);
  const page = async (query: string) => (await ask("GET", `/shop?list-type=2&delimiter=/${query}`)).text;
  assert.doesNotMatch(await page("&max-keys=2"), /NextContinuationToken/);
  const first = await page("&max-keys=1");
  assert.match(first, /<CommonPrefixes><Prefix>a\//);
  const [, token = ""] = /<NextContinuationToken>([^<]+)/.exec(first) ?? [];
  const second = await page(`&continuation-token=${encodeURIComponent(token)}`);
  assert.match(second, /<Key>b</);
  assert.doesNotMatch(second, /CommonPrefixes/);
});

test("content in chunks is put together, and survives byte by byte", async () => {
  const { ask } = aStorage();
  await ask("PUT", "/shop");
  const chunked = "3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n";
  await ask("PUT", "/shop/a", chunked, { "Content-Encoding": "aws-chunked", "Content-Type": "text/x-log" });
  const got = await ask("GET", "/shop/a");
  assert.deepEqual([got.text, got.headers.get("Content-Type")], ["abcde", "text/x-log"]);
  assert.equal((await ask("HEAD", "/shop/a")).headers.get("Content-Length"), "5");
});

test("names that say what goes wrong do so, and others must be names", async () => {
  const { ask, emulator } = aStorage();
  const code = async (name: string): Promise<string | undefined> => (await ask("PUT", `/${name}`)).code;
  assert.equal(await code(`${BUCKET_SENTINELS.taken}-1`), "BucketAlreadyExists");
  assert.equal(await code(`${BUCKET_SENTINELS.quota}-1`), "TooManyBuckets");
  assert.equal(await code(`${BUCKET_SENTINELS.busy}-1`), "SlowDown");
  assert.equal(await code("A_b"), "InvalidBucketName");
  assert.deepEqual(kinds(emulator), []);
  await assert.rejects(ask("PUT", `/${BUCKET_SENTINELS.lostAnswer}-1`), TypeError);
  assert.deepEqual(kinds(emulator), [`bucket ${BUCKET_SENTINELS.lostAnswer}-1`]);
});

test("a bucket and what is in it survive a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-bucket-"));
  try {
    const stateFile = join(folder, "state.json");
    const before = aStorage({ stateFile });
    await before.ask("PUT", "/shop");
    await before.ask("PUT", "/shop/a", "hello");
    before.emulator.flush();
    assert.equal((await aStorage({ stateFile }).ask("GET", "/shop/a")).text, "hello");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("calls are counted and faults strike by the operation's name", async () => {
  const { ask, emulator } = aStorage();
  emulator.faults.add({ match: { operation: "createBucket" }, times: 1, effect: { kind: "cutAfter" } });
  await assert.rejects(ask("PUT", "/shop"), TypeError);
  assert.equal((await ask("PUT", "/shop")).code, "BucketAlreadyOwnedByYou");
  assert.deepEqual(emulator.calls().byOperation, { createBucket: 2 });
});
