/**
 * Names for statements, so that each connection plans one only once: that takes longer than doing it. They must name their
 * columns: a plan for `*` fails for good when a newer process adds one.
 */
export interface Plans {
  /** Undefined for statements of which there are too many. */
  nameOf(text: string): string | undefined;
}

const MOST = 500;

export function createPlans(): Plans {
  const names = new Map<string, string>();
  return {
    nameOf(text) {
      const known = names.get(text);
      if (known !== undefined || names.size >= MOST) return known;
      const name = `mayfly ${names.size}`;
      names.set(text, name);
      return name;
    },
  };
}
