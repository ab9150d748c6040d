import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommonProps } from "../../common-props.ts";
import { adapt } from "../adapt.ts";
import type { CommonAttributes } from "../../kind.ts";
import type { ResourceCase } from "../../testing/resource-case.ts";
import { createS3Storage } from "../s3-storage.ts";
import { aStage, Died } from "./stage.ts";
import type { RunOptions } from "./stage.ts";

/**
 * What every resource promises, on the real engine and an emulated cloud. Give it no secrets: the engine takes a tenth of a
 * second for each, each time it reads or writes its state.
 */
export function suite<Props extends CommonProps, Attributes extends CommonAttributes>(
  each: ResourceCase<Props, Attributes>,
): void {
  const { name } = each.kind;

  async function staged() {
    const stage = aStage();
    const among = (await each.among?.(stage.cloud)) ?? {};
    const left = async () => [...stage.left(), ...((await each.inside?.(stage.cloud, among)) ?? [])];
    const before = await left();
    const resource = adapt<Props, Attributes, never>(each.kind, stage.connect) as (
      id: string,
      props: Props,
    ) => Promise<Attributes>;
    const props = each.props(among);
    return {
      stage,
      among,
      props,
      changed: each.changed?.(among),
      replaced: each.replaced(among),
      up: (props: Props, options?: RunOptions) => stage.up(() => resource("it", props), options),
      /** What there is beside what was there before. */
      made: async () =>
        without(await left(), before)
          .map(shown)
          .sort(),
    };
  }

  const theOne = each.leaves.toSorted();
  const theChanged = (each.changedLeaves ?? each.leaves).toSorted();
  const shown = (one: string) => {
    const anyName = one.replace(/ .*/, " *");
    return theOne.includes(anyName) ? anyName : one;
  };

  test(`${name}: it is made, left alone, changed in place, replaced, and gone with all that belongs to it`, async () => {
    const { stage, props, changed, replaced, up, made } = await staged();
    const first = await up(props);
    assert.deepEqual(await made(), theOne);

    const again = await up(props);
    assert.equal(again.id, first.id);
    assert.equal(stage.calls.length, 0, "what is wanted has not changed");

    if (changed !== undefined) {
      const after = await up(changed);
      assert.equal(after.id, first.id);
      assert.ok(wrote(stage.calls));
      assert.deepEqual(await made(), theChanged);
      if (each.afterChange === undefined)
        assert.equal(JSON.stringify(await up(props)), JSON.stringify(first));
    }

    const other = await up(replaced);
    if (each.idIsAName !== true) assert.notEqual(other.id, first.id);
    assert.ok(stage.calls.some((call) => each.deletes.test(call)));
    assert.equal((await made()).length, theOne.length);

    await stage.down();
    assert.deepEqual(await made(), []);
    stage.close();
  });

  test(`${name}: whenever a run dies, the next one completes what it began, and nothing is left behind`, async (t) => {
    const { stage, props, replaced, changed = props } = await staged();
    stage.close();
    const steps: [string, Props[]][] = [
      ["make", [props]],
      ["change", [props, changed]],
      ["replace", [props, replaced]],
    ];
    for (const [step, programs] of steps)
      await t.test(step, async () => {
        const irreversible = step === "change" && each.afterChange === "irreversible";
        const back = programs.at(irreversible ? -1 : 0)!;
        const whole = await staged();
        for (const program of programs) await whole.up(program);
        for (const diesAfter of deaths(whole.stage.calls)) {
          const { stage, up, made } = await staged();
          for (const program of programs.slice(0, -1)) await up(program);
          await dies(up(programs.at(-1)!, { diesAfter }));
          // Once completed, once thought better of, once given up.
          if (diesAfter % 3 === 0) await up(programs.at(-1)!);
          else if (diesAfter % 3 === 1) await up(back);
          if (diesAfter % 3 !== 2)
            assert.equal((await made()).length, theOne.length, `after call ${diesAfter}`);
          await stage.down();
          assert.deepEqual(
            await made(),
            [],
            `died after call ${diesAfter} of ${whole.stage.calls.join(", ")}`,
          );
          stage.close();
        }
        whole.stage.close();
      });
  });

  test(`${name}: whenever a run dies that destroys, the next one leaves nothing`, async () => {
    const whole = await staged();
    await whole.up(whole.props);
    await whole.stage.down();
    for (const diesAfter of deaths(whole.stage.calls)) {
      const { stage, props, up, made } = await staged();
      await up(props);
      await dies(stage.down({ diesAfter }));
      await stage.down();
      assert.deepEqual(await made(), [], `died after call ${diesAfter} of ${whole.stage.calls.join(", ")}`);
      stage.close();
    }
    whole.stage.close();
  });

  const foreignOne = each.foreign;
  if (foreignOne !== undefined)
    test(`${name}: what somebody else made under its name is neither taken over nor deleted, unless it is to be adopted`, async () => {
      const { stage, among, props, up, made } = await staged();
      const foreign = await foreignOne(stage.cloud, among, "app-it-dev");
      const there = await made();
      const mine = await up(props).catch((error: unknown) => error);
      if (mine instanceof Error) assert.match(mine.message, /adopt: true/);
      else assert.notEqual((mine as Attributes).id, foreign);
      await stage.down();
      assert.deepEqual(await made(), there);

      const adopted = await up({ ...(each.adopting?.(among) ?? props), adopt: true });
      assert.equal(adopted.id, foreign);
      await stage.down();
      assert.deepEqual(await made(), []);
      stage.close();
    });

  test(`${name}: what cannot be deleted fails the run, and goes with the next one`, async () => {
    const { stage, props, up, made } = await staged();
    await up(props);
    const refuse = { status: 500, headers: { "content-type": "application/json" } };
    const broken: RunOptions = {
      through: (next) => async (request) =>
        each.deletes.test(`${request.method} ${new URL(request.url).pathname}`)
          ? new Response(each.refusal ?? '{"message":"out of order"}', refuse)
          : next(request),
    };
    await assert.rejects(stage.down(broken), (error: Error) => {
      assert.match(error.message, /^delete .* app\/dev\/it: .*out of order/);
      return true;
    });
    assert.deepEqual(await made(), theOne);
    await stage.down();
    assert.deepEqual(await made(), []);
    stage.close();
  });

  test(`${name}: one that somebody deleted is made anew, or is gone already`, async () => {
    const { stage, props, changed, up, made } = await staged();
    const first = await up(props);
    const { id } = first;
    const cloud = await stage.cloud.connectBy(stage.cloud.send, createS3Storage)({});
    await each.kind.remove(cloud, { id, place: each.kind.placeOf(first) }, { mark: "", props });
    if (changed !== undefined) {
      await up(changed);
      assert.deepEqual(await made(), theChanged);
    }
    await stage.down();
    assert.deepEqual(await made(), []);
    stage.close();
  });
}

/** Before each call that changes something, and after it took effect: what is read between makes no difference. */
function deaths(calls: readonly string[]): Set<number> {
  return new Set(
    calls.flatMap((call, index) => (wrote([call]) ? [index, index + 1] : [])).filter((count) => count > 0),
  );
}

async function dies(run: Promise<unknown>): Promise<void> {
  await assert.rejects(run, Died);
}

const wrote = (calls: readonly string[]): boolean => calls.some((call) => !call.startsWith("GET"));

function without(all: string[], some: string[]): string[] {
  const left = [...all];
  for (const each of some) {
    const index = left.indexOf(each);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}
