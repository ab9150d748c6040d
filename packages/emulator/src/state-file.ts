import { chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { AdvancedClock } from "./advanced-clock.ts";
import type { Due } from "./agenda.ts";
import type { Meter } from "./bill.ts";
import type { SavedStore } from "./store.ts";
import type { World } from "./world.ts";

interface Saved {
  version: 1;
  random: number[];
  agenda: Due[];
  store: SavedStore;
  /** How far the clock was put forward. */
  advancedMs?: number;
  bill?: Meter[];
}

/** Reads what an earlier emulator left; a missing file is a fresh start. */
export function loadState(world: World, clock: AdvancedClock, file: string): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const saved = JSON.parse(text) as Saved;
  if (saved.version !== 1)
    throw new Error(`read the emulator's state from ${file}: unknown version ${String(saved.version)}`);
  world.random.load(saved.random);
  world.agenda.load(saved.agenda);
  world.store.load(saved.store);
  world.bill.load(saved.bill ?? []);
  clock.advance(saved.advancedMs ?? 0);
}

/** Replaces the file as a whole; only its owner may read it (user data are in it). */
export function saveState(world: World, clock: AdvancedClock, file: string): void {
  const saved: Saved = {
    version: 1,
    random: world.random.save(),
    agenda: world.agenda.save(),
    store: world.store.save(),
    advancedMs: clock.advancedMs(),
    bill: world.bill.save(),
  };
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(saved), { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}
