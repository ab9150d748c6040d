import type { SwimDecommission } from "./swim-decommission.ts";

/** The tags by which a user's machines are known, or those of one lab. */
export const swimTags = ({ webUsername, webLabId }: SwimDecommission): string[] => [
  `webuser:${webUsername}`,
  ...(webLabId === undefined ? [] : [`labid:${webLabId}`]),
];
