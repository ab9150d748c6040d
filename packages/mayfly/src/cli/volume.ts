import { limits } from "../api/limits.ts";
import type { ProblemItem } from "../api/problem.ts";
import type { Arguments } from "./arguments.ts";
import { resourceCommand } from "./resource-command.ts";

const IOPS = [5_000, 15_000] as const;

export const volume = resourceCommand({
  kind: "volume",
  summary: "Volumes that outlive machines: list, create, show, delete",
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
      const [sizeGb, iops] = [readSize(given), readIops(given)];
      for (const read of [sizeGb, iops]) if (typeof read === "object") problems.push(read);
      return {
        fields: { sizeGb: sizeGb as number, iops: iops as (typeof IOPS)[number] | undefined },
        problems,
      };
    },
  },
});

/** Of 10^9 bytes. */
function readSize({ positionals: [, text = ""] }: Arguments): number | ProblemItem {
  const [, digits, unit = "gb"] = /^(\d{1,6})(GB?|TB?)?$/i.exec(text) ?? [];
  const sizeGb = Number(digits ?? 0) * (unit.toLowerCase().startsWith("t") ? 1_000 : 1);
  if (sizeGb >= 1 && sizeGb <= limits.volumeGb) return sizeGb;
  const message = `"${text}" is not a size from 1GB to ${limits.volumeGb}GB`;
  return { path: "SIZE", message, suggestion: "write it like 20GB" };
}

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
