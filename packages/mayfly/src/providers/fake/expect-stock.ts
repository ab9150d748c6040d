import type { Random } from "../../random.ts";
import { ProviderError } from "../error.ts";
import { FAKE_SENTINELS } from "./fake-sentinels.ts";

/** The chance that it is out of what is out of stock. */
const OUT_OF_STOCK = 0.7;

/** Throws when there is none of this type, or too many. */
export function expectStock(type: string | undefined, random: Random): void {
  if (type === FAKE_SENTINELS.outOfStock && random.fraction() < OUT_OF_STOCK)
    throw new ProviderError("insufficient_capacity", `no ${type} is left`);
  if (type === FAKE_SENTINELS.overQuota)
    throw new ProviderError("quota_exceeded", `more ${type} than this account may have`);
}
