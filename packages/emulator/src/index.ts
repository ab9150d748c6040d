export { createEmulator, DEFAULT_PROJECT_ID } from "./emulator.ts";
export type { Emulator, EmulatorOptions } from "./emulator.ts";
export type { Effect, Fault, Faults } from "./faults.ts";
export type { Guest, GuestMachine } from "./guest.ts";
export type { CallCount } from "./calls.ts";
export type { Console, ForeignServer } from "./console.ts";
export type { Kind, Leftover, Leftovers, Past } from "./inventory.ts";
export type { Listening, ListenOptions } from "./http/listen.ts";
export { SENTINELS } from "./scaleway/seed/sentinels.ts";
