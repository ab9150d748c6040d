import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readRedisAddress } from "../api/redis-address.ts";
import type { RedisAddress } from "../api/redis-address.ts";
import { systemClock } from "../clock.ts";
import { redisOrSkip, startRedis } from "../testing/redis-server.ts";
import type { RedisServer } from "../testing/redis-server.ts";
import { connectRedis } from "./client.ts";
import { describeRedis } from "./contract.ts";

const found = redisOrSkip();
const PASSWORD = "a password of a test";
/** As the guide lists them: docs/guide/swim.md. */
const COMMANDS = "blmove lrange lrem rpush get set del eval multi exec publish select"
  .split(" ")
  .map((name) => `+${name}`);

describe("a real redis", { skip: "skip" in found ? found.skip : false }, () => {
  let server: RedisServer;
  let address: RedisAddress;
  before(async () => {
    server = await startRedis("program" in found ? found.program : "");
    address = readRedisAddress(`127.0.0.1:${server.port}`) as RedisAddress;
  });
  after(() => server.stop());

  describeRedis("redis", async () => {
    const user = await server.client();
    await user.flushAll();
    return {
      redis: connectRedis(address, systemClock),
      push: async (key, value, side) => {
        const bytes = Buffer.from(value);
        await (side === "left" ? user.lPush(key, bytes) : user.rPush(key, bytes));
      },
      listOf: (key) => user.lRange(key, 0, -1),
    };
  });

  test("what is asked while it is away fails, and works again when it is back", async () => {
    const redis = connectRedis(address, systemClock);
    await redis.swap("k", undefined, "kept", 60_000);
    const taken = redis.take("q", "mine", { waitMs: 60_000 });
    taken.catch(() => undefined);
    await redis.get("k");
    const away = server.restart({ downMs: 300 });
    await assert.rejects(taken, { code: "unavailable" });
    await assert.rejects(redis.get("k"), {
      code: "unavailable",
      message: /^get k at redis 127[.]0[.]0[.]1:\d+\/0: ./,
    });
    await away;
    assert.equal(await redis.get("k"), "kept");
    await redis.close();
  });

  test("what Redis cannot do just now is unavailable, what it never does is refused", async () => {
    const user = await server.client();
    const redis = connectRedis(address, systemClock);
    await user.configSet("maxmemory", "1");
    await assert.rejects(redis.write({ set: [{ key: "k", value: "v" }] }), { code: "unavailable" });
    await user.configSet("maxmemory", "0");
    await redis.write({ set: [{ key: "no list", value: "v" }] });
    await assert.rejects(redis.list("no list", 1), { code: "refused", message: /WRONGTYPE/ });
    await redis.close();
  });

  test("an ACL user who may do what the guide lists reaches a database by its number, and a wrong password is refused and not told", async () => {
    const user = await server.client();
    await user.sendCommand([
      "ACL",
      "SETUSER",
      "lab",
      "on",
      `>${PASSWORD}`,
      "~swim:*",
      "&swim:*",
      ...COMMANDS,
    ]);
    const url = (secret: string) => `redis://lab:${encodeURIComponent(secret)}@127.0.0.1:${server.port}/3`;
    const redis = connectRedis(readRedisAddress(url(PASSWORD)) as RedisAddress, systemClock);
    const value = Buffer.from("1");
    await redis.write({
      set: [{ key: "swim:k", value: "1", ttlMs: 60_000 }],
      publish: [{ channel: "swim:c", message: "m" }],
    });
    assert.equal(await redis.swap("swim:k", "1", "2", 1_000), true);
    assert.equal(await redis.swap("swim:k", "2", undefined, 0), true);
    await redis.divert("swim:a", value, "swim:b", "why");
    await redis.remove("swim:a", value);
    assert.equal(await redis.take("swim:a", "swim:b", { waitMs: 10 }), undefined);
    assert.deepEqual(await redis.list("swim:a", 1), []);
    await redis.write({ set: [{ key: "swim:in three", value: "1" }] });
    assert.equal(await user.get("swim:in three"), null);
    await redis.close();
    const wrong = connectRedis(readRedisAddress(url("guess")) as RedisAddress, systemClock);
    await assert.rejects(wrong.get("k"), (error: Error & { code: string }) => {
      assert.equal(error.code, "refused");
      assert.match(error.message, /WRONGPASS/);
      assert.doesNotMatch(error.message, /guess/);
      return true;
    });
    await wrong.close();
  });
});
