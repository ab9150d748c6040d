import { records, required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import type { World } from "../../world.ts";
import type { Secret } from "./rows.ts";

/**
 * The secrets as the caller changes them: one with a value is set, one without a value is taken away, and what is not named
 * stays. Only that there are some is kept. Unrecorded: so do the clients of this API send them.
 */
export function secretsOf(world: World, body: Body, before: readonly Secret[] = []): readonly Secret[] {
  const given = records(body, "secret_environment_variables") ?? [];
  const named = given.map((one) => ({ key: required(one, "key"), value: text(one, "value") }));
  return [
    ...before.filter(({ key }) => !named.some((one) => one.key === key)),
    ...named
      .filter(({ value }) => value !== undefined)
      .map(({ key }) => ({ key, hash: `$argon2id$v=19$m=65536,t=1,p=2$${world.random.hex(22)}` })),
  ];
}

export function viewSecrets(secrets: readonly Secret[]): Record<string, string>[] {
  return secrets.map(({ key, hash }) => ({ key, hashed_value: hash }));
}
