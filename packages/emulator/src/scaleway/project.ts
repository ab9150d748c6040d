import { text } from "../http/body.ts";
import type { Body } from "../http/body.ts";
import { permissionsDenied } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";

/** The project that a create names, or the known one; a strict emulator refuses all others. */
export function projectOf(call: Call, body: Body): string {
  const { projectId, strictProjects } = call.world;
  const given = text(body, "project") ?? text(body, "project_id") ?? text(body, "organization") ?? projectId;
  if (strictProjects && given !== projectId) throw permissionsDenied();
  return given;
}
