import { randomInt } from "node:crypto";

/** Seeded chance (sfc32): the same seed gives the same ids and addresses. */
export interface Random {
  /** In [0, 1). */
  float(): number;
  /** An integer in [0, below). */
  int(below: number): number;
  /** Lowercase hexadecimal digits. */
  hex(digits: number): string;
  uuid(): string;
  /** For the state file. */
  save(): number[];
  load(state: readonly number[]): void;
}

/** @param seed @default one from crypto */
export function createRandom(seed: number = randomInt(2 ** 32)): Random {
  let state = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  for (let i = 0; i < 15; i++) next();

  function next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const t = (((a + b) | 0) + d) | 0;
    state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + t) | 0, (d + 1) | 0];
    return t >>> 0;
  }
  function hex(digits: number): string {
    let out = "";
    while (out.length < digits) out += next().toString(16).padStart(8, "0");
    return out.slice(0, digits);
  }
  return {
    float: () => next() / 2 ** 32,
    int: (below) => Math.floor((next() / 2 ** 32) * below),
    hex,
    uuid() {
      const h = hex(32);
      const variant = "89ab"[parseInt(h[16] ?? "0", 16) & 3];
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`;
    },
    save: () => [...state],
    load(saved) {
      state = [...saved];
    },
  };
}
