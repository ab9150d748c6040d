import assert from "node:assert/strict";
import { test } from "node:test";
import { readSwimDecommission } from "./swim-decommission.ts";
import { readSwimOrder } from "./swim-order.ts";

const WHOLE = {
  ServerName: "my test server",
  ServerType: "DEV1-S",
  SecurityGroupName: "default",
  ImageID: "ubuntu_jammy",
  WebUsername: "student",
  WebLabID: 123,
  TTLMinutes: 60,
  CloudInitFile: "cloud-init.yml",
};

const read = (with_: object) => readSwimOrder(JSON.stringify({ ...WHOLE, ...with_ }));
const faults = (with_: object) => {
  const found = read(with_);
  assert.ok(Array.isArray(found), JSON.stringify(found));
  return found.map(({ path, message }) => `${path} ${message}`);
};

const ORDER = {
  serverName: "my test server",
  serverType: "DEV1-S",
  securityGroup: "default",
  image: "ubuntu_jammy",
  webUsername: "student",
  webLabId: 123,
  ttlMinutes: 60,
  cloudInit: { file: "cloud-init.yml" },
};

test("an order is read by keys of any case, and unknown ones are ignored", () => {
  assert.deepEqual(read({ Whatever: [1] }), ORDER);
  const other = Object.entries(WHOLE).map(([key, value], at) => [
    at % 2 ? key.toUpperCase() : key.toLowerCase(),
    value,
  ]);
  assert.deepEqual(readSwimOrder(JSON.stringify(Object.fromEntries(other))), ORDER);
});

test("the other words that SWIM came to use stand in where its first ones are absent", () => {
  const { ServerType: _, WebLabID: __, CloudInitFile: ___, ...rest } = WHOLE;
  const payload = { ...rest, InstanceType: "DEV1-M", LabID: 5, CloudInitContent: "#cloud-config\n" };
  assert.deepEqual(readSwimOrder(JSON.stringify(payload)), {
    ...ORDER,
    serverType: "DEV1-M",
    webLabId: 5,
    cloudInit: { content: "#cloud-config\n" },
  });
  assert.deepEqual(read({ InstanceType: "DEV1-M" }), ORDER);
});

test("every field that is missing is named at once; null and an empty text are missing", () => {
  const missing = Object.keys(WHOLE).map((name) => `${name} is missing`);
  const nothing = readSwimOrder("{}");
  assert.ok(Array.isArray(nothing));
  assert.deepEqual(
    nothing.map(({ path, message }) => `${path} ${message}`),
    missing,
  );
  assert.deepEqual(faults(Object.fromEntries(Object.keys(WHOLE).map((name) => [name, null]))), missing);
  assert.deepEqual(faults({ ServerName: "", ImageID: "" }), ["ServerName is missing", "ImageID is missing"]);
});

test("numbers are whole and above 0; a text is no number", () => {
  assert.deepEqual(faults({ WebLabID: 0, TTLMinutes: -5 }), [
    "WebLabID is 0, and has to be 1 at least",
    "TTLMinutes is -5, and has to be 1 at least",
  ]);
  assert.deepEqual(faults({ WebLabID: "7", TTLMinutes: 1.5 }), [
    "WebLabID is not a whole number",
    "TTLMinutes is not a whole number",
  ]);
  assert.deepEqual(faults({ TTLMinutes: 600_000 }), ["TTLMinutes is 600000, and may be 527040 at most"]);
});

test("what no cloud has a name for is refused, and nothing that a terminal would obey is taken", () => {
  assert.deepEqual(faults({ ServerType: "a b", ImageID: "../x" }), [
    'ServerType "a b" is no such name',
    'ImageID "../x" is no such name',
  ]);
  assert.deepEqual(faults({ ServerName: "a\u001B[2J" }), ["ServerName has characters that cannot be seen"]);
  assert.deepEqual(faults({ ServerName: "x".repeat(256) }), ["ServerName has more than 255 characters"]);
});

test("what is no JSON object is no order", () => {
  for (const payload of ["", "x", "{", "null", "7", '"text"', "[]", "[".repeat(100_000)])
    assert.ok(Array.isArray(readSwimOrder(payload)), payload.slice(0, 20));
});

test("whose machines are to go is a user, or one lab of a user", () => {
  assert.deepEqual(readSwimDecommission('{"WebUsername":"a"}'), { webUsername: "a" });
  assert.deepEqual(readSwimDecommission('{"webusername":"a","labid":3}'), { webUsername: "a", webLabId: 3 });
  assert.deepEqual(readSwimDecommission('{"WebUsername":"a","LabID":null}'), { webUsername: "a" });
  for (const payload of ["[]", '{"WebLabID":3}', '{"WebUsername":"a","WebLabID":-1}'])
    assert.ok(Array.isArray(readSwimDecommission(payload)), payload);
});
