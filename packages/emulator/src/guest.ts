/**
 * What the system in a machine does when it is up, for as much as a cloud sees of it: nothing really boots here, so a test
 * or a demo plays it. @returns what it writes into the machine's user data, by key
 */
export type Guest = (machine: GuestMachine) => Readonly<Record<string, string>>;

export interface GuestMachine {
  id: string;
  name: string;
  /** By key, as it is when the system is up: `cloud-init` and what was written since. */
  userData: Readonly<Record<string, string>>;
  /** The machine is of the type whose guest fails on purpose. */
  fails: boolean;
}
