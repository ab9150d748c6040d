import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EC2 } from "@aws-sdk/client-ec2";

const GUIDE = join(import.meta.dirname, "../../../../../docs/guide/operating.md");

/** The actions of EC2 that the files here call, by the names of the SDK's own methods. */
function called(): string[] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
  const sources = files
    .filter((file) => /(?<![.]test)[.]ts$/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), "utf8"));
  return Object.getOwnPropertyNames(EC2.prototype)
    .filter((method) => sources.some((source) => source.includes(`.${method}(`)))
    .map((method) => method[0]!.toUpperCase() + method.slice(1));
}

test("the guide names every action that a key at AWS has to be allowed, and no other", () => {
  const [, section] = /### What a key at AWS has to be allowed\n\n(.*)\n/.exec(readFileSync(GUIDE, "utf8"))!;
  const named = [...section!.matchAll(/`([A-Z]\w+)`/g)].map(([, action]) => action!);
  assert.deepEqual(named.toSorted(), called().toSorted());
});
