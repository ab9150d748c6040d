import { registerHooks } from "node:module";
import type { Mutant } from "./mutant.ts";

const SOURCES = new URL("../../", import.meta.url);

/** From now on the sources are loaded with this mistake in them. Refuses a mutant whose place is not there, once. */
export function plant({ name, edits }: Mutant): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const mine = edits.filter(({ file }) => new URL(file, SOURCES).href === url);
      if (mine.length === 0) return loaded;
      let source = String(loaded.source);
      for (const { find, replace } of mine) {
        const found = source.split(find).length - 1;
        if (found !== 1) throw new Error(`${name}: its place is ${found} times in ${url}`);
        source = source.replace(find, () => replace);
      }
      return { ...loaded, source };
    },
  });
}
