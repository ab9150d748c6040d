import type { Instance } from "../lifecycle/instance.ts";
import type { Kind, Observed } from "../lifecycle/observed.ts";
import type { Look } from "./look.ts";

/** What looks say of one instance. @param seen the look at a kind of thing, if there is one that counts */
export function observedOf(row: Instance, seen: (kind: Kind) => Look | undefined): Observed {
  const machine = seen("machine");
  const { machine: own, volumes, addresses } = row.footprint;
  const partsIn = (look: Look | undefined, ids: string[]) => (look ? look.partsOf(row.id, ids) : undefined);
  const volume = partsIn(
    seen("volume"),
    volumes.map(({ id }) => id),
  );
  const address = partsIn(seen("address"), addresses);
  const holders = [...(volume?.parts ?? []), ...(address?.parts ?? [])].flatMap(
    ({ attachedTo }) => attachedTo ?? [],
  );
  return {
    machine: machine && {
      at: machine.at,
      all: machine.machinesOf(row.id, own),
      byId: machine.byId(row.holder ?? own),
      holders: machine.othersOf(
        row.id,
        holders.filter((id) => id !== own),
      ),
    },
    volume,
    address,
  };
}
