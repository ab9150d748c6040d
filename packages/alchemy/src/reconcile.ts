import { ScalewayCallError, waitUntil } from "@mayfly/scaleway";
import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";
import { differences } from "./differences.ts";
import { findForeign } from "./find-foreign.ts";
import type { At, CommonAttributes, Kind, Wanted } from "./kind.ts";
import { listOwn } from "./list-own.ts";
import type { ReconcileRequest } from "./logic.ts";
import { RHYTHM } from "./patience.ts";
import { Refusal } from "./refusal.ts";

export async function reconcile<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  wanted: Wanted<Props>,
  request: ReconcileRequest<Attributes>,
): Promise<Attributes> {
  const problems = kind.problems?.(wanted.props) ?? [];
  if (problems.length > 0) throw new Refusal(problems.join("; "));

  // 1. the one that is known, or that an interrupted run made, or that is to be adopted, or a new one
  if (request.known !== undefined) await discardOthers(kind, cloud, wanted, request, request.known);
  const id =
    request.known ??
    (await completeOwn(kind, cloud, wanted, request)) ??
    (await findForeign(kind, cloud, wanted, request.adopt)) ??
    (await make(kind, cloud, wanted, request));
  const at = { id, place: wanted.place };

  // 2. what differs, when nothing is being done to it
  const before = await look(kind, cloud, at);
  const { changed, fixed } = differences(kind, wanted, before);
  if (fixed.length > 0)
    throw new Refusal(
      `${kind.noun} ${id} is there, and its ${fixed.join(", ")} cannot be changed; delete it, or choose another name`,
    );
  if (changed.size === 0) return kind.attributes(before, wanted);
  await kind.update(cloud, { ...at, wanted, whole: before, changed });
  return kind.attributes(await look(kind, cloud, at), wanted);
}

async function look<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  at: At,
): Promise<Whole> {
  await kind.settle?.(cloud, at);
  const whole = await kind.read(cloud, at);
  if (whole === undefined) throw new Refusal(`${kind.noun} ${at.id} was deleted meanwhile; run again`);
  return whole;
}

/** The oldest that can become what is wanted. What else carries the mark is a leftover of ours that no state names. */
async function completeOwn<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  wanted: Wanted<Props>,
  request: ReconcileRequest<Attributes>,
): Promise<string | undefined> {
  let kept: string | undefined;
  for (const { id, place } of await listOwn(kind, cloud, wanted, request.claims)) {
    if (id === request.replacing) continue;
    const whole = await kind.read(cloud, { id, place });
    if (whole === undefined) continue;
    const fits = place === wanted.place && differences(kind, wanted, whole).fixed.length === 0;
    if (fits && kept === undefined) {
      // It may be on its way out, by a run that died.
      await kind.settle?.(cloud, { id, place });
      if ((await kind.read(cloud, { id, place })) !== undefined) kept = id;
    } else await discardOne(kind, cloud, wanted, request, { id, place });
  }
  return kept;
}

/** What an interrupted run made in the place of this one, which stays after all. */
async function discardOthers<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  wanted: Wanted<Props>,
  request: ReconcileRequest<Attributes>,
  known: string,
): Promise<void> {
  // Without a claim nothing was being made when the state that names this one was written.
  if ((await request.claims.all()).length === 0) return;
  for (const { id, place } of await listOwn(kind, cloud, wanted, request.claims))
    if (id !== known) await discardOne(kind, cloud, wanted, request, { id, place });
  await request.claims.release();
}

/** At the end, when other leftovers have let go of it; at once when it holds what the wanted one needs. */
async function discardOne<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  wanted: Wanted<Props>,
  { discard }: ReconcileRequest<Attributes>,
  at: At,
): Promise<void> {
  const { mark, props } = wanted;
  const whole = await kind.read(cloud, at);
  if (whole === undefined) return;
  if (discard === undefined || kind.oldGoesFirst?.(wanted, whole))
    await kind.remove(cloud, at, { mark, props });
  else await discard(kind.attributes(whole, { props }));
}

/** Lists may be late by so much. */
const SHOWN_WITHIN_MS = 30_000;

async function make<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  wanted: Wanted<Props>,
  request: ReconcileRequest<Attributes>,
): Promise<string> {
  const claim = { place: wanted.place, name: wanted.name };
  const claimed = await request.claims.all();
  const isNew = !claimed.some(({ place, name }) => place === claim.place && name === claim.name);
  await request.claims.claim(claim);
  try {
    return (await kind.create(cloud, wanted)).id;
  } catch (error) {
    if (!(error instanceof ScalewayCallError)) throw error;
    if (error.kind === "conflict" && kind.ownedBy !== "claim") {
      // An earlier run's call may have arrived only now.
      const own = await completeOwn(kind, cloud, wanted, request);
      if (own !== undefined) return own;
    }
    if (error.kind !== "unavailable") {
      // Nothing was made: who makes one by hand instead is somebody else.
      if (isNew) await request.claims.drop(claim);
      throw error;
    }
    // It may have been made: it is looked for, and not made twice.
    return await waitUntil(() => completeOwn(kind, cloud, wanted, request), {
      clock: cloud.clock,
      what: kind.noun,
      timeoutMs: SHOWN_WITHIN_MS,
      ...RHYTHM,
    }).catch((late: unknown) => {
      throw late instanceof ScalewayCallError && late.operation.startsWith("wait for") ? error : late;
    });
  }
}
