/** Who is to delete it; undefined: nobody has marked it. Keys have no marks but those that instances wanted. */
export function madeBy({ owner, onDemand }: { owner?: string; onDemand: boolean }): string | undefined {
  if (owner === undefined) return undefined;
  return onDemand ? "an instance" : "mayfly";
}
