import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { aNamedWorld, NAMED_BY, NAMED_ZONE } from "../../testing/named-world.ts";
import type { NamedCase } from "../../testing/named-world.ts";
import { ProviderError } from "../error.ts";
import type { Named } from "../resources/resources.ts";
import { describeShareable } from "../resources/shareable-contract.ts";

/** What Scaleway's networks, firewalls and keys have in common. */
export function describeNamed<Thing extends Named, Wanted extends { name: string; zone: string }>(
  the: NamedCase<Thing, Wanted>,
): void {
  const { noun, wanted, path } = the;
  const aWorld = () => aNamedWorld(the);

  describeShareable(`a ${noun} on scaleway`, () => {
    const { cloud, foreign, left } = aWorld();
    return {
      zone: NAMED_ZONE,
      wanted,
      send: cloud.send,
      through: (send) => the.create(cloud.clients(send)),
      foreign: (name) => foreign(name),
      left,
      passing: cloud.passing,
      expectWhole: the.expectWhole,
    };
  });

  describe(`a ${noun}`, () => {
    test("is made when there is none of its name, whole and marked, and found from then on", async () => {
      const { cloud, things, left } = aWorld();
      assert.equal(await things.find("lab", NAMED_ZONE), undefined);
      const made = await things.ensure(wanted("lab"), NAMED_BY);
      the.expectWhole(made);
      assert.deepEqual(
        [made.name, made.place, made.owner, made.onDemand, made.createdAt],
        ["lab", the.place, "own-1", true, cloud.clock.now()],
      );
      assert.deepEqual(await things.find("lab", NAMED_ZONE), made);
      assert.deepEqual(await things.find(made.id.toUpperCase(), NAMED_ZONE), made);
      assert.deepEqual(await things.ensure(wanted("lab"), NAMED_BY), made);
      assert.deepEqual(left(), [made.id]);
      const listed = (await things.list(NAMED_ZONE)).find(({ id }) => id === made.id);
      assert.deepEqual(listed, made);
    });

    test("is deleted once, and a repeat does no harm", async () => {
      const { cloud, things, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), NAMED_BY);
      await cloud.passing(things.delete(id, NAMED_ZONE));
      assert.deepEqual(left(), []);
      await things.delete(id, NAMED_ZONE);
      await things.delete("00000000-0000-4000-8000-000000000000", NAMED_ZONE);
      assert.equal(await things.find("lab", NAMED_ZONE), undefined);
      assert.equal(await things.find(id, NAMED_ZONE), undefined);
    });

    test("that nothing holds is discarded, once and again", async () => {
      const { things, foreign, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), NAMED_BY);
      const other = await foreign("other", "99999999-0000-4000-8000-000000000000");
      assert.equal(await things.discard(id, NAMED_ZONE), "gone");
      assert.equal(await things.discard(id, NAMED_ZONE), "gone");
      await assert.rejects(
        things.discard(other, NAMED_ZONE),
        expectProviderError("invalid_input", /another project/),
      );
      assert.deepEqual(left(), [other]);
    });

    test("is found among sixty, and the beginning of a name is no name", async () => {
      const { things } = aWorld();
      for (let each = 1; each <= 60; each += 1) await things.ensure(wanted(`lab-${each}`), NAMED_BY);
      const named = (await things.list(NAMED_ZONE)).filter(({ name }) => name.startsWith("lab-"));
      assert.equal(new Set(named.map(({ id }) => id)).size, 60);
      assert.equal((await things.find("lab-60", NAMED_ZONE))?.name, "lab-60");
      assert.equal((await things.find("lab-6", NAMED_ZONE))?.name, "lab-6");
      for (const part of ["lab", "lab-", "ab-60", "lab-600", "LAB-60"])
        assert.equal(await things.find(part, NAMED_ZONE), undefined, part);
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
        assert.equal((await things.find("lab", NAMED_ZONE))?.id, target);
        assert.equal((await things.ensure({ ...wanted("lab") }, NAMED_BY)).id, target);
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

    for (const onDemand of [true, false])
      test(`whose name others have too, not all ours, is nobody's guess: none is touched (on demand: ${onDemand})`, async () => {
        const { cloud, things, foreign, left } = aWorld();
        const by = { owner: "own-1", onDemand };
        const ours = await things.ensure(wanted("lab"), by);
        await cloud.clock.advance(1_000);
        const theirs = await foreign("lab");
        const names = expectProviderError("invalid_input", ours.id, theirs, "2 have this name");
        await assert.rejects(things.find("lab", NAMED_ZONE), names);
        await assert.rejects(things.ensure(wanted("lab"), by), names);
        assert.deepEqual(left().sort(), [ours.id, theirs].sort());
        await cloud.passing(things.delete(ours.id, NAMED_ZONE));
        assert.deepEqual(left(), [theirs]);
      });

    test("of another project is neither listed, found nor deleted", async () => {
      const { things, foreign, left } = aWorld();
      const id = await foreign("lab", "99999999-0000-4000-8000-000000000000");
      assert.equal(await things.find("lab", NAMED_ZONE), undefined);
      assert.equal(await things.find(id, NAMED_ZONE), undefined);
      assert.ok(!(await things.list(NAMED_ZONE)).some((each) => each.id === id));
      await assert.rejects(
        things.delete(id, NAMED_ZONE),
        expectProviderError("invalid_input", /another project/),
      );
      assert.deepEqual(left(), [id]);
    });

    test("made because an instance wanted it stays once somebody asks for it by itself", async () => {
      const { things, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), NAMED_BY);
      const kept = await things.ensure(wanted("lab"), { owner: "own-1" });
      assert.deepEqual([kept.id, kept.name, kept.onDemand], [id, "lab", false]);
      the.expectWhole(kept);
      assert.equal((await things.ensure(wanted("lab"), NAMED_BY)).onDemand, false);
      assert.equal((await things.find("lab", NAMED_ZONE))?.onDemand, false);
      assert.deepEqual(left(), [id]);
    });

    test("is neither made nor changed by a worker that lost its place", async () => {
      const { things, left } = aWorld();
      const fence = () => {
        throw new ProviderError("conflict", "another worker is at it");
      };
      const late = expectProviderError("conflict", /another worker is at it/);
      await assert.rejects(things.ensure(wanted("lab"), { ...NAMED_BY, fence }), late);
      assert.deepEqual(left(), []);
      await things.ensure(wanted("lab"), NAMED_BY);
      await assert.rejects(things.ensure(wanted("lab"), { owner: "own-1", fence }), late);
      assert.equal((await things.find("lab", NAMED_ZONE))?.onDemand, true);
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
        await assert.rejects(things.ensure(wanted("lab"), NAMED_BY), expectProviderError(code, begins), type);
        assert.deepEqual(left(), []);
      }
    });

    test("cannot be looked for with a wrong secret, and a page that is missing is no answer", async () => {
      const { cloud, things, refuse } = aWorld();
      refuse("GET", 401, "denied_authentication");
      const begins = new RegExp(`^list ${noun}s of scaleway ${the.place}: `);
      await assert.rejects(things.list(NAMED_ZONE), expectProviderError("unauthorized", begins));
      cloud.emulator.faults.clear();
      await things.ensure(wanted("lab"), NAMED_BY);
      cloud.emulator.faults.add({ match: { method: "GET", path }, effect: { kind: "missPage" } });
      await assert.rejects(things.list(NAMED_ZONE), expectProviderError("unavailable", /were due/));
      await assert.rejects(
        things.ensure(wanted("lab"), NAMED_BY),
        expectProviderError("unavailable", /were due/),
      );
    });

    test("whose delete the cloud forbids stays, and says so", async () => {
      const { things, refuse, left } = aWorld();
      const { id } = await things.ensure(wanted("lab"), NAMED_BY);
      refuse("DELETE", 403, "permissions_denied");
      const begins = new RegExp(`^delete ${noun} ${id} on scaleway ${the.place}: `);
      await assert.rejects(things.delete(id, NAMED_ZONE), expectProviderError("unauthorized", begins));
      assert.deepEqual(left(), [id]);
    });
  });
}
