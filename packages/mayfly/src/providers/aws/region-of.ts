/** `us-east-1a` is in `us-east-1`; a local zone like `us-east-1-bos-1a` too. */
export const regionOf = (zone: string): string => /^[a-z]+(?:-[a-z]+)+-\d+/.exec(zone)?.[0] ?? zone;
