/** Chance, for the jitter of retries. */
export const systemRandom = { fraction: () => Math.random() };
