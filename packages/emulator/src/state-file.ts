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

/** Reads what an earlier emulator left, and expects that it can be kept; a missing file is a fresh start. */
export function loadState(world: World, clock: AdvancedClock, file: string): void {
  asking(`read the emulator's state from ${file}`, () => {
    const saved = readSaved(file);
    if (!saved) return;
    world.random.load(saved.random);
    world.agenda.load(saved.agenda);
    world.store.load(saved.store);
    world.bill.load(saved.bill ?? []);
    clock.advance(saved.advancedMs ?? 0);
  });
  // Whoever could not write would find that out when there is something to lose.
  asking(`keep the emulator's state in ${file}`, () => saveState(world, clock, file));
}

function readSaved(file: string): Saved | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const saved = parsed(text);
  if (saved?.version !== 1) throw new Error(`it holds something else (version ${String(saved?.version)})`);
  return saved;
}

function parsed(text: string): Saved | undefined {
  try {
    return JSON.parse(text) as Saved;
  } catch {
    throw new Error("it is not JSON");
  }
}

function asking(what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
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
