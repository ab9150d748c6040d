import type { Scope } from "alchemy";
import type { Claim, Claims } from "../claims.ts";

/** Kept in the state of the scope: the resource's own is only written when its handler has ended well. */
export function claimsOf(scope: Scope, id: string): Claims {
  const key = `scaleway:claims:${id}`;
  const all = async () => (await scope.get<Claim[] | undefined>(key)) ?? [];
  const same = (one: Claim, other: Claim) => one.place === other.place && one.name === other.name;
  return {
    all,
    async claim(claim) {
      const before = await all();
      if (!before.some((each) => same(each, claim))) await scope.set(key, [...before, claim]);
    },
    async drop(claim) {
      const before = await all();
      const left = before.filter((each) => !same(each, claim));
      if (left.length < before.length) await scope.set(key, left);
    },
    release: () => scope.delete(key),
  };
}
