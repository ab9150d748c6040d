import { offsetDate } from "../dates.ts";

/** Since 2026 the cloud names no real task: callers look at what the task is about. */
export function fakeTask(about: {
  from: string;
  result: string;
  zone: string;
  at: number;
}): Record<string, unknown> {
  return {
    id: "00000000-0000-0000-0000-000000000000",
    description: "fake task",
    status: "pending",
    href_from: about.from,
    href_result: about.result,
    started_at: offsetDate(about.at),
    terminated_at: null,
    progress: 0,
    zone: about.zone,
  };
}
