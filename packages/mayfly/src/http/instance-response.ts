import { instanceView } from "../api/instance-view.ts";
import type { Instance } from "../lifecycle/instance.ts";

/** An instance as an answer; 202 and where to look, when something has been asked for that takes its time. */
export function instanceResponse(
  instance: Instance,
  { status, now }: { status: 200 | 202; now: number },
): Response {
  const headers: Record<string, string> = status === 202 ? { Location: `/v1/instances/${instance.id}` } : {};
  return Response.json(instanceView(instance, now), { status, headers });
}
