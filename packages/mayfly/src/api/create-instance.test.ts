import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "./create-instance.ts";

const problems = (input: unknown) =>
  createInstanceSchema
    .safeParse(input)
    .error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];

test("an empty request is a machine for an hour, of what its cloud gives by itself", () => {
  const { lifetime, type, image, onExpiry } = createInstanceSchema.parse({});
  assert.deepEqual(
    { lifetime, type, image, onExpiry },
    { lifetime: 3_600_000, type: undefined, image: undefined, onExpiry: "delete" },
  );
});

test("everything that is wrong is told at once", () => {
  const told = problems({
    name: "mf-x",
    lifetime: "soon",
    rootVolumeGb: 0,
    tags: ["mayfly:owner=me"],
    onExpiry: "sleep",
    typ: "DEV1-S",
  });
  for (const path of ["name", "lifetime", "rootVolumeGb", "tags.0", "onExpiry"])
    assert.ok(
      told.some((text) => text.startsWith(`${path}:`)),
      path,
    );
  assert.ok(told.some((text) => text.includes("typ")));
});

test("a maximum lifetime shorter than the lifetime is refused", () =>
  assert.match(problems({ lifetime: "2h", maxLifetime: "1h" })[0]!, /maxLifetime is shorter/));

test("user data is bounded in bytes, not characters", () =>
  assert.match(problems({ userData: "é".repeat(70_000) })[0]!, /larger than 127998 bytes/));

for (const lifetime of ["9s", "367d", "-1h", "", "1 h", "1e9d", "١h"])
  test(`a lifetime of ${JSON.stringify(lifetime)} is refused`, () =>
    assert.match(problems({ lifetime })[0]!, /^lifetime: /));
