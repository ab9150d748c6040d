import { ProviderError } from "../error.ts";

/** Throws when the fake cloud has no such image. */
export function expectImage(image: string, instanceId: string): void {
  if (image !== "linux" && image !== "ubuntu_noble")
    throw new ProviderError("invalid_input", `create ${instanceId} on fake: no image ${image}`);
}
