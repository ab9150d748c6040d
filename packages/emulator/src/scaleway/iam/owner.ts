import { notFound } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { uuidOf } from "../seed/images.ts";
import { users } from "./rows.ts";
import type { UserRow } from "./rows.ts";

const CAME_AT = Date.UTC(2021, 8, 28, 11, 34, 3, 639);

export function ownerId(world: World): string {
  return uuidOf(`owner/${world.projectId}`);
}

/** Whose organization it is: nobody invited the owner, and nobody can send the owner away. */
export function owner(world: World): UserRow {
  return {
    id: ownerId(world),
    name: "owner",
    zone: "",
    tags: [],
    createdAt: CAME_AT,
    modifiedAt: CAME_AT,
    organizationId: world.projectId,
    email: "owner@mayfly.test",
    firstName: "",
    lastName: "",
    phoneNumber: "",
    locale: "en_US",
    type: "owner",
    locked: false,
  };
}

export function userOf(call: Call, id: string): UserRow {
  const row = users(call.world).get(id) ?? (id === ownerId(call.world) ? owner(call.world) : undefined);
  if (!row) throw notFound("user", id);
  return row;
}
