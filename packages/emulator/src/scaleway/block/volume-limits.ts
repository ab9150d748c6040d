import { integer } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";

/** Refuses a size that no block volume can have. */
export function checkBlockSize(bytes: number): void {
  if (bytes < 5_000_000_000 || bytes > 10_000_000_000_000)
    throw invalidArgument("size", "constraint", "must be between 5 GB and 10 TB");
}

/** The speed that the body names: there are two. */
export function iopsOf(body: Body, fallback = 5000): number {
  const iops = integer(body, "perf_iops") ?? fallback;
  if (iops !== 5000 && iops !== 15_000)
    throw invalidArgument("perf_iops", "constraint", "must be 5000 or 15000");
  return iops;
}
