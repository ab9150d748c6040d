import assert from "node:assert/strict";
import { test } from "node:test";
import { readRedisAddress } from "./redis-address.ts";

const PLAIN = { host: "localhost", port: 6379, tls: false, database: 0 };

test("an address is a host and port, or a URL with user, password, database and TLS", () => {
  const read = {
    "localhost:6379": PLAIN,
    localhost: PLAIN,
    "redis://localhost": PLAIN,
    "redis://localhost:7000/2": { ...PLAIN, port: 7000, database: 2 },
    "rediss://lab:p%40ss@redis.example:6380/1": {
      host: "redis.example",
      port: 6380,
      tls: true,
      username: "lab",
      password: "p@ss",
      database: 1,
    },
    "[::1]:6379": { ...PLAIN, host: "::1" },
  };
  for (const [text, address] of Object.entries(read)) assert.deepEqual(readRedisAddress(text), address, text);
});

test("the password of the environment stands in where the address has none", () => {
  assert.deepEqual(readRedisAddress("localhost", "env"), { ...PLAIN, password: "env" });
  assert.deepEqual(readRedisAddress("redis://:own@localhost", "env"), { ...PLAIN, password: "own" });
});

test("what is no address is refused, and its password is not repeated", () => {
  for (const text of [
    "",
    " a:1",
    "http://h",
    "redis://",
    "redis://:secret@h:99999",
    "redis://h/x",
    "redis://h?a=1",
  ]) {
    const problem = readRedisAddress(text);
    assert.ok("message" in problem, text);
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
  }
});
