import assert from "node:assert/strict";
import type { ProviderErrorCode } from "../providers/error.ts";
import { ProviderError } from "../providers/error.ts";

/** For `assert.rejects`: the error has this code and says each of these. */
export function expectProviderError(code: ProviderErrorCode, ...says: (RegExp | string)[]) {
  return (error: unknown): true => {
    assert.ok(error instanceof ProviderError, String(error));
    assert.equal(error.code, code, error.message);
    for (const part of says)
      if (typeof part === "string") assert.ok(error.message.includes(part), error.message);
      else assert.match(error.message, part);
    return true;
  };
}
