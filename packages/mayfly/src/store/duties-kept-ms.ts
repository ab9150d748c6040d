/** How long it is remembered who had a duty last: for longer no process stands still that still means to do it. */
export const DUTIES_KEPT_MS = 86_400_000;
