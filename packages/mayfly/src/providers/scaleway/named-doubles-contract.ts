import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { aNamedWorld, NAMED_BY, NAMED_ZONE } from "../../testing/named-world.ts";
import type { NamedCase } from "../../testing/named-world.ts";
import type { Named } from "../resources/resources.ts";

/** How often one is made when lists are late, answers are lost, processes end and others are quicker: once. */
export function describeDoubles<Thing extends Named, Wanted extends { name: string; zone: string }>(
  the: NamedCase<Thing, Wanted>,
): void {
  const { noun, create, wanted, path } = the;
  const aWorld = () => aNamedWorld(the);

  describe(`a ${noun} of one name`, () => {
    test("that ten ask for at once is made once", async () => {
      const { cloud, things, left } = aWorld();
      cloud.emulator.faults.listLagMs = 30_000;
      const all = await Promise.all(Array.from({ length: 10 }, () => things.ensure(wanted("lab"), NAMED_BY)));
      assert.equal(new Set(all.map(({ id }) => id)).size, 1);
      assert.equal(left().length, 1);
    });

    test("that is gone is made anew, though lists still show it", async () => {
      const { cloud, things, left } = aWorld();
      const first = await things.ensure(wanted("lab"), NAMED_BY);
      await cloud.clock.advance(60_000);
      cloud.emulator.faults.listLagMs = 30_000;
      await cloud.passing(things.delete(first.id, NAMED_ZONE));
      assert.equal(await things.find("lab", NAMED_ZONE), undefined);
      const second = await things.ensure(wanted("lab"), NAMED_BY);
      assert.deepEqual(left(), [second.id]);
      assert.notEqual(second.id, first.id);
    });

    test("whose making was not answered is found when lists show it, and not made twice", async () => {
      const { cloud, things, left } = aWorld();
      const { faults } = cloud.emulator;
      faults.listLagMs = 29_000;
      faults.add({ match: { method: "POST", path }, times: 1, effect: { kind: "cutAfter" } });
      const since = cloud.clock.now();
      const made = await cloud.passing(things.ensure(wanted("lab"), NAMED_BY));
      assert.ok(cloud.clock.now() - since >= 29_000);
      the.expectWhole(made);
      assert.deepEqual(left(), [made.id]);
    });

    test("whose making was lost before it began is unavailable after the gap, and made by the next", async () => {
      const { cloud, things, left } = aWorld();
      cloud.emulator.faults.add({
        match: { method: "POST", path },
        times: 1,
        effect: { kind: "cutBefore" },
      });
      const since = cloud.clock.now();
      await assert.rejects(
        cloud.passing(things.ensure(wanted("lab"), NAMED_BY)),
        expectProviderError(
          "unavailable",
          new RegExp(`^find or make ${noun} lab on scaleway ${the.place}: `),
        ),
      );
      assert.equal(cloud.clock.now() - since, 30_000);
      assert.deepEqual(left(), []);
      await things.ensure(wanted("lab"), NAMED_BY);
      assert.equal(left().length, 1);
    });

    test("whose making is in doubt is not made by a repeat within the gap", async () => {
      const { cloud, things, left } = aWorld();
      const { faults } = cloud.emulator;
      faults.listLagMs = 29_000;
      faults.add({ match: { method: "POST", path }, times: 1, effect: { kind: "cutAfter" } });
      const ended = new AbortController();
      const first = things.ensure(wanted("lab"), { ...NAMED_BY, signal: ended.signal });
      const failed = assert.rejects(first, expectProviderError("unavailable", /no more time/));
      await cloud.clock.advance(10_000);
      ended.abort(new Error("no more time"));
      await failed;
      const made = await cloud.passing(things.ensure(wanted("lab"), NAMED_BY));
      assert.deepEqual(left(), [made.id]);
    });

    for (const how of ["cut", "lost"] as const)
      test(`whose making is ${how} at any call is there once after the next, and not at all after its end`, async () => {
        for (let call = 1; ; call += 1) {
          const { cloud, things, left } = aWorld();
          const { reached } = await cloud.passing(
            interrupted(cloud.send, { call, how }, (send) =>
              create(cloud.clients(send)).ensure(wanted("lab"), NAMED_BY),
            ),
          );
          const whole = await cloud.passing(things.ensure(wanted("lab"), NAMED_BY));
          the.expectWhole(whole);
          assert.deepEqual(await things.find("lab", NAMED_ZONE), whole);
          assert.deepEqual(left(), [whole.id], `${how} at call ${call}`);
          await cloud.passing(things.delete(whole.id, NAMED_ZONE));
          assert.deepEqual(left(), []);
          if (!reached) return assert.ok(call > 3, "the walk did not walk");
        }
      });

    for (const how of ["cut", "lost"] as const)
      test(`whose end is ${how} at any call is gone after the next, its double too`, async () => {
        for (let call = 1; ; call += 1) {
          const { cloud, things, left, aDouble } = aWorld();
          const { older } = await aDouble("lab");
          const { reached } = await cloud.passing(
            interrupted(cloud.send, { call, how }, (send) =>
              create(cloud.clients(send)).delete(older, NAMED_ZONE),
            ),
          );
          await cloud.passing(things.delete(older, NAMED_ZONE));
          assert.deepEqual(left(), [], `${how} at call ${call}`);
          if (!reached) return assert.ok(call > 3, "the walk did not walk");
        }
      });

    test("that an interrupted process left twice is the older one; the younger one goes when nobody can be on the way to it", async () => {
      const { cloud, things, left, aDouble } = aWorld();
      const { older, younger } = await aDouble("lab");
      assert.equal((await things.find("lab", NAMED_ZONE))?.id, older);
      assert.equal((await things.ensure(wanted("lab"), NAMED_BY)).id, older);
      assert.deepEqual(left().sort(), [older, younger].sort());
      await cloud.clock.advance(600_000);
      assert.equal((await things.ensure(wanted("lab"), NAMED_BY)).id, older);
      assert.deepEqual(left(), [older]);
    });

    test("whose younger double is deleted by its id stays", async () => {
      const { cloud, things, left, aDouble } = aWorld();
      const { older, younger } = await aDouble("lab");
      await cloud.passing(things.delete(younger, NAMED_ZONE));
      assert.deepEqual(left(), [older]);
    });

    test("that somebody else makes at the same moment is theirs: ours goes, and the next attempt finds it", async () => {
      const { cloud, things, foreign, left } = aWorld();
      let theirs = "";
      const late = create(
        cloud.clients(async (request) => {
          const response = await cloud.send(request);
          if (request.method === "POST" && theirs === "") theirs = await foreign("lab");
          return response;
        }),
      );
      await assert.rejects(
        late.ensure(wanted("lab"), NAMED_BY),
        expectProviderError("conflict", /somebody else made one of this name at the same time/),
      );
      assert.deepEqual(left(), [theirs]);
      assert.equal((await things.ensure(wanted("lab"), NAMED_BY)).id, theirs);
    });

    if (the.hasTags)
      test("that somebody asked for by itself does not go as a double of what an instance wanted", async () => {
        const { cloud, things, left, cutAfterMaking } = aWorld();
        cloud.emulator.faults.listLagMs = 25_000;
        await cutAfterMaking("lab");
        const asked = await things.ensure(wanted("lab"), { owner: "own-1" });
        await cloud.clock.advance(25_000);
        const older = (await things.find("lab", NAMED_ZONE))!;
        assert.deepEqual([older.onDemand, asked.onDemand], [true, false]);
        await cloud.passing(things.delete(older.id, NAMED_ZONE));
        assert.deepEqual(left(), [asked.id]);
      });
  });
}
