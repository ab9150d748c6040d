import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";
import { parseSshKey } from "./ssh-key.ts";

const KEYS = "/iam/v1alpha1/ssh-keys";
const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO0qVxmVPmLpBdTmJKK0ezSqsCk5T2kTGn5xQ5dpdG4P";

test("a key is kept without its comment, and has a fingerprint", async () => {
  const { call } = aCloud();
  const made = (await call("POST", KEYS, { name: "laptop", public_key: `${ED25519} me@laptop\n` })).json;
  assert.equal(made.public_key, ED25519);
  assert.match(made.fingerprint, /^256 MD5:([0-9a-f]{2}:){15}[0-9a-f]{2} \(ssh-ed25519\)$/);
  const path = `${KEYS}/${made.id}`;
  assert.equal((await call("PATCH", path, { disabled: true })).json.disabled, true);
  assert.equal((await call("GET", `${KEYS}?disabled=true`)).json.total_count, 1);
  assert.equal((await call("DELETE", path)).status, 204);
  const gone = await call("GET", path);
  assert.deepEqual([gone.status, gone.json.resource], [404, "ssh_key"]);
});

test("an RSA key is as long as its modulus", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n, "base64url")]);
  const blob = [Buffer.from("ssh-rsa"), Buffer.from(e, "base64url"), modulus].map(field);
  const key = parseSshKey(`ssh-rsa ${Buffer.concat(blob).toString("base64")}`);
  assert.match(key?.fingerprint ?? "", /^2048 MD5:.* \(ssh-rsa\)$/);
});

test("what is no key, and a project that is no id, is refused", async () => {
  const { call } = aCloud();
  const refusals: [Record<string, unknown>, string, string][] = [
    [{ public_key: undefined }, "public_key", "required"],
    [{ public_key: "ssh-rsa dog" }, "public_key", "format"],
    [{ name: undefined }, "name", "required"],
    [{ project_id: "" }, "project_id", "format"],
  ];
  for (const [change, argument, reason] of refusals) {
    const { status, json } = await call("POST", KEYS, { name: "a", public_key: ED25519, ...change });
    assert.equal(status, 400);
    assert.deepEqual([json.details[0].argument_name, json.details[0].reason], [argument, reason]);
  }
  assert.equal((await call("PATCH", `${KEYS}/${UNKNOWN}`, {})).status, 404);
});
