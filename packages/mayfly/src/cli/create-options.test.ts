import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { aPublicKey } from "../testing/a-public-key.ts";
import { readPublicKey } from "./read-public-key.ts";
import { readReady } from "./read-ready.ts";
import { readVolume } from "./read-volume.ts";

test("a volume with a size is to be made, one without is there already", () => {
  assert.deepEqual(readVolume("data:20GB"), { name: "data", sizeGb: 20 });
  assert.deepEqual(readVolume("data:20"), { name: "data", sizeGb: 20 });
  assert.deepEqual(readVolume("data"), { name: "data" });
});

for (const text of ["data:", ":20GB", "data:0GB", "data:20TB", "data:20GB:x", "data:-1"])
  test(`${text} is no volume`, () => assert.ok("path" in readVolume(text)));

const folder = mkdtempSync(join(tmpdir(), "mayfly-key-"));
const file = (text: string): string => {
  const path = join(folder, `key-${text.length}`);
  writeFileSync(path, text);
  return path;
};
const PUBLIC = aPublicKey();

test("a public key is read without the line's end", () =>
  assert.equal(readPublicKey(file(`${PUBLIC} me@home\n`)), `${PUBLIC} me@home`));

test("a private key is refused, and nothing of it is repeated", () => {
  const secret = "c2VjcmV0c2VjcmV0";
  const problem = readPublicKey(file(`-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n`));
  assert.ok(typeof problem === "object" && problem.message.includes("private key"));
  assert.ok(!JSON.stringify(problem).includes(secret));
});

for (const text of ["", "hello", `${PUBLIC}\n${PUBLIC}\n`, "ssh-ed25519 short"])
  test(`${JSON.stringify(text.slice(0, 12))} is no public key`, () =>
    assert.equal(typeof readPublicKey(file(text)), "object"));

test("what makes an instance running is one of three words, and a near one is meant", () => {
  for (const word of ["cloud", "ssh", "cloud-init"] as const) assert.equal(readReady(word), word);
  assert.equal(readReady(undefined), undefined);
  assert.deepEqual(readReady("cloudinit"), {
    path: "--ready",
    message: '"cloudinit" is not one of cloud, ssh, cloud-init',
    suggestion: "did you mean cloud-init?",
  });
});
