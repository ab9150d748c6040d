import { didYouMean } from "../../lifecycle/nearest.ts";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { MachineType, Problem } from "../provider.ts";
import type { Account } from "./account.ts";
import { attempt } from "./attempt.ts";
import type { Build } from "./images.ts";
import { archOf } from "./instance-types.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import type { SubnetFacts } from "./subnets.ts";
import { userDataProblem } from "./user-data.ts";

/** Every problem of a request at once, each with what could have been meant. */
export async function validate(
  account: Account,
  zones: readonly string[],
  asked: InstanceSpec,
): Promise<Problem[]> {
  const known = zones.includes(asked.zone);
  // What is asked of a zone that does not exist is still judged, by what the first zone has.
  const spec = known ? asked : { ...asked, zone: zones[0]! };
  const zone: Problem[] = known ? [] : [zoneProblem(asked.zone, zones)];
  return attempt(`validate on aws ${spec.zone}`, async () => {
    const type = await account.types.named(spec.type, spec.zone);
    const [image, place] = await Promise.all([
      imageProblems(account, spec, type),
      placeProblems(account, spec),
    ]);
    const userData = userDataProblem(spec);
    return [
      ...zone,
      ...(await typeProblems(account, spec, type)),
      ...image,
      ...place,
      ...keyProblems(spec),
      ...volumeProblems(spec),
      ...tagProblems(spec),
      ...(userData ? [userData] : []),
    ];
  });
}

function zoneProblem(zone: string, zones: readonly string[]): Problem {
  const suggestion = didYouMean(zone, zones) ?? "`mayfly zones` lists what there is";
  return { path: "zone", message: `zone ${zone} is unknown`, suggestion };
}

async function typeProblems(
  account: Account,
  { type, zone }: InstanceSpec,
  found: MachineType | undefined,
): Promise<Problem[]> {
  if (found?.available) return [];
  if (found !== undefined)
    return [
      {
        path: "type",
        message: `type ${type} is not offered in ${zone}`,
        suggestion: "take another zone or type",
      },
    ];
  const names = (await account.types.of(zone)).map(({ name }) => name);
  const suggestion = didYouMean(type, names) ?? "`mayfly types` lists what there is";
  return [{ path: "type", message: `type ${type} is unknown in ${regionOf(zone)}`, suggestion }];
}

async function imageProblems(
  account: Account,
  { image, zone, rootVolumeGb }: InstanceSpec,
  type: MachineType | undefined,
): Promise<Problem[]> {
  const path = "image";
  const resolved = await orProblem(path, () => account.images.resolve(image, regionOf(zone), archOf(type)));
  if ("problem" in resolved) return [resolved.problem];
  const build: Build = resolved.value;
  const problems: Problem[] = [];
  if (type !== undefined && build.arch !== archOf(type))
    problems.push({ path, message: `image ${image} is for ${build.arch}, and ${type.name} is ${type.arch}` });
  if (rootVolumeGb !== undefined && rootVolumeGb * 1e9 < build.rootGib * 2 ** 30)
    problems.push({
      path: "rootVolumeGb",
      message: `a root volume of ${rootVolumeGb} GB is too small for ${image}`,
      suggestion: `at least ${Math.ceil((build.rootGib * 2 ** 30) / 1e9)} GB`,
    });
  return problems;
}

async function placeProblems(account: Account, spec: InstanceSpec): Promise<Problem[]> {
  const { ipv6, network, securityGroup, zone } = spec;
  // A network that is named may be made only later.
  if (network !== undefined) return [];
  const place = await orProblem("zone", () => account.subnets.defaultOf(zone));
  if ("problem" in place) return [place.problem];
  const subnet: SubnetFacts = place.value;
  const problems: Problem[] = [];
  if (ipv6 && !subnet.hasIpv6)
    problems.push({
      path: "ipv6",
      message: `the default subnet of ${zone} has no IPv6 range`,
      suggestion: "leave it out, or give the subnet a range",
    });
  if (securityGroup !== undefined) {
    const { vpc } = subnet;
    const found = await orProblem("securityGroup", () =>
      account.securityGroups.resolve(securityGroup, vpc, regionOf(zone)),
    );
    if ("problem" in found) problems.push(found.problem);
  }
  return problems;
}

/** The cloud puts one key into a machine, of two kinds. */
function keyProblems({ sshKeys = [] }: InstanceSpec): Problem[] {
  const path = "sshKeys";
  const problems: Problem[] = [];
  if (sshKeys.length > 1)
    problems.push({
      path,
      message: `aws puts one key into a machine, not ${sshKeys.length}`,
      suggestion: "give one, and the others by ssh_authorized_keys in the user data",
    });
  for (const { publicKey } of sshKeys)
    if (!/^ssh-(rsa|ed25519) /.test(publicKey))
      problems.push({
        path,
        message: `aws takes no key of the kind ${publicKey.split(" ", 1)[0]}`,
        suggestion: "give an ssh-ed25519 or ssh-rsa key",
      });
  return problems;
}

/** One that stood before can only be attached to a machine that runs: by then its create is over. */
function volumeProblems({ volumes = [] }: InstanceSpec): Problem[] {
  return volumes.flatMap(({ name, sizeGb }, index) =>
    sizeGb === undefined
      ? [
          {
            path: `volumes.${index}`,
            message: `aws attaches volume ${name} only to a machine that runs`,
            suggestion: `leave it out; with a size it is made: ${name}:20GB`,
          },
        ]
      : [],
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const tagProblems = ({ tags }: InstanceSpec): Problem[] =>
  tags.some((tag) => /^aws:/i.test(tag))
    ? [
        {
          path: "tags",
          message: "a tag that begins with aws: is Amazon's",
          suggestion: "call it something else",
        },
      ]
    : [];

type Result<Value> = { value: Value } | { problem: Problem };

/** A refusal for what was asked is a problem to show; anything else is thrown. */
async function orProblem<Value>(path: string, check: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return { value: await check() };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { problem: { path, message: error.message, suggestion: error.suggestion } };
  }
}
