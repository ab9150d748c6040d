import type { Answer } from "./answer.ts";
import type { Interaction } from "./cassette.ts";
import type { IdPairs } from "./id-pairs.ts";
import { moment } from "./moment.ts";
import { uuids } from "./text-kind.ts";

/** A recorded read, with all answers that may be the right one when it is repeated. */
export interface EventualRead {
  /** The index of the recorded answer that shows the same moment as the one got; undefined: none does. */
  match(got: Answer): number | undefined;
  /** Asking again later may still lead to a recorded moment. */
  mayChange(got: Answer): boolean;
  /** The directly repeated reads after this one, up to the recorded answer `to`: the judged cloud is past them. */
  passedOver(to: number): number[];
}

/**
 * Clouds are slower or faster than the recorded one was: a read may be answered with what any later read of the same
 * URL got, until the client changes what it reads.
 */
export function eventualRead(
  interactions: readonly Interaction[],
  index: number,
  ids: IdPairs,
): EventualRead {
  const read = interactions[index]!;
  const window = windowOf(interactions, index);
  return {
    match(got) {
      const shown = moment(got.status, got.body).join();
      return window.find((at) => {
        const { status, body } = interactions[at]!.answer;
        return moment(status, ids.value(body)).join() === shown;
      });
    },
    mayChange(got) {
      if (got.status >= 500) return false;
      const underway = moment(got.status, got.body).some((state) => /ing\b/.test(state));
      return window.length > 1 || underway || (got.status === 404) !== (read.answer.status === 404);
    },
    passedOver(to) {
      const passed: number[] = [];
      for (let at = index + 1; at <= to && sameUrl(interactions[at]!, read); at++) passed.push(at);
      return passed;
    },
  };
}

/** Ends at the first change that names the thing read; a read that names no thing ends at any change. */
function windowOf(interactions: readonly Interaction[], index: number): number[] {
  const read = interactions[index]!;
  const thing = read.path.match(uuids)?.at(-1);
  const window = [index];
  for (let at = index + 1; at < interactions.length; at++) {
    const later = interactions[at]!;
    if (later.method !== "GET") {
      const named = later.path + JSON.stringify(later.request.body ?? "");
      if (thing === undefined || named.includes(thing)) break;
    } else if (sameUrl(later, read) && later.answer.status !== 429) window.push(at);
  }
  return window;
}

function sameUrl(one: Interaction, other: Interaction): boolean {
  return (
    one.method === other.method &&
    one.path === other.path &&
    JSON.stringify(one.query) === JSON.stringify(other.query)
  );
}
