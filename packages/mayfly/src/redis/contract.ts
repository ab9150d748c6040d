import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Redis } from "./redis.ts";

export interface RedisUnderTest {
  redis: Redis;
  push(key: string, value: string | Uint8Array, side?: "left"): Promise<void>;
  listOf(key: string): Promise<string[]>;
}

/** What every Redis must do. `open` answers an empty one for each test. */
export function describeRedis(name: string, open: () => Promise<RedisUnderTest>): void {
  const withRedis = (sentence: string, body: (under: RedisUnderTest) => Promise<void>) =>
    test(sentence, async (t) => {
      const under = await open();
      t.after(() => under.redis.close());
      await body(under);
    });
  const NOW = { waitMs: 10 };

  describe(name, () => {
    withRedis("the first of a list is moved to the end of another, byte by byte", async (under) => {
      const bytes = Buffer.from([0, 255, 10, 13, 128, 36]);
      await under.push("q", bytes);
      await under.push("q", "second");
      await under.push("q", "first", "left");
      assert.equal(String(await under.redis.take("q", "mine", NOW)), "first");
      assert.deepEqual(Buffer.from((await under.redis.take("q", "mine", NOW))!), bytes);
      const mine = (await under.redis.list("mine", 10)).map((one) => Buffer.from(one));
      assert.deepEqual(mine, [Buffer.from("first"), bytes]);
      assert.equal((await under.redis.list("mine", 1)).length, 1);
      assert.deepEqual(await under.listOf("q"), ["second"]);
    });

    withRedis("who waits for one gets it when it comes, or nothing when none does", async (under) => {
      assert.equal(await under.redis.take("q", "mine", NOW), undefined);
      const taken = under.redis.take("q", "mine", { waitMs: 5_000 });
      await under.push("q", "late");
      assert.equal(String(await taken), "late");
    });

    withRedis("who waits is let go by the signal, and takes nothing afterwards", async (under) => {
      const end = new AbortController();
      const taken = under.redis.take("q", "mine", { waitMs: 60_000, signal: end.signal });
      // The other connection is used while one waits.
      assert.deepEqual(await under.redis.list("q", 1), []);
      end.abort();
      assert.equal(await taken, undefined);
      assert.equal(await under.redis.take("q", "mine", { waitMs: 10, signal: end.signal }), undefined);
    });

    withRedis("one copy of several alike is removed, and none is no failure", async (under) => {
      for (const value of ["a", "b", "a"]) await under.push("q", value);
      assert.equal(await under.redis.remove("q", Buffer.from("a")), true);
      assert.deepEqual(await under.listOf("q"), ["b", "a"]);
      await under.redis.remove("q", Buffer.from("absent"));
      assert.deepEqual(await under.listOf("q"), ["b", "a"]);
    });

    withRedis("what is diverted leaves one list and is told in the other, once", async (under) => {
      await under.push("q", "bad");
      for (let time = 0; time < 2; time++) await under.redis.divert("q", Buffer.from("bad"), "dead", "why");
      assert.deepEqual([await under.listOf("q"), await under.listOf("dead")], [[], ["why"]]);
    });

    withRedis(
      "what is to be done only while a key holds something is done then, and else not",
      async (under) => {
        const { redis } = under;
        const [a, held] = [Buffer.from("a"), { key: "k", value: "mine" }];
        for (const value of ["a", "a", "b"]) await under.push("q", value);
        assert.equal(await redis.remove("q", a, held), false);
        assert.equal(await redis.divert("q", a, "dead", "why", held), false);
        await redis.swap("k", undefined, "another's", 60_000);
        assert.equal(await redis.remove("q", a, held), false);
        assert.equal(await redis.divert("q", a, "dead", "why", held), false);
        assert.deepEqual([await under.listOf("q"), await under.listOf("dead")], [["a", "a", "b"], []]);
        await redis.swap("k", "another's", "mine", 60_000);
        assert.equal(await redis.remove("q", a, held), true);
        assert.equal(await redis.divert("q", a, "dead", "why", held), true);
        assert.deepEqual([await under.listOf("q"), await under.listOf("dead")], [["b"], ["why"]]);
      },
    );

    withRedis("a key changes hands only from whom it is thought to belong to", async ({ redis }) => {
      assert.equal(await redis.swap("k", undefined, "a", 60_000), true);
      assert.equal(await redis.swap("k", undefined, "b", 60_000), false);
      assert.equal(await redis.swap("k", "b", "c", 60_000), false);
      assert.equal(await redis.get("k"), "a");
      assert.equal(await redis.swap("k", "a", "b", 60_000), true);
      assert.equal(await redis.swap("k", "b", undefined, 0), true);
      assert.equal(await redis.get("k"), undefined);
    });

    withRedis("what is written together can be read", async ({ redis }) => {
      const publish = [{ channel: "c", message: "m" }];
      await redis.write({
        set: [
          { key: "a", value: "1", ttlMs: 60_000 },
          { key: "b", value: "2" },
        ],
        publish,
      });
      assert.deepEqual([await redis.get("a"), await redis.get("b")], ["1", "2"]);
    });

    withRedis("what is asked after the end is unavailable", async ({ redis }) => {
      await redis.close();
      await assert.rejects(redis.get("k"), { name: "RedisError", code: "unavailable" });
    });
  });
}
