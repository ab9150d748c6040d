/** One state change to come. It is dropped if its object has moved on (another `epoch`). */
export interface Due {
  readonly at: number;
  readonly seq: number;
  readonly step: string;
  readonly id: string;
  readonly epoch: number;
}

/** State changes by due time (a binary heap); nothing here runs by itself. */
export interface Agenda {
  add(due: Omit<Due, "seq">): void;
  /** Takes the earliest change that is due. */
  take(now: number): Due | undefined;
  save(): Due[];
  load(saved: readonly Due[]): void;
}

export function createAgenda(): Agenda {
  let heap: Due[] = [];
  let seq = 0;

  function push(due: Due): void {
    let i = heap.push(due) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(at(i), at(parent))) break;
      swap(i, parent);
      i = parent;
    }
  }
  function pop(): Due | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && before(at(child), at(least))) least = child;
      if (least === i) return first;
      swap(i, least);
      i = least;
    }
  }
  function at(i: number): Due {
    return heap[i] as Due;
  }
  function swap(a: number, b: number): void {
    const kept = at(a);
    heap[a] = at(b);
    heap[b] = kept;
  }
  return {
    add: (due) => push({ ...due, seq: seq++ }),
    take: (now) => (heap[0] && heap[0].at <= now ? pop() : undefined),
    save: () => [...heap],
    load(saved) {
      heap = [];
      seq = saved.reduce((most, due) => Math.max(most, due.seq + 1), 0);
      for (const due of saved) push(due);
    },
  };
}

function before(a: Due, b: Due): boolean {
  return a.at === b.at ? a.seq < b.seq : a.at < b.at;
}
