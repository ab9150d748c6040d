/** How often each operation was called; `unknown` counts what no route takes. */
export interface CallCount {
  total: number;
  byOperation: Record<string, number>;
}

export function createCalls(): { count(operation: string): void; read(): CallCount; reset(): void } {
  let byOperation: Record<string, number> = {};
  let total = 0;
  return {
    count(operation) {
      total++;
      byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    },
    read: () => ({ total, byOperation: { ...byOperation } }),
    reset() {
      total = 0;
      byOperation = {};
    },
  };
}
