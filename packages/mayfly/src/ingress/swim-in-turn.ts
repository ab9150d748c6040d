import type { Swim, SwimOptions } from "./swim.ts";

/** For how long it is this process's turn. */
interface Turn {
  /** Aborts when it is, or may be, another's. */
  signal: AbortSignal;
  /** Throws when it is over by now. */
  expectHeld(): void;
  token: string;
}

/** The duty by which one process of several takes SWIM's orders. */
export const SWIM_DUTY = "swim";

/**
 * SWIM's door while it is this process's turn. What the one before had taken and not done is taken up at once.
 * @param create a door of its own, on connections of its own: they end with the turn
 */
export async function swimInTurn(
  create: (turn: NonNullable<SwimOptions["turn"]>) => Promise<Swim>,
  { signal, expectHeld, token }: Turn,
): Promise<void> {
  const swim = await create({ duty: { name: SWIM_DUTY, token }, expectHeld });
  try {
    await swim.open();
    swim.begin();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
  } finally {
    await swim.stop();
  }
}
