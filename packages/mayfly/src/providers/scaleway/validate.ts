import { ScalewayCallError } from "@mayfly/scaleway";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { Problem } from "../provider.ts";
import type { Account } from "./account.ts";
import { didYouMean } from "../../lifecycle/nearest.ts";
import { guestUserData } from "./guest/guest-user-data.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "../refused.ts";
import type { ServerType } from "./server-types.ts";
import { isUuid } from "./uuid.ts";
import { scalewayZones } from "./zones.ts";

/** Every problem of a request at once, each with what could have been meant. */
export async function validate(account: Account, asked: InstanceSpec): Promise<Problem[]> {
  const known = scalewayZones.includes(asked.zone);
  // What is asked of a zone that does not exist is still judged, by what the first zone has.
  const spec = known ? asked : { ...asked, zone: scalewayZones[0]! };
  const what = `validate on scaleway ${spec.zone}`;
  const types = await attempt(what, () => account.serverTypes.of(spec.zone));
  const type = types.find(({ name }) => name === spec.type);
  const [image, group, volumes] = await Promise.all([
    attempt(what, () => imageProblems(account, spec, type)),
    attempt(what, () => securityGroupProblems(account, spec)),
    attempt(what, () => volumeProblems(account, spec)),
  ]);
  const zone = known ? [] : [zoneProblem(asked.zone)];
  return [
    ...zone,
    ...typeProblems(spec, type, types),
    ...image,
    ...group,
    ...volumes,
    ...userDataProblems(spec),
  ];
}

function zoneProblem(zone: string): Problem {
  const suggestion = didYouMean(zone, scalewayZones) ?? `one of ${scalewayZones.join(", ")}`;
  return { path: "zone", message: `zone ${zone} is unknown`, suggestion };
}

/** Assumed: the 127,998 bytes that the documentation of user data names; no recording shows the refusal. */
const LONGEST_USER_DATA_BYTES = 127_998;
/** https://www.scaleway.com/en/developers/api/block: "minimum (1GB) and maximum (10TB) allowed size". */
const BLOCK_VOLUME_GB = { min: 1, max: 10_000 };

function userDataProblems(spec: InstanceSpec): Problem[] {
  const bytes = Buffer.byteLength(guestUserData(spec) ?? "");
  if (bytes <= LONGEST_USER_DATA_BYTES) return [];
  const joined = spec.ready === "cloud-init" ? ", with what reports to Mayfly," : "";
  const suggestion = "let cloud-init fetch the rest: `#include` and an URL";
  return [
    {
      path: "userData",
      message: `user data${joined} has ${bytes} bytes, at most ${LONGEST_USER_DATA_BYTES} fit`,
      suggestion,
    },
  ];
}

function typeProblems(spec: InstanceSpec, type: ServerType | undefined, types: ServerType[]): Problem[] {
  const path = "type";
  if (type === undefined)
    return [
      {
        path,
        message: `type ${spec.type} is unknown in ${spec.zone}`,
        suggestion:
          didYouMean(
            spec.type,
            types.map(({ name }) => name),
          ) ?? "`mayfly types` lists what there is",
      },
    ];
  if (type.available) return [];
  const others = types
    .filter((other) => other.available && other.arch === type.arch)
    .sort((a, b) => unlikeness(a, type) - unlikeness(b, type))
    .slice(0, 3)
    .map(({ name }) => name);
  const suggestion = others.length === 0 ? undefined : `available and alike: ${others.join(", ")}`;
  return [{ path, message: `type ${spec.type} is out of stock in ${spec.zone}`, suggestion }];
}

function unlikeness(a: ServerType, b: ServerType): number {
  const ratio = (x: number, y: number) => Math.abs(Math.log((x + 1) / (y + 1)));
  return (
    ratio(a.vcpus, b.vcpus) +
    ratio(a.memoryGib, b.memoryGib) +
    ratio(a.priceMicrosPerHour ?? 0, b.priceMicrosPerHour ?? 0) / 4
  );
}

async function imageProblems(
  account: Account,
  spec: InstanceSpec,
  type: ServerType | undefined,
): Promise<Problem[]> {
  const path = "image";
  const { image, zone, rootVolumeGb } = spec;
  const problems: Problem[] = [];
  let onBlock = type?.block ?? true;
  if (isUuid(image)) {
    const arch = await archOf(account, image, zone);
    if (arch === undefined)
      problems.push({
        path,
        message: `image ${image} is unknown in ${zone}`,
        suggestion: "an image is of one zone; `mayfly images` lists labels, which are known in all",
      });
    else if (type !== undefined && arch !== type.arch)
      problems.push({ path, message: `image ${image} is for ${arch}, and ${type.name} is ${type.arch}` });
  } else if (type === undefined) {
    problems.push(...(await refusals(path, () => account.images.assertKnown(image))));
  } else {
    problems.push(
      ...(await refusals(path, async () => {
        const { rootVolume } = await account.images.resolve({ image, zone, type: type.name });
        onBlock = rootVolume === "sbs_volume";
      })),
    );
  }
  if (rootVolumeGb !== undefined && type !== undefined)
    problems.push(...rootVolumeProblems(rootVolumeGb, onBlock, type));
  return problems;
}

function rootVolumeProblems(gb: number, onBlock: boolean, type: ServerType): Problem[] {
  const { min, max } = onBlock
    ? BLOCK_VOLUME_GB
    : { min: Math.max(1, type.localBytes.min / 1e9), max: type.localBytes.max / 1e9 };
  if (gb >= min && gb <= max) return [];
  return [
    {
      path: "rootVolumeGb",
      message: `a root volume of ${gb} GB is out of bounds for ${type.name}`,
      suggestion: `from ${min} to ${max} GB`,
    },
  ];
}

async function securityGroupProblems(
  account: Account,
  { securityGroup, zone }: InstanceSpec,
): Promise<Problem[]> {
  if (securityGroup === undefined) return [];
  return refusals("securityGroup", () => account.securityGroups.resolve(securityGroup, zone));
}

/** Those that are to be there already. */
async function volumeProblems(account: Account, { volumes = [], zone }: InstanceSpec): Promise<Problem[]> {
  const problems = volumes.map(async ({ name, sizeGb }, index): Promise<Problem[]> => {
    if (sizeGb !== undefined) return [];
    const path = `volumes.${index}`;
    const found = await account.volumes.find(name, zone);
    if (!found)
      return [
        {
          path,
          message: `volume ${name} is unknown in ${zone}`,
          suggestion: `with a size it is made: ${name}:20GB; \`mayfly volume list\` shows what there is`,
        },
      ];
    if (found.machine === undefined) return [];
    return [
      { path, message: `volume ${name} is held by machine ${found.machine}`, suggestion: "detach it first" },
    ];
  });
  return (await Promise.all(problems)).flat();
}

/** A refusal for what was asked is a problem to show; anything else is thrown. */
async function refusals(path: string, check: () => Promise<unknown>): Promise<Problem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [{ path, message: error.message, suggestion: error.suggestion }];
  }
}

async function archOf(account: Account, imageId: string, zone: string): Promise<string | undefined> {
  try {
    return (await account.read.instance.getImage({ imageId, zone })).image?.arch;
  } catch (error) {
    if (error instanceof ScalewayCallError && error.kind === "not_found") return undefined;
    throw error;
  }
}
