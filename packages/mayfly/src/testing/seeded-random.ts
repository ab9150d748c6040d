import type { Random } from "../random.ts";

/** Chance that a seed replays (mulberry32). */
export function seededRandom(
  seed: number,
): Random & { below(limit: number): number; chance(probability: number): boolean } {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    fraction,
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256)),
    below: (limit) => Math.floor(fraction() * limit),
    chance: (probability) => fraction() < probability,
  };
}
