import type { Desired, Instance } from "./instance.ts";

/** What may be asked of an instance, by what it is heading for. One table for the API's refusals and for what a client offers. */
export const instanceCan: Record<"extend" | "start" | "stop" | "delete", readonly Desired[]> = {
  extend: ["running", "stopped"],
  start: ["running", "stopped"],
  stop: ["running", "stopped"],
  delete: ["running", "stopped", "gone"],
};

export const can = (verb: keyof typeof instanceCan, instance: Instance): boolean =>
  instance.phase !== "deleted" && instanceCan[verb].includes(instance.desired);
