export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Work of the same key is done one after the other, whatever becomes of what was before. */
export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
