/** What SWIM and its web app call things in Redis, and what Mayfly adds. */
export interface SwimKeys {
  /** Orders: JSON, pushed from either side. */
  provision: string;
  /** Both spellings: SWIM's own, and the usual one. */
  decommission: readonly string[];
  /** What is taken from a queue and not done yet: a list of this installation. */
  taken(queue: string): string;
  /** What could not be read: `{payload, reason, time}`. */
  dead(queue: string): string;
  /** Who takes from the queues. */
  holder: string;
  server(machineId: string): string;
  name(serverName: string): string;
  /** Up to which event the states are written. */
  cursor: string;
  /** The channel on which every state is told. */
  states: string;
}

/** @param prefix stands before every key and channel */
export function swimKeys(owner: string, prefix = ""): SwimKeys {
  const of = (rest: string) => `${prefix}swim:${rest}`;
  const provision = of("provision:queue");
  return {
    provision,
    decommission: [of("decomission:queue"), of("decommission:queue")],
    taken: (queue) => `${queue.replace(/:queue$/, "")}:taken:${owner}`,
    dead: (queue) => of(queue === provision ? "provision:dead" : "decommission:dead"),
    holder: of("provision:holder"),
    server: (machineId) => of(`server:${machineId}`),
    name: (serverName) => of(`name:${serverName}`),
    cursor: of(`states:cursor:${owner}`),
    states: of("states"),
  };
}
