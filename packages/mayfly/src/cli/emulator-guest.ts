import type { GuestMachine } from "@mayfly/emulator";
import { REPORT_KEY } from "../providers/scaleway/guest/reporter.ts";

/**
 * Plays the guest of an emulated machine: when its system is up, what would report reports, if it is in the machine's user
 * data and only then. Nothing of the user data is run: cloud-init ends well, but on the type whose guest fails on purpose.
 */
export function emulatorGuest({ userData, fails }: GuestMachine): Record<string, string> {
  if (!userData["cloud-init"]?.includes(`/user_data/${REPORT_KEY}`)) return {};
  const report = fails
    ? { version: 1, status: "error", log: "This guest is emulated, and its type fails on purpose.\n" }
    : { version: 1, status: "done" };
  return { [REPORT_KEY]: JSON.stringify(report) };
}
