import type { Price } from "../lifecycle/cost.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Provider } from "../providers/provider.ts";
import type { Ports } from "./ports.ts";

export interface AskedPrice {
  /** The row with its price, once that is known. */
  into(row: Instance): Instance;
  /** For an answer that is later than the writes of who asked. Nothing rests on it. */
  writeLater(): void;
}

/** Asks what an instance will cost, beside its create: nobody waits for the answer, and nothing fails by it. */
export function askPrice(
  { store, log }: Pick<Ports, "store" | "log">,
  provider: Provider,
  { id, spec, cost }: Instance,
): AskedPrice {
  let price: Price | undefined;
  const unknown = (error: unknown) =>
    log.debug({ instance: id, err: error }, "what an instance costs could not be found out");
  const answered = ask().catch(unknown);

  async function ask(): Promise<void> {
    if (cost && !cost.price) price = await provider.price?.(spec);
  }

  function into(row: Instance): Instance {
    return price && row.cost && !row.cost.price ? { ...row, cost: { ...row.cost, price } } : row;
  }

  async function write(): Promise<void> {
    await answered;
    if (!price) return;
    await store.update(id, {}, (row) => {
      const priced = row.phase === "deleted" ? row : into(row);
      return priced === row ? undefined : { row: priced };
    });
  }

  return { into, writeLater: () => void write().catch(unknown) };
}
