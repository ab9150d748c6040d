import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { interrupted } from "../../testing/interrupted.ts";
import type { Named } from "./resources.ts";
import type { Shareable } from "./shareable.ts";

type Send = (request: Request) => Promise<Response>;

/** A cloud with nothing of this kind in it but what a new account has, and the port to it. */
export interface ShareableWorld<Thing extends Named, Wanted extends { name: string; zone: string }> {
  zone: string;
  wanted(name: string): Wanted;
  /** What calls go out by. */
  send: Send;
  /** The port as a new process has it. */
  through(send: Send): Shareable<Thing, Wanted>;
  /** Made by somebody else, without a mark. */
  foreign(name: string): Promise<string>;
  /** The ids of what there is beside what a new account has. */
  left(): string[] | Promise<string[]>;
  /** Lets time pass for as long as the work waits for it. */
  passing<Result>(work: Promise<Result>): Promise<Result>;
  /** All that was to be done to it was done. */
  expectWhole?(thing: Thing): void;
}

const BY = { owner: "own-1", onDemand: true };

/** What networks, firewalls and keys must hold to, whatever the cloud. */
export function describeShareable<Thing extends Named, Wanted extends { name: string; zone: string }>(
  name: string,
  makeWorld: () => ShareableWorld<Thing, Wanted> | Promise<ShareableWorld<Thing, Wanted>>,
): void {
  const begin = async () => {
    const world = await makeWorld();
    return { ...world, things: world.through(world.send) };
  };

  describe(`${name}, found or made by its name`, () => {
    test("is made when there is none, whole, and found from then on", async () => {
      const { things, wanted, zone, left, expectWhole, passing } = await begin();
      assert.equal(await things.find("lab", zone), undefined);
      const made = await passing(things.ensure(wanted("lab"), BY));
      expectWhole?.(made);
      assert.deepEqual([made.name, made.place, made.onDemand], ["lab", things.placeOf(zone), true]);
      assert.deepEqual(await things.find("lab", zone), made);
      assert.deepEqual(await things.find(made.id, zone), made);
      assert.deepEqual(await passing(things.ensure(wanted("lab"), BY)), made);
      assert.deepEqual(
        (await things.list(zone)).find(({ id }) => id === made.id),
        made,
      );
      assert.deepEqual(await left(), [made.id]);
      for (const part of ["la", "lab-", "LAB", "*"]) assert.equal(await things.find(part, zone), undefined);
    });

    test("is deleted once, and a repeat does no harm", async () => {
      const { things, wanted, zone, left, passing } = await begin();
      const { id } = await passing(things.ensure(wanted("lab"), BY));
      await passing(things.delete(id, zone));
      await passing(things.delete(id, zone));
      assert.deepEqual(await left(), []);
      assert.equal(await things.find(id, zone), undefined);
    });

    test("is discarded when nothing holds it, once and again", async () => {
      const { things, wanted, zone, left, passing } = await begin();
      const { id } = await passing(things.ensure(wanted("lab"), BY));
      assert.equal(await things.discard(id, zone), "gone");
      assert.equal(await things.discard(id, zone), "gone");
      assert.deepEqual(await left(), []);
    });

    test("is used and left as it is when it is somebody else's", async () => {
      const { things, wanted, zone, foreign, left, passing } = await begin();
      const id = await foreign("lab");
      for (const onDemand of [true, false]) {
        const found = await passing(things.ensure(wanted("lab"), { owner: "own-1", onDemand }));
        assert.deepEqual([found.id, found.onDemand], [id, false]);
      }
      assert.equal((await things.find("lab", zone))?.owner, undefined);
      assert.deepEqual(await left(), [id]);
    });

    test("stays, once somebody asks for it by itself", async () => {
      const { things, wanted, zone, passing } = await begin();
      const { id } = await passing(things.ensure(wanted("lab"), BY));
      const kept = await passing(things.ensure(wanted("lab"), { owner: "own-1" }));
      assert.deepEqual([kept.id, kept.onDemand], [id, false]);
      assert.equal((await things.find("lab", zone))?.onDemand, false);
      assert.equal((await passing(things.ensure(wanted("lab"), BY))).onDemand, false);
    });

    test("is not made by a worker that lost its place", async () => {
      const { things, wanted, left } = await begin();
      const fence = () => {
        throw new Error("another worker is at it");
      };
      await assert.rejects(
        things.ensure(wanted("lab"), { ...BY, fence }),
        expectProviderError("unavailable", /another worker is at it/),
      );
      assert.deepEqual(await left(), []);
    });

    for (const how of ["cut", "lost"] as const)
      test(`is there once, wherever its making is ${how}`, async () => {
        for (let call = 1; ; call += 1) {
          const { wanted, zone, send, through, left, passing, expectWhole } = await begin();
          const { reached } = await passing(
            interrupted(send, { call, how }, (broken) => through(broken).ensure(wanted("lab"), BY)),
          );
          const things = through(send);
          const made = await passing(things.ensure(wanted("lab"), BY));
          expectWhole?.(made);
          assert.deepEqual(await left(), [made.id], `at call ${call}`);
          await passing(things.delete(made.id, zone));
          assert.deepEqual(await left(), []);
          if (!reached) return assert.ok(call > 2, "the walk did not walk");
        }
      });

    for (const how of ["cut", "lost"] as const)
      test(`is gone, wherever its deletion is ${how}`, async () => {
        for (let call = 1; ; call += 1) {
          const { things, wanted, zone, send, through, left, passing } = await begin();
          const { id } = await passing(things.ensure(wanted("lab"), BY));
          const { reached } = await passing(
            interrupted(send, { call, how }, (broken) => through(broken).delete(id, zone)),
          );
          await passing(through(send).delete(id, zone));
          assert.deepEqual(await left(), [], `at call ${call}`);
          if (!reached) return assert.ok(call > 1, "the walk did not walk");
        }
      });
  });
}
