import alchemy, { ResourceID, ResourceKind, ResourceScope } from "alchemy";
import type { PendingDeletions, Scope, State } from "alchemy";
import type { CommonAttributes } from "../kind.ts";

/** What a run that destroys began with: it only deletes. Reading it means decrypting every secret in it. */
const stages = new WeakMap<Scope, Promise<State[]>>();

/** What a run has had on its list of what was replaced. */
const replaced = new WeakMap<Scope, PendingDeletions>();

/**
 * Destroys first what was made with this thing. The engine goes by numbers that each run gives anew to what it changes and
 * leaves as they were for what it skips, and deletes what was replaced in the order of replacing: either way a firewall may
 * come before the instances behind it.
 *
 * @param thing an id of the cloud
 */
export async function destroyDependents(scope: Scope, id: string, thing: string): Promise<void> {
  // 1. what was replaced too
  for (const { resource, oldProps: props } of await replacedIn(scope)) {
    if (!isOurs(resource[ResourceKind]) || idOf(resource) === thing) continue;
    if (!mentions(props, thing) && !mentions(resource, thing)) continue;
    const now: State | undefined = await scope.state.get(resource[ResourceID]);
    if (idOf(now?.output) === idOf(resource) && scope.phase !== "destroy") continue;
    resource[ResourceScope] = scope;
    await alchemy.destroy(resource, { replace: { props, output: resource } });
  }

  // 2. what goes in this run, or all of it; in the middle of the program nobody knows yet what goes
  if (await isReplacedFirst(scope, id, thing)) return;
  for (const { kind, id: other, props, output } of await statesOf(scope)) {
    const isAlive = scope.resources.has(other) && scope.phase !== "destroy";
    if (other === id || isAlive || !isOurs(kind)) continue;
    if (mentions(props, thing) || mentions(output, thing)) await alchemy.destroy(output);
  }
}

/** What goes at the end is no longer in the program, or no longer what the state names. */
async function isReplacedFirst(scope: Scope, id: string, thing: string): Promise<boolean> {
  if (scope.phase === "destroy" || !scope.resources.has(id)) return false;
  const now: State | undefined = await scope.state.get(id);
  return idOf(now?.output) === thing;
}

async function statesOf(scope: Scope): Promise<State[]> {
  const read = async () => Object.values(await scope.state.all());
  if (scope.phase !== "destroy") return read();
  const known = stages.get(scope) ?? read();
  stages.set(scope, known);
  return known;
}

/** The engine strikes all that one resource had replaced off its list when the first of it is gone. */
async function replacedIn(scope: Scope): Promise<PendingDeletions> {
  const listed = (await scope.get<PendingDeletions | undefined>("pendingDeletions")) ?? [];
  const all = [...(replaced.get(scope) ?? []), ...listed];
  const known = [...new Map(all.map((each) => [idOf(each.resource), each])).values()];
  replaced.set(scope, known);
  return known;
}

const isOurs = (kind: string): boolean => kind.startsWith("scaleway::");

const idOf = (output: unknown): string | undefined => (output as Partial<CommonAttributes> | undefined)?.id;

/** A reference is an id, or an object that has it. */
function mentions(value: unknown, thing: string): boolean {
  if (typeof value === "string") return value === thing;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((each) => mentions(each, thing));
}
