import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { anEmulatedScaleway, EMULATED_PROJECT } from "../../testing/emulated-scaleway.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { ProviderError } from "../error.ts";
import type { Named, Resources } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";

/** One kind of thing that is found or made by its name, and how somebody else would make it. */
export interface NamedCase<Thing extends Named, Wanted extends { name: string; zone: string }> {
  noun: string;
  create(account: Clients): Resources<Thing, Wanted>;
  wanted(name: string): Wanted;
  /** Where it is, for `ZONE`. */
  place: string;
  /** What the emulator calls it. */
  kind: "privateNetwork" | "securityGroup" | "sshKey";
  /** Of the collection, in the API. */
  path: string;
  /** The body of a create by somebody who leaves no mark, in this project unless told otherwise. */
  foreign(name: string, project?: string): unknown;
  idOf(answer: never): string;
  /** All that was to be done to it was done. */
  expectWhole(thing: Thing): void;
  /** Whether its mark is in its tags. */
  hasTags: boolean;
}

export const ZONE = "fr-par-1";
export const BY = { owner: "own-1", onDemand: true };

export const expectError = (code: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProviderError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

/** What Scaleway's networks, firewalls and keys have in common. */
export function describeNamed<Thing extends Named, Wanted extends { name: string; zone: string }>(
  the: NamedCase<Thing, Wanted>,
): void {
  const { noun, create, wanted, path } = the;

  function aWorld() {
    const cloud = anEmulatedScaleway();
    return {
      cloud,
      things: create(cloud.clients()),
      /** By their names; what the cloud itself made doesn't count. */
      left: () =>
        cloud.emulator
          .leftovers()
          .others.filter(({ kind }) => kind === the.kind)
          .map(({ id }) => id),
      foreign: async (name: string, project?: string) =>
        the.idOf(await cloud.call<never>("POST", path, the.foreign(name, project))),
      refuse: (method: string, status: number, type: string) =>
        cloud.emulator.faults.add({
          match: { method, path },
          effect: { kind: "status", status, body: { type, message: "no", details: [] } },
        }),
    };
  }
  type World = ReturnType<typeof aWorld>;

  /** A process ends right after it made one, before it heard of it. */
  async function cutAfterMaking({ cloud, left }: World, name: string): Promise<void> {
    const before = left().length;
    for (let call = 1; left().length === before; call += 1) {
      const { reached } = await cloud.passing(
        interrupted(cloud.send, { call, how: "cut" }, (send) =>
          create(cloud.clients(send)).ensure(wanted(name), BY),
        ),
      );
      assert.ok(reached, "it was never made");
    }
    await cloud.clock.advance(1_000);
  }

  /** What a process leaves that was cut and came again before lists showed what it had made. The older one comes first. */
  async function aDouble(world: World): Promise<[string, string]> {
    const { cloud, things, left } = world;
    cloud.emulator.faults.listLagMs = 25_000;
    await cutAfterMaking(world, "lab");
    const { id } = await cloud.passing(things.ensure(wanted("lab"), BY));
    const ids = left();
    assert.equal(ids.length, 2);
    await cloud.clock.advance(25_000);
    return [ids.find((each) => each !== id)!, id];
  }

  describe(`a ${noun}`, () => {
    test("is made when there is none of its name, whole and marked, and found from then on", async () => {
      const { cloud, things, left } = aWorld();
      assert.equal(await things.find("lab", ZONE), undefined);
      const made = await things.ensure(wanted("lab"), BY);
      the.expectWhole(made);
      assert.deepEqual(
        [made.name, made.place, made.owner, made.onDemand, made.createdAt],
        ["lab", the.place, "own-1", true, cloud.clock.now()],
      );
      assert.deepEqual(await things.find("lab", ZONE), made);
      assert.deepEqual(await things.find(made.id.toUpperCase(), ZONE), made);
      assert.deepEqual(await things.ensure(wanted("lab"), BY), made);
      assert.deepEqual(left(), [made.id]);
      const listed = (await things.list(ZONE)).find(({ id }) => id === made.id);
      assert.deepEqual(listed, made);
    });

    test("is deleted once, and a repeat does no harm", async () => {
      const { cloud, things, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), BY);
      await cloud.passing(things.delete(id, ZONE));
      assert.deepEqual(left(), []);
      await things.delete(id, ZONE);
      await things.delete("00000000-0000-4000-8000-000000000000", ZONE);
      assert.equal(await things.find("lab", ZONE), undefined);
      assert.equal(await things.find(id, ZONE), undefined);
    });

    test("is found among sixty, and the beginning of a name is no name", async () => {
      const { things } = aWorld();
      for (let each = 1; each <= 60; each += 1) await things.ensure(wanted(`lab-${each}`), BY);
      const named = (await things.list(ZONE)).filter(({ name }) => name.startsWith("lab-"));
      assert.equal(new Set(named.map(({ id }) => id)).size, 60);
      assert.equal((await things.find("lab-60", ZONE))?.name, "lab-60");
      assert.equal((await things.find("lab-6", ZONE))?.name, "lab-6");
      for (const part of ["lab", "lab-", "ab-60", "lab-600", "LAB-60"])
        assert.equal(await things.find(part, ZONE), undefined, part);
    });

    for (const [where, at] of [
      ["first", 0],
      ["last", 229],
    ] as const)
      test(`is found on whatever page, though it was made ${where} of 230 with longer names`, async () => {
        const { things, foreign, left } = aWorld();
        let target = "";
        for (let each = 0; each < 230; each += 1)
          if (each === at) target = await foreign("lab");
          else await foreign(`lab-${each}`);
        assert.equal((await things.find("lab", ZONE))?.id, target);
        assert.equal((await things.ensure({ ...wanted("lab") }, BY)).id, target);
        assert.equal(left().length, 230);
      });

    test("that carries no mark is found by its name, used, and left as it is", async () => {
      const { cloud, things, foreign, left } = aWorld();
      const id = await foreign("lab");
      const before = await cloud.call("GET", `${path}/${id}`);
      for (const onDemand of [true, false]) {
        const found = await things.ensure(wanted("lab"), { owner: "own-1", onDemand });
        assert.deepEqual([found.id, found.owner, found.onDemand], [id, undefined, false]);
      }
      assert.deepEqual(await cloud.call("GET", `${path}/${id}`), before);
      assert.deepEqual(left(), [id]);
    });

    test("whose name others have too, not all ours, is nobody's guess: none is touched", async () => {
      const { cloud, things, foreign, left } = aWorld();
      const ours = await things.ensure(wanted("lab"), BY);
      const theirs = await foreign("lab");
      const names = expectError("invalid_input", new RegExp(`${ours.id}, ${theirs}|${theirs}, ${ours.id}`));
      await assert.rejects(things.find("lab", ZONE), names);
      await assert.rejects(things.ensure(wanted("lab"), BY), names);
      assert.deepEqual(left().sort(), [ours.id, theirs].sort());
      await cloud.passing(things.delete(ours.id, ZONE));
      assert.deepEqual(left(), [theirs]);
    });

    test("of another project is neither listed, found nor deleted", async () => {
      const { things, foreign, left } = aWorld();
      const id = await foreign("lab", "99999999-0000-4000-8000-000000000000");
      assert.equal(await things.find("lab", ZONE), undefined);
      assert.equal(await things.find(id, ZONE), undefined);
      assert.ok(!(await things.list(ZONE)).some((each) => each.id === id));
      await assert.rejects(things.delete(id, ZONE), expectError("invalid_input", /another project/));
      assert.deepEqual(left(), [id]);
    });

    test("made because an instance wanted it stays once somebody asks for it by itself", async () => {
      const { things, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), BY);
      const kept = await things.ensure(wanted("lab"), { owner: "own-1" });
      assert.deepEqual([kept.id, kept.name, kept.onDemand], [id, "lab", false]);
      the.expectWhole(kept);
      assert.equal((await things.ensure(wanted("lab"), BY)).onDemand, false);
      assert.equal((await things.find("lab", ZONE))?.onDemand, false);
      assert.deepEqual(left(), [id]);
    });

    test("that ten ask for at once is made once", async () => {
      const { cloud, things, left } = aWorld();
      cloud.emulator.faults.listLagMs = 30_000;
      const all = await Promise.all(Array.from({ length: 10 }, () => things.ensure(wanted("lab"), BY)));
      assert.equal(new Set(all.map(({ id }) => id)).size, 1);
      assert.equal(left().length, 1);
    });

    test("that is gone is made anew, though lists still show it", async () => {
      const { cloud, things, left } = aWorld();
      const first = await things.ensure(wanted("lab"), BY);
      await cloud.clock.advance(60_000);
      cloud.emulator.faults.listLagMs = 30_000;
      await cloud.passing(things.delete(first.id, ZONE));
      assert.equal(await things.find("lab", ZONE), undefined);
      const second = await things.ensure(wanted("lab"), BY);
      assert.deepEqual(left(), [second.id]);
      assert.notEqual(second.id, first.id);
    });

    test("whose making was not answered is found when lists show it, and not made twice", async () => {
      const { cloud, things, left } = aWorld();
      const { faults } = cloud.emulator;
      faults.listLagMs = 29_000;
      faults.add({ match: { method: "POST", path }, times: 1, effect: { kind: "cutAfter" } });
      const since = cloud.clock.now();
      const made = await cloud.passing(things.ensure(wanted("lab"), BY));
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
        cloud.passing(things.ensure(wanted("lab"), BY)),
        expectError("unavailable", new RegExp(`^find or make ${noun} lab on scaleway ${the.place}: `)),
      );
      assert.equal(cloud.clock.now() - since, 30_000);
      assert.deepEqual(left(), []);
      await things.ensure(wanted("lab"), BY);
      assert.equal(left().length, 1);
    });

    test("whose making is in doubt is not made by a repeat within the gap", async () => {
      const { cloud, things, left } = aWorld();
      const { faults } = cloud.emulator;
      faults.listLagMs = 29_000;
      faults.add({ match: { method: "POST", path }, times: 1, effect: { kind: "cutAfter" } });
      const ended = new AbortController();
      const first = things.ensure(wanted("lab"), { ...BY, signal: ended.signal });
      const failed = assert.rejects(first, expectError("unavailable", /no more time/));
      await cloud.clock.advance(10_000);
      ended.abort(new Error("no more time"));
      await failed;
      const made = await cloud.passing(things.ensure(wanted("lab"), BY));
      assert.deepEqual(left(), [made.id]);
    });

    for (const how of ["cut", "lost"] as const)
      test(`whose making is ${how} at any call is there once after the next, and not at all after its end`, async () => {
        for (let call = 1; ; call += 1) {
          const { cloud, things, left } = aWorld();
          const { reached } = await cloud.passing(
            interrupted(cloud.send, { call, how }, (send) =>
              create(cloud.clients(send)).ensure(wanted("lab"), BY),
            ),
          );
          const whole = await cloud.passing(things.ensure(wanted("lab"), BY));
          the.expectWhole(whole);
          assert.deepEqual(await things.find("lab", ZONE), whole);
          assert.deepEqual(left(), [whole.id], `${how} at call ${call}`);
          await cloud.passing(things.delete(whole.id, ZONE));
          assert.deepEqual(left(), []);
          if (!reached) return assert.ok(call > 3, "the walk did not walk");
        }
      });

    for (const how of ["cut", "lost"] as const)
      test(`whose end is ${how} at any call is gone after the next, its double too`, async () => {
        for (let call = 1; ; call += 1) {
          const world = aWorld();
          const { cloud, things, left } = world;
          const [older] = await aDouble(world);
          const { reached } = await cloud.passing(
            interrupted(cloud.send, { call, how }, (send) => create(cloud.clients(send)).delete(older, ZONE)),
          );
          await cloud.passing(things.delete(older, ZONE));
          assert.deepEqual(left(), [], `${how} at call ${call}`);
          if (!reached) return assert.ok(call > 3, "the walk did not walk");
        }
      });

    test("that an interrupted process left twice is the older one; the younger one goes when nobody can be on the way to it", async () => {
      const world = aWorld();
      const { cloud, things, left } = world;
      const [older, younger] = await aDouble(world);
      assert.equal((await things.find("lab", ZONE))?.id, older);
      assert.equal((await things.ensure(wanted("lab"), BY)).id, older);
      assert.deepEqual(left().sort(), [older, younger].sort());
      await cloud.clock.advance(600_000);
      assert.equal((await things.ensure(wanted("lab"), BY)).id, older);
      assert.deepEqual(left(), [older]);
    });

    if (the.hasTags)
      test("that somebody asked for by itself does not go as a double of what an instance wanted", async () => {
        const world = aWorld();
        const { cloud, things, left } = world;
        cloud.emulator.faults.listLagMs = 25_000;
        await cutAfterMaking(world, "lab");
        const asked = await things.ensure(wanted("lab"), { owner: "own-1" });
        await cloud.clock.advance(25_000);
        const older = (await things.find("lab", ZONE))!;
        assert.deepEqual([older.onDemand, asked.onDemand], [true, false]);
        await cloud.passing(things.delete(older.id, ZONE));
        assert.deepEqual(left(), [asked.id]);
      });

    test("is not made by a worker that lost its place", async () => {
      const { things, left } = aWorld();
      const fence = () => {
        throw new ProviderError("conflict", "another worker is at it");
      };
      await assert.rejects(
        things.ensure(wanted("lab"), { ...BY, fence }),
        expectError("conflict", /another worker is at it/),
      );
      assert.deepEqual(left(), []);
    });

    test("is refused by the cloud for reasons that say what to do next", async () => {
      for (const [status, type, code] of [
        [401, "denied_authentication", "unauthorized"],
        [403, "permissions_denied", "unauthorized"],
        [403, "quotas_exceeded", "quota_exceeded"],
        [409, "already_exists", "conflict"],
        [412, "precondition_failed", "conflict"],
        [429, "too_many_requests", "rate_limited"],
        [400, "invalid_arguments", "invalid_input"],
      ] as const) {
        const { things, refuse, left } = aWorld();
        refuse("POST", status, type);
        const begins = new RegExp(`^find or make ${noun} lab on scaleway ${the.place}: `);
        await assert.rejects(things.ensure(wanted("lab"), BY), expectError(code, begins), type);
        assert.deepEqual(left(), []);
      }
    });

    test("cannot be looked for with a wrong secret, and a page that is missing is no answer", async () => {
      const { cloud, things, refuse } = aWorld();
      refuse("GET", 401, "denied_authentication");
      const begins = new RegExp(`^list ${noun}s of scaleway ${the.place}: `);
      await assert.rejects(things.list(ZONE), expectError("unauthorized", begins));
      cloud.emulator.faults.clear();
      await things.ensure(wanted("lab"), BY);
      cloud.emulator.faults.add({ match: { method: "GET", path }, effect: { kind: "missPage" } });
      await assert.rejects(things.list(ZONE), expectError("unavailable", /were due/));
      await assert.rejects(things.ensure(wanted("lab"), BY), expectError("unavailable", /were due/));
    });

    test("whose delete the cloud forbids stays, and says so", async () => {
      const { things, refuse, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), BY);
      refuse("DELETE", 403, "permissions_denied");
      const begins = new RegExp(`^delete ${noun} ${id} on scaleway ${the.place}: `);
      await assert.rejects(things.delete(id, ZONE), expectError("unauthorized", begins));
      assert.deepEqual(left(), [id]);
    });
  });
}

export const PROJECT = EMULATED_PROJECT;
