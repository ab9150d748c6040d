import { text } from "../http/body.ts";
import type { Body } from "../http/body.ts";
import { permissionsDenied } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";
import { isKnownProject } from "./known-projects.ts";

/** The project that a create names, or the first one; a strict emulator refuses unknown ones. */
export function projectOf(call: Call, body: Body): string {
  const { projectId } = call.world;
  const given = text(body, "project") ?? text(body, "project_id") ?? text(body, "organization") ?? projectId;
  if (!isKnownProject(call.world, given)) throw permissionsDenied();
  return given;
}
