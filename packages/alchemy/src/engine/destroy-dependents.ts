import alchemy from "alchemy";
import type { Scope, State } from "alchemy";

/** What a run that destroys began with: it only deletes. Reading it means decrypting every secret in it. */
const stages = new WeakMap<Scope, Promise<State[]>>();

/**
 * Destroys first what was made with this thing: the engine goes by numbers that each run gives anew to what it changes and
 * leaves as they were for what it skips, so that a firewall may come before the instances behind it.
 *
 * @param thing an id of the cloud
 */
export async function destroyDependents(scope: Scope, id: string, thing: string): Promise<void> {
  for (const { kind, id: other, props, output } of await statesOf(scope)) {
    const isAlive = scope.resources.has(other) && scope.phase !== "destroy";
    if (other === id || isAlive || !kind.startsWith("scaleway::") || !mentions(props, thing)) continue;
    await alchemy.destroy(output);
  }
}

async function statesOf(scope: Scope): Promise<State[]> {
  const read = async () => Object.values(await scope.state.all());
  if (scope.phase !== "destroy") return read();
  const known = stages.get(scope) ?? read();
  stages.set(scope, known);
  return known;
}

/** A reference is an id, or an object that has it. */
function mentions(value: unknown, thing: string): boolean {
  if (typeof value === "string") return value === thing;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((each) => mentions(each, thing));
}
