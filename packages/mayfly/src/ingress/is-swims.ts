import type { Instance } from "../lifecycle/instance.ts";

/** Whether it was ordered as SWIM's machines are: with a name for the machine, and a user and a lab in its tags. */
export const isSwims = ({ origin, spec }: Instance): boolean =>
  origin === "request" &&
  spec.machineName !== undefined &&
  spec.tags.some((tag) => tag.startsWith("webuser:")) &&
  spec.tags.some((tag) => tag.startsWith("labid:"));
