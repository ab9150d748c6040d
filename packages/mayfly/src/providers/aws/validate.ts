import { didYouMean } from "../../lifecycle/nearest.ts";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { MachineType, Problem } from "../provider.ts";
import type { Account } from "./account.ts";
import { attempt } from "./attempt.ts";
import type { Build } from "./images.ts";
import { archOf } from "./instance-types.ts";
import type { Ec2Type } from "./instance-types.ts";
import { keyOf } from "./marks.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import type { SubnetFacts } from "./subnets.ts";
import { userDataProblem } from "./guest/guest-user-data.ts";

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
    const [image, place, volumes] = await Promise.all([
      imageProblems(account, spec, type),
      placeProblems(account, spec),
      volumeProblems(account, spec),
    ]);
    const userData = userDataProblem(spec);
    return [
      ...zone,
      ...(await typeProblems(account, spec, type)),
      ...image,
      ...place,
      ...keyProblems(spec),
      ...volumes,
      ...tagProblems(spec),
      ...readyProblems(spec, type),
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

/** The cloud itself puts one key into a machine, of two kinds; the others go by cloud-init. */
function keyProblems({ sshKeys: [first] = [] }: InstanceSpec): Problem[] {
  if (first === undefined || /^ssh-(rsa|ed25519) /.test(first.publicKey)) return [];
  return [
    {
      path: "sshKeys",
      message: `aws takes no key of the kind ${first.publicKey.split(" ", 1)[0]} as the first one`,
      suggestion: "give an ssh-ed25519 or ssh-rsa key first",
    },
  ];
}

async function volumeProblems(account: Account, { volumes = [], zone }: InstanceSpec): Promise<Problem[]> {
  const problems = volumes.map(async ({ name, sizeGb }, index): Promise<Problem[]> => {
    if (sizeGb !== undefined) return [];
    const path = `volumes.${index}`;
    const checked = await orProblem(path, () => account.volumes.find(name, zone));
    if ("problem" in checked) return [checked.problem];
    const found = checked.value;
    if (found === undefined)
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

/** What a guest writes to its serial console can be read at any time on one hypervisor only. */
const readyProblems = ({ ready }: InstanceSpec, type: Ec2Type | undefined): Problem[] =>
  ready !== "cloud-init" || type === undefined || type.isNitro
    ? []
    : [
        {
          path: "ready",
          message: `a machine of type ${type.name} cannot report about itself: it is not on the Nitro hypervisor`,
          suggestion: "use ssh, or a newer type such as t3.nano",
        },
      ];

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
function tagProblems({ tags, failsafe }: InstanceSpec): Problem[] {
  const path = "tags";
  const problems: Problem[] = [];
  if (tags.some((tag) => /^aws:/i.test(tag)))
    problems.push({
      path,
      message: "a tag that begins with aws: is Amazon's",
      suggestion: "call it something else",
    });
  // Metadata lists all tags or none: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
  const unreadable = failsafe ? tags.map(keyOf).filter((key) => !isForMetadata(key)) : [];
  if (unreadable.length > 0)
    problems.push({
      path,
      message: `a guest that is to read its deadline cannot have a tag with the key ${unreadable.join(", ")}`,
      suggestion: "keys are made of letters, digits and + - = . , _ : @; or use --no-failsafe",
    });
  return problems;
}

const isForMetadata = (key: string): boolean => /^(?!\.{1,2}$|_index$)[\w+\-=.,:@]+$/.test(key);

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
