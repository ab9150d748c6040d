/** How long after an accepted change a list may not show it yet. */
export const VISIBILITY_GAP_MS = 30_000;
