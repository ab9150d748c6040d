import { records, required } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import type { World } from "../../world.ts";
import type { Secret } from "./rows.ts";

/** The secrets that the caller keeps there; absent or null: as before. Only that there are some is kept. */
export function secretsOf(world: World, body: Body, before: readonly Secret[] = []): readonly Secret[] {
  return (
    records(body, "secret_environment_variables")?.map((one) => ({
      key: required(one, "key"),
      hash: `$argon2id$v=19$m=65536,t=1,p=2$${world.random.hex(22)}`,
    })) ?? before
  );
}

export function viewSecrets(secrets: readonly Secret[]): Record<string, string>[] {
  return secrets.map(({ key, hash }) => ({ key, hashed_value: hash }));
}
