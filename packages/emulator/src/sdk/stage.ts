import type { TestContext } from "node:test";
import { createClient } from "@scaleway/sdk-client";
import type { Client } from "@scaleway/sdk-client";
import { createEmulator, DEFAULT_PROJECT_ID } from "../emulator.ts";
import type { Emulator } from "../emulator.ts";

/** One class of the SDK: a product's API. */
export type ApiClass<A> = new (client: Client) => A;

/** An emulator behind a socket, on a clock that only the test moves, and the official SDK that talks to it. */
export interface Stage {
  emulator: Emulator;
  /** When the emulator's clock began. */
  beganAt: Date;
  projectId: string;
  use<A>(Api: ApiClass<A>): A;
  /** The same cloud for somebody else. */
  useWith<A>(Api: ApiClass<A>, secretKey: string): A;
}

const BEGAN_AT = Date.UTC(2026, 10, 21);
const SECRET_KEY = "11111111-1111-1111-1111-111111111111";

/** Lives as long as the test. */
export async function setStage(t: TestContext): Promise<Stage> {
  const emulator = createEmulator({ now: () => BEGAN_AT, seed: 1, secretKey: SECRET_KEY });
  const { url, close } = await emulator.listen({ port: 0 });
  t.after(close);
  const clientWith = (secretKey: string): Client =>
    createClient({
      apiURL: url,
      accessKey: "SCWEMULATEDEMULATED1",
      secretKey,
      defaultOrganizationId: DEFAULT_PROJECT_ID,
      defaultProjectId: DEFAULT_PROJECT_ID,
      defaultRegion: "fr-par",
      defaultZone: "fr-par-1",
    });
  const client = clientWith(SECRET_KEY);
  return {
    emulator,
    beganAt: new Date(BEGAN_AT),
    projectId: DEFAULT_PROJECT_ID,
    use: (Api) => new Api(client),
    useWith: (Api, secretKey) => new Api(clientWith(secretKey)),
  };
}
