import type { ProblemItem } from "../api/problem.ts";
import type { Arguments } from "./arguments.ts";
import { readSize } from "./read-size.ts";
import { resourceCommand } from "./resource-command.ts";
import type { KindOfResource } from "./resource-kind.ts";
import { volumeVerbs } from "./volume-verbs.ts";

const IOPS = [5_000, 15_000] as const;

const kind: KindOfResource<"volume"> = {
  kind: "volume",
  summary: "Volumes that outlive machines: list, create, show, resize, attach, detach, delete",
  columns: {
    SIZE: ({ sizeGb }) => `${sizeGb} GB`,
    IOPS: ({ iops }) => String(iops),
    STATE: ({ state }) => state,
    MACHINE: ({ machine }) => machine ?? "-",
  },
  lines: ({ sizeGb, iops, state, machine, devicePath }) => ({
    size: `${sizeGb} GB`,
    iops: String(iops),
    state,
    machine,
    device: devicePath,
  }),
  create: {
    summary: "Make a volume, or find the one of that name",
    usage: "SIZE [--iops 15000]",
    takes: 2,
    options: { iops: { value: "N", field: "iops", help: `${IOPS.join(" or ")} (default: ${IOPS[0]})` } },
    details: `mayfly volume create data 20GB
mayfly create --volume data attaches it to an instance. It stays, and costs, until you delete it.`,
    read(given) {
      const problems: ProblemItem[] = [];
      const [sizeGb, iops] = [readSize(given.positionals[1] ?? ""), readIops(given)];
      for (const read of [sizeGb, iops]) if (typeof read === "object") problems.push(read);
      return {
        fields: { sizeGb: sizeGb as number, iops: iops as (typeof IOPS)[number] | undefined },
        problems,
      };
    },
  },
};

export const volume = resourceCommand(kind, volumeVerbs(kind));

function readIops(given: Arguments): (typeof IOPS)[number] | ProblemItem | undefined {
  const text = given.text("iops");
  if (text === undefined) return undefined;
  return (
    IOPS.find((one) => String(one) === text) ?? {
      path: "--iops",
      message: `"${text}" is neither ${IOPS.join(" nor ")}`,
    }
  );
}
