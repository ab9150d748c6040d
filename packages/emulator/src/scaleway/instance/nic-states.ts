import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { freeAddresses } from "../ipam/private-addresses.ts";
import { regionOf } from "../region-of.ts";
import { privateNics } from "./rows.ts";
import type { PrivateNicRow, ServerRow } from "./rows.ts";

/** What time does to network cards. */
export const nicSteps: Steps = {
  "privateNic:available": (world, id, at, epoch) => change(world, id, epoch, at, { status: "available" }),
  "privateNic:detached": (world, id, at, epoch) =>
    change(world, id, epoch, at, { status: "available", serverId: null }),
};

/** Puts a card that no server has into a server: at once, unless the server is up. */
export function attachNic(world: World, nic: PrivateNicRow, server: ServerRow, at: number): PrivateNicRow {
  const isUp = server.state === "running" || server.state === "starting";
  const row = replace(world, nic, { serverId: server.id, status: isUp ? "attaching" : "available" }, at);
  if (isUp) later(world, row, "available", attachSpan(world, server, at), at);
  return row;
}

/** Takes a card out of its server, where it can be put into another one. */
export function detachNic(world: World, nic: PrivateNicRow, server: ServerRow, at: number): PrivateNicRow {
  if (server.state !== "running") return replace(world, nic, { serverId: null, status: "available" }, at);
  const row = replace(world, nic, { status: "detaching" }, at);
  later(world, row, "detached", DURATIONS.nicDetach, at);
  return row;
}

/** The card's own addresses go with it, reserved ones are free again. */
export function removeNic(world: World, nic: PrivateNicRow, at: number): void {
  freeAddresses(world, regionOf(nic.zone), nic.id, at);
  privateNics(world).remove(nic.id, at);
}

/** A system that is still booting takes the card only when it is up. */
function attachSpan(world: World, server: ServerRow, at: number): Span {
  const upForMs = (at - server.modifiedAt) * world.timeScale;
  const [least, most] = DURATIONS.nicAttachBooting;
  const [soonest, latest] = DURATIONS.nicAttach;
  if (upForMs >= least) return DURATIONS.nicAttach;
  return [Math.max(least - upForMs, soonest), Math.max(most - upForMs, latest)];
}

function later(world: World, row: PrivateNicRow, to: string, span: Span, at: number): void {
  plan(world, { step: `privateNic:${to}`, id: row.id, epoch: row.epoch, from: at, span });
}

function replace(world: World, nic: PrivateNicRow, with_: Partial<PrivateNicRow>, at: number): PrivateNicRow {
  return privateNics(world).put({ ...nic, ...with_, epoch: nic.epoch + 1, modifiedAt: at }, at);
}

function change(world: World, id: string, epoch: number, at: number, with_: Partial<PrivateNicRow>): void {
  const nic = privateNics(world).get(id);
  if (nic?.epoch === epoch) privateNics(world).put({ ...nic, ...with_, modifiedAt: at }, at);
}
