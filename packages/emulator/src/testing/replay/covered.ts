import { join } from "node:path";

export interface Covered {
  files: string[];
  shapes: string;
  services: string[];
  /** Epoch milliseconds. The API drifts: older recordings contradict younger ones. */
  since: number;
}

/** What the emulator claims to answer as the real cloud does: the ratchet is about this part of the vectors. */
export function covered(folder: string): Covered {
  const products = ["instance", "block", "vpc", "ipam", "marketplace", "account", "lb", "rdb", "function"];
  return {
    files: products.map((name) => join(folder, `${name}.jsonl.gz`)),
    shapes: join(folder, "shapes.json.gz"),
    services: [...products, "iam", "object"],
    since: Date.UTC(2026, 2, 1),
  };
}
