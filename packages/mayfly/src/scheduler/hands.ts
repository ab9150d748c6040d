/** So many at once, never two on one instance. */
export interface Hands {
  begin(handle: (id: string) => Promise<void>, onError: (error: unknown) => void): void;
  /** Takes the instance up as soon as there is a hand for it; once more when it is being handled now. */
  take(id: string): void;
  /** Whether the instance is being handled or waits for a hand. */
  has(id: string): boolean;
  handles(id: string): boolean;
  count(): number;
  /** Whether a hand is free and nobody waits for it. */
  free(): boolean;
  /** Takes nothing up any more; resolves when what is under way has ended. */
  end(): Promise<void>;
}

/** @param onPut called when an instance was put down and is not taken up again. */
export function createHands(concurrency: number, onPut: (id: string) => void): Hands {
  const waiting = new Set<string>();
  const underWay = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let work: { handle: (id: string) => Promise<void>; onError: (error: unknown) => void } | undefined;

  const fill = () => {
    for (const id of waiting) {
      if (!work || underWay.size >= concurrency) return;
      waiting.delete(id);
      underWay.set(id, handle(id));
    }
  };

  async function handle(id: string): Promise<void> {
    // Whoever wakes an instance isn't made to run its handler inside the call.
    await Promise.resolve();
    try {
      await work?.handle(id);
    } catch (error) {
      work?.onError(error);
    } finally {
      underWay.delete(id);
      if (again.delete(id)) waiting.add(id);
      else onPut(id);
      fill();
    }
  }

  return {
    begin(handle, onError) {
      work = { handle, onError };
      fill();
    },
    take(id) {
      if (underWay.has(id)) again.add(id);
      else waiting.add(id);
      fill();
    },
    has: (id) => underWay.has(id) || waiting.has(id),
    handles: (id) => underWay.has(id),
    count: () => underWay.size + waiting.size,
    free: () => waiting.size === 0 && underWay.size < concurrency,
    async end() {
      work = undefined;
      await Promise.all(underWay.values());
    },
  };
}
