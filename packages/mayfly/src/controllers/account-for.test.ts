import assert from "node:assert/strict";
import { test } from "node:test";
import { accountFor } from "./account-for.ts";
import type { Account } from "./ports.ts";

const anAccount = (name: string, provider: string): [string, Account] => [
  name,
  { name, provider: { name: provider }, defaultZone: "z", sweepAllZones: false } as Account,
];
const TWO = { accounts: new Map([anAccount("default", "scaleway"), anAccount("ec2", "aws")]) };

test("an account is meant by its name, by its kind of cloud, or because there is no other", () => {
  assert.equal(accountFor(TWO, "ec2").name, "ec2");
  assert.equal(accountFor(TWO, undefined, "aws").name, "ec2");
  assert.equal(
    accountFor({ accounts: new Map([anAccount("default", "scaleway")]) }, undefined).name,
    "default",
  );
});

test("where nobody knows which account is meant, all there are are named", () => {
  const there = "there are: default \\(scaleway\\), ec2 \\(aws\\)";
  assert.throws(() => accountFor(TWO, undefined), new RegExp(`which account\\?; ${there}`));
  assert.throws(() => accountFor(TWO, "lab"), new RegExp(`no account lab; ${there}`));
  assert.throws(() => accountFor(TWO, undefined, "gcp"), new RegExp(`no account at gcp; ${there}`));
  assert.throws(() => accountFor(TWO, "ec2", "scaleway"), /no account ec2 at scaleway/);
  const twice = { accounts: new Map([anAccount("a", "aws"), anAccount("b", "aws")]) };
  assert.throws(() => accountFor(twice, undefined, "aws"), /which account\?/);
});
