import { ScalewayCallError } from "@mayfly/scaleway";
import { Refusal } from "./refusal.ts";

/** Says what was attempted before the cause. What is no failure of ours, such as an engine's signal, stays as it is. */
export function named(
  error: unknown,
  { phase, noun, fqn }: { phase: string; noun: string; fqn: string },
): unknown {
  if (!(error instanceof ScalewayCallError || error instanceof Refusal)) return error;
  return new Error(`${phase} ${noun} ${fqn}: ${error.message}`, { cause: error });
}
