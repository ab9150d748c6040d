import { createEmulator } from "../../emulator.ts";
import { judgedElsewhere } from "./judged-elsewhere.ts";
import type { Judged } from "./judged.ts";

/** When the latest recordings were made; polling moves the clock from here. */
const STARTS_AT = Date.UTC(2026, 7, 20);

/** The emulator of this package, judged over loopback like any other cloud. */
export async function judgedEmulator(projectId: string | undefined): Promise<Judged> {
  const emulator = createEmulator({
    now: () => STARTS_AT,
    seed: 1,
    control: true,
    ...(projectId !== undefined && { projectId }),
  });
  const { url, close } = await emulator.listen({ port: 0 });
  const judged = judgedElsewhere({
    url,
    resetPath: "/_emulator/reset",
    advancePath: "/_emulator/advance",
  });
  return { ...judged, close };
}
