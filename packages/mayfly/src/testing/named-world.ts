import assert from "node:assert/strict";
import type { Named } from "../providers/resources/resources.ts";
import type { Shareable } from "../providers/resources/shareable.ts";
import type { Clients } from "../providers/scaleway/clients.ts";
import { anEmulatedScaleway, EMULATED_PROJECT } from "./emulated-scaleway.ts";
import type { EmulatedScaleway } from "./emulated-scaleway.ts";
import { interrupted } from "./interrupted.ts";

/** One kind of thing that is found or made by its name on Scaleway, and how somebody else would make it. */
export interface NamedCase<Thing extends Named, Wanted extends { name: string; zone: string }> {
  noun: string;
  create(account: Clients): Shareable<Thing, Wanted>;
  wanted(name: string): Wanted;
  /** Where it is, for `NAMED_ZONE`. */
  place: string;
  /** What the emulator calls it. */
  kind: "privateNetwork" | "securityGroup" | "sshKey";
  /** Of the collection, in the API. */
  path: string;
  /** The body of a create by somebody who leaves no mark. */
  foreign(name: string, project: string): unknown;
  idOf(answer: never): string;
  /** All that was to be done to it was done. */
  expectWhole(thing: Thing): void;
  /** Whether its mark is in its tags. */
  hasTags: boolean;
}

export interface NamedWorld<Thing extends Named, Wanted extends { name: string; zone: string }> {
  cloud: EmulatedScaleway;
  things: Shareable<Thing, Wanted>;
  /** The ids of all that there are; what the cloud itself made doesn't count. */
  left(): string[];
  /** Made by somebody else, in this project unless told otherwise. */
  foreign(name: string, project?: string): Promise<string>;
  refuse(method: string, status: number, type: string): void;
  /** A process ends right after it made one, before it heard of it. */
  cutAfterMaking(name: string): Promise<void>;
  /** What a process leaves that was cut, and came again before lists showed what it had made. */
  aDouble(name: string): Promise<{ older: string; younger: string }>;
}

export const NAMED_ZONE = "fr-par-1";
export const NAMED_BY = { owner: "own-1", onDemand: true };

export function aNamedWorld<Thing extends Named, Wanted extends { name: string; zone: string }>(
  the: NamedCase<Thing, Wanted>,
): NamedWorld<Thing, Wanted> {
  const cloud = anEmulatedScaleway();
  const { call, clock, emulator, passing, send } = cloud;
  const things = the.create(cloud.clients());
  const left = () =>
    emulator
      .leftovers()
      .others.filter(({ kind }) => kind === the.kind)
      .map(({ id }) => id);

  async function cutAfterMaking(name: string): Promise<void> {
    const before = left().length;
    for (let at = 1; left().length === before; at += 1) {
      const { reached } = await passing(
        interrupted(send, { call: at, how: "cut" }, (cut) =>
          the.create(cloud.clients(cut)).ensure(the.wanted(name), NAMED_BY),
        ),
      );
      assert.ok(reached, "it was never made");
    }
    await clock.advance(1_000);
  }

  return {
    cloud,
    things,
    left,
    foreign: async (name, project = EMULATED_PROJECT) =>
      the.idOf(await call<never>("POST", the.path, the.foreign(name, project))),
    refuse: (method, status, type) =>
      emulator.faults.add({
        match: { method, path: the.path },
        effect: { kind: "status", status, body: { type, message: "no", details: [] } },
      }),
    cutAfterMaking,
    async aDouble(name) {
      emulator.faults.listLagMs = 25_000;
      await cutAfterMaking(name);
      const { id: younger } = await passing(things.ensure(the.wanted(name), NAMED_BY));
      const older = left().filter((id) => id !== younger);
      assert.equal(older.length, 1);
      await clock.advance(25_000);
      return { older: older[0]!, younger };
    },
  };
}
