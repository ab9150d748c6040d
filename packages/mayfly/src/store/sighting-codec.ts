import type { Sighting } from "../lifecycle/observed.ts";

/** Between sightings and the text that is kept of them. A text of another format is as if nothing had been seen. */
export const sightingCodec = {
  encode: (sighting: Sighting): string => JSON.stringify({ format: 1, sighting } satisfies Kept),

  decode(text: string): Sighting | undefined {
    const kept = JSON.parse(text) as Kept;
    return kept.format === 1 ? kept.sighting : undefined;
  },
};

interface Kept {
  format: 1;
  sighting: Sighting;
}
