import assert from "node:assert/strict";
import { test } from "node:test";
import { contains, encloses, overlap, parseCidr, writeCidr } from "./cidr.ts";
import type { Cidr } from "./cidr.ts";
import { parseIp, writeIp } from "./ip-address.ts";

const block = (text: string): Cidr => parseCidr(text) as Cidr;

test("a block is written as it was read, without the bits after its prefix", () => {
  for (const text of ["172.16.4.0/22", "0.0.0.0/0", "fd5f:519c:6d46:c22::/64", "::/0", "fd00::1/128"])
    assert.equal(writeCidr(block(text)), text);
  assert.equal(writeCidr(block("172.16.5.7/22")), "172.16.4.0/22");
});

test("the longest run of zeros of an IPv6 address is left out", () => {
  for (const [read, written] of [
    ["fd00:0:0:1:0:0:0:2", "fd00:0:0:1::2"],
    ["fd00:0db8::00ff", "fd00:db8::ff"],
    ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
  ] as const) {
    const ip = parseIp(read);
    assert.ok(ip);
    assert.equal(writeIp(ip), written);
  }
});

test("what is no block is not taken for one", () => {
  for (const text of ["", "172.16.4.0", "172.16.4.0/33", "172.16.4/22", "fd00::/129", "10.0.0.0/8/8", "a/8"])
    assert.equal(parseCidr(text), undefined, text);
});

test("blocks of one family overlap when one lies in the other", () => {
  assert.ok(overlap(block("10.0.0.0/8"), block("10.1.0.0/22")));
  assert.ok(overlap(block("10.1.0.0/22"), block("10.0.0.0/8")));
  assert.ok(!overlap(block("10.0.0.0/24"), block("10.0.1.0/24")));
  assert.ok(!overlap(block("0.0.0.0/0"), block("fd00::/64")));
  assert.ok(encloses(block("fd00::/16"), block("fd00:1::/64")));
  const last = parseIp("10.0.0.255");
  assert.ok(last && contains(block("10.0.0.0/24"), last) && !contains(block("10.0.1.0/24"), last));
});
