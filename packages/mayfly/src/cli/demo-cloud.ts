import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator, Listening } from "@mayfly/emulator";

/** Serves on the port of the last time, where it can: the account of the demo stays the same. */
export async function listenAsBefore(cloud: Emulator, folder: string): Promise<Listening> {
  const file = join(folder, "port");
  const before = readPort(file);
  const listening = await cloud.listen({ port: before }).catch(() => cloud.listen({ port: 0 }));
  writeFileSync(file, new URL(listening.url).port);
  return listening;
}

/** `machines 0 volumes 0 addresses 0` */
export function leftIn(cloud: Emulator): { text: string; nothing: boolean } {
  const { machines, volumes, addresses } = cloud.leftovers();
  return {
    text: `machines ${machines.length} volumes ${volumes.length} addresses ${addresses.length}`,
    nothing: machines.length + volumes.length + addresses.length === 0,
  };
}

function readPort(file: string): number {
  try {
    const port = Number(readFileSync(file, "utf8"));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}
