import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import type { Volumes } from "./volumes.ts";

/** A cloud without volumes, but for those of machines, and the port to it. */
export interface VolumeSuiteWorld {
  zone: string;
  volumes: Volumes;
  /** One that runs, and has a volume of its own. */
  aMachine(): Promise<string>;
  /** The id of one that there never was. */
  nobody: { volume: string; machine: string };
  /** Lets time pass for as long as the work waits for it. */
  passing<Result>(work: Promise<Result>): Promise<Result>;
}

const BY = { owner: "own-1" };

/** What volumes must hold to, whatever the cloud. */
export function describeVolumes(name: string, makeWorld: () => Promise<VolumeSuiteWorld>): void {
  const begin = async () => {
    const { zone, volumes, passing, ...world } = await makeWorld();
    const wanted = (sizeGb = 20) => ({ name: "data", zone, sizeGb });
    return { ...world, zone, volumes, passing, wanted, make: () => passing(volumes.ensure(wanted(), BY)) };
  };

  describe(`${name}, found or made by its name`, () => {
    test("is made once, ready, and found by its whole name or its id", async () => {
      const { zone, volumes, make, passing } = await begin();
      const made = await make();
      assert.deepEqual(
        [made.name, made.place, made.owner, made.onDemand, made.sizeGb, made.state, made.machine],
        ["data", volumes.placeOf(zone), "own-1", false, 20, "ready", undefined],
      );
      assert.deepEqual(await make(), made);
      assert.deepEqual(await passing(volumes.find("data", zone)), made);
      assert.deepEqual(await passing(volumes.find(made.id, zone)), made);
      assert.ok((await passing(volumes.list(zone))).some(({ id }) => id === made.id));
      for (const part of ["dat", "data-", "DATA", "*"])
        assert.equal(await passing(volumes.find(part, zone)), undefined, part);
    });

    test("is attached once, belongs to that machine alone, and comes off again", async () => {
      const { zone, volumes, make, passing, aMachine } = await begin();
      const [{ id }, one, another] = [await make(), await aMachine(), await aMachine()];
      const held = await passing(volumes.attach(id, one, zone));
      assert.deepEqual([held.state, held.machine], ["attached", one]);
      assert.deepEqual(await passing(volumes.attach(id, one, zone)), held);
      await assert.rejects(passing(volumes.attach(id, another, zone)), expectProviderError("conflict", id));
      assert.equal((await passing(volumes.find(id, zone)))?.machine, one);
      const free = await passing(volumes.detach(id, zone));
      assert.deepEqual([free.state, free.machine], ["ready", undefined]);
      assert.deepEqual(await passing(volumes.detach(id, zone)), free);
      assert.equal((await passing(volumes.attach(id, another, zone))).machine, another);
    });

    test("grows, and is never made smaller; one that is not as wanted is refused", async () => {
      const { zone, volumes, make, passing, wanted } = await begin();
      const { id } = await make();
      assert.equal((await passing(volumes.resize(id, 30, zone))).sizeGb, 30);
      assert.equal((await passing(volumes.resize(id, 30, zone))).sizeGb, 30);
      for (const refused of [() => volumes.resize(id, 10, zone), () => volumes.ensure(wanted(), BY)])
        await assert.rejects(passing(refused()), expectProviderError("invalid_input", "30"));
    });

    test("is deleted from its machine, once and again", async () => {
      const { zone, volumes, make, passing, aMachine } = await begin();
      const { id } = await make();
      await passing(volumes.attach(id, await aMachine(), zone));
      await passing(volumes.delete(id, zone));
      await passing(volumes.delete(id, zone));
      assert.equal(await passing(volumes.find(id, zone)), undefined);
    });

    test("has one snapshot of a name", async () => {
      const { zone, volumes, make, passing } = await begin();
      const { id } = await make();
      const snapshot = (name: string) => passing(volumes.snapshot(id, name, zone, BY));
      const first = await snapshot("friday");
      assert.equal(await snapshot("friday"), first);
      assert.notEqual(await snapshot("saturday"), first);
    });

    test("is refused when there is none", async () => {
      const { zone, volumes, passing, nobody } = await begin();
      for (const refused of [
        () => volumes.attach(nobody.volume, nobody.machine, zone),
        () => volumes.resize(nobody.volume, 30, zone),
      ])
        await assert.rejects(passing(refused()), expectProviderError("invalid_input", nobody.volume));
    });
  });
}
