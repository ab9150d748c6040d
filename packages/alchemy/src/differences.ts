import { isDeepStrictEqual } from "node:util";
import type { CommonProps } from "./common-props.ts";
import type { CommonAttributes, Kind, Wanted } from "./kind.ts";

export interface Differences {
  /** Names of fields that can be changed in place. */
  changed: ReadonlySet<string>;
  /** Names of fields that cannot. */
  fixed: string[];
}

export function differences<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  wanted: Wanted<Props>,
  whole: Whole,
): Differences {
  const all = Object.entries(kind.fields).filter(([, { want, is }]) => {
    const value = want(wanted);
    return value !== undefined && !isDeepStrictEqual(value, is(whole, wanted));
  });
  const names = (some: typeof all) => some.map(([name]) => name);
  return {
    changed: new Set(names(all.filter(([, { replaces }]) => !replaces))),
    fixed: names(all.filter(([, { replaces }]) => replaces)),
  };
}
