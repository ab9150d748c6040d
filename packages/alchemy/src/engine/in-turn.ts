import type { Scope } from "alchemy";

/** Whose turn it is in a scope to put something on the engine's list of replaced things. */
interface Queue {
  last: Promise<void>;
  over?: () => void;
}

const queues = new WeakMap<Scope, Queue>();

/**
 * One replacement of a scope after another: the engine reads its list of replaced things, adds one and writes it, and of two
 * that do so at the same time it would forget one, which then stays for ever.
 */
export function inTurn(scope: Scope) {
  const queue = queues.get(scope) ?? { last: Promise.resolve() };
  queues.set(scope, queue);
  const turn = {
    /** Resolves when nobody else's is being written. */
    async mine(): Promise<void> {
      const before = queue.last;
      const { promise, resolve } = Promise.withResolvers<void>();
      queue.last = promise;
      await before;
      queue.over = resolve;
    },
    /** The list has been written. */
    over(): void {
      queue.over?.();
    },
    /** A change of the list by ourselves. */
    async change(work: () => Promise<void>): Promise<void> {
      await turn.mine();
      try {
        await work();
      } finally {
        turn.over();
      }
    },
  };
  return turn;
}
