import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalRange } from "./canonical-range.ts";

test("a range is written in one way, whoever wrote it", () => {
  for (const [text, range] of [
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["10.1.255.3/20", "10.1.240.0/20"],
    ["192.0.2.1", "192.0.2.1/32"],
    ["192.0.2.1/32", "192.0.2.1/32"],
    ["255.255.255.255/0", "0.0.0.0/0"],
    ["::/0", "::/0"],
    ["0:0:0:0:0:0:0:0/0", "::/0"],
    ["2001:0DB8::1/32", "2001:db8::/32"],
    ["fd00:1:2:3:4:5:6:7/64", "fd00:1:2:3::/64"],
    ["fd00::ffff/124", "fd00::fff0/124"],
    ["::1", "::1/128"],
    ["::ffff:192.0.2.1/128", "::ffff:c000:201/128"],
  ] as const)
    assert.equal(canonicalRange(text), range, text);
});

test("what is no range is none", () => {
  for (const text of ["", "/", "10.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/", "::/129"])
    assert.equal(canonicalRange(text), undefined, text);
  for (const text of ["fe80::1%eth0", "fe80::1%eth0/64", "a.b.c.d/8", "10.0.0.0 /8", "::/1e1", "everywhere"])
    assert.equal(canonicalRange(text), undefined, text);
});
