import { plan } from "../../world.ts";
import type { Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { servers } from "./rows.ts";
import type { AttachedFileSystem, ServerRow } from "./rows.ts";

/** What time does to a server's file systems; the id of a step names both. */
export const fileSystemSteps: Steps = {
  "fileSystem:attached": step("attaching", (one) => [{ ...one, state: "available" }]),
  "fileSystem:detached": step("detaching", () => []),
};

export function attachFileSystem(world: World, row: ServerRow, id: string, at: number): ServerRow {
  later(world, row, id, "attached", at);
  const fileSystems = [...(row.fileSystems ?? []), { id, state: "attaching" as const }];
  return servers(world).put({ ...row, fileSystems, modifiedAt: at }, at);
}

export function detachFileSystem(world: World, row: ServerRow, id: string, at: number): ServerRow {
  later(world, row, id, "detached", at);
  const fileSystems = (row.fileSystems ?? []).map((one) =>
    one.id === id ? { id, state: "detaching" as const } : one,
  );
  return servers(world).put({ ...row, fileSystems, modifiedAt: at }, at);
}

function step(
  from: AttachedFileSystem["state"],
  change: (one: AttachedFileSystem) => AttachedFileSystem[],
): Steps[string] {
  return (world, key, at) => {
    const [serverId = "", id] = key.split(" ");
    const row = servers(world).get(serverId);
    const fileSystems = row?.fileSystems?.flatMap((one) =>
      one.id === id && one.state === from ? change(one) : [one],
    );
    if (row && fileSystems) servers(world).put({ ...row, fileSystems, modifiedAt: at }, at);
  };
}

function later(world: World, row: ServerRow, id: string, to: string, at: number): void {
  const due = { step: `fileSystem:${to}`, id: `${row.id} ${id}`, epoch: 0 };
  plan(world, { ...due, from: at, span: DURATIONS.fileSystemAttach });
}
