import assert from "node:assert/strict";
import { test } from "node:test";
import { markIn, markOf } from "./mark.ts";

test("a mark says whose a thing is, in words where the cloud can hold them", () => {
  assert.equal(markOf("shop/dev/web-1"), "alchemy:shop/dev/web-1");
  for (const odd of ["shop/dev/Größe", "shop/my stage/web", `shop/dev/${"x".repeat(200)}`]) {
    assert.match(markOf(odd), /^alchemy:sha256\/[0-9a-f]{64}$/);
    assert.notEqual(markOf(odd), markOf(`${odd}2`));
  }
});

test("a mark is found among tags, whosever it is", () => {
  assert.equal(markIn(["team:web", "alchemy:shop/dev/web"]), "alchemy:shop/dev/web");
  assert.equal(markIn(["team:web", "alchemy-image:ubuntu_noble"]), undefined);
});
