/** What was seen longer ago is looked at again: somebody else may have done something to a machine meanwhile. */
export const LOOKS_COUNT_FOR_MS = 90_000;
