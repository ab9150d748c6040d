/** What states machines pass through on their way, which moto skips. */
export interface Ec2States {
  /** The code with which EC2 refuses an action because of a machine's state; undefined when it does not. */
  refuses(action: string, ids: readonly string[]): string | undefined;
  /** The action was accepted. */
  acted(action: string, ids: readonly string[]): void;
  /** The machine's item of a list, with the state that it is in by now. */
  shown(id: string, item: string): string;
}

const CODES: Readonly<Record<string, number>> = { pending: 0, "shutting-down": 32, stopping: 64 };
const TOWARDS: Readonly<Record<string, string>> = {
  RunInstances: "pending",
  StartInstances: "pending",
  StopInstances: "stopping",
  TerminateInstances: "shutting-down",
};
/** In which states on the way it is refused. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  StartInstances: ["stopping", "shutting-down"],
  StopInstances: ["pending", "shutting-down"],
  AttachVolume: ["pending", "stopping", "shutting-down"],
  RebootInstances: ["pending", "stopping", "shutting-down"],
};

/** @param takesMs how long a change takes */
export function ec2States(now: () => number, takesMs: number): Ec2States {
  const onTheWay = new Map<string, { state: string; until: number }>();
  const settled = new Map<string, string>();
  const stateOf = (id: string): string | undefined => {
    const way = onTheWay.get(id);
    return way !== undefined && now() < way.until ? way.state : undefined;
  };
  return {
    refuses(action, ids) {
      const isRefused = ids.some((id) => REFUSED[action]?.includes(stateOf(id) ?? ""));
      return isRefused ? "IncorrectInstanceState" : undefined;
    },
    acted(action, ids) {
      const state = TOWARDS[action];
      if (state === undefined) return;
      for (const id of ids) {
        // What is so already, or on its way there, is left as it is.
        if (settled.get(id) === state) continue;
        settled.set(id, state);
        onTheWay.set(id, { state, until: now() + takesMs });
      }
    },
    shown(id, item) {
      const state = stateOf(id);
      if (state === undefined) return item;
      const shown = `<instanceState><code>${CODES[state]}</code><name>${state}</name></instanceState>`;
      return item.replace(/<instanceState>.*?<\/instanceState>/s, shown);
    },
  };
}
