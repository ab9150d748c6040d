import type { Image as Ami } from "@aws-sdk/client-ec2";
import { didYouMean } from "../../lifecycle/nearest.ts";
import type { Image } from "../provider.ts";
import { createCache } from "../cache.ts";
import type { Clients } from "./clients.ts";
import { everyPage } from "./every-page.ts";
import { hasCode } from "./has-code.ts";
import { imageNames } from "./image-names.ts";
import type { Arch, ImageName } from "./image-names.ts";
import { Refused } from "../refused.ts";

const KEPT_MS = 600_000;

export interface Images {
  /** The build of an image in that region; the newest one of a name. Throws `Refused` when there is none. */
  resolve(image: string, region: string, arch: Arch): Promise<Build>;
  all(): Image[];
}

export interface Build {
  id: string;
  arch: string;
  rootDevice: string;
  /** Of 2^30 bytes, as the image brings it. */
  rootGib: number;
}

/** Kept for 10 minutes; a hundred creates at once ask once. */
export function createImages(clients: Clients): Images {
  const builds = createCache<Build>({ clock: clients.clock, ttlMs: KEPT_MS });
  return {
    all: () => imageNames.map(({ label, title }) => ({ label, name: title })),
    resolve(image, region, arch) {
      if (/^ami-[0-9a-f]+$/.test(image))
        return builds.get(`${region} ${image}`, () => byId(clients, image, region));
      const named = imageNames.find(({ label }) => label === image);
      if (named !== undefined)
        return builds.get(`${region} ${image} ${arch}`, () => newest(clients, named, region, arch));
      const labels = imageNames.map(({ label }) => label);
      const meant = didYouMean(image, labels) ?? `an id (ami-…), or one of ${labels.join(", ")}`;
      return Promise.reject(new Refused(`image ${image} is unknown`, meant));
    },
  };
}

async function byId(clients: Clients, id: string, region: string): Promise<Build> {
  const ec2 = await clients.ec2("read", region);
  try {
    const { Images: [found] = [] } = await ec2.describeImages({ ImageIds: [id] });
    if (found !== undefined && found.State !== "deregistered") return toBuild(found);
  } catch (error) {
    if (!hasCode(error, "InvalidAMIID.NotFound", "InvalidAMIID.Malformed", "InvalidAMIID.Unavailable"))
      throw error;
  }
  throw new Refused(`image ${id} is unknown in ${region}`, "an image has another id in each region");
}

async function newest(clients: Clients, named: ImageName, region: string, arch: Arch): Promise<Build> {
  const ec2 = await clients.ec2("read", region);
  const found = await everyPage(`images ${named.label}`, async (NextToken) => {
    const answer = await ec2.describeImages({
      // A name is anybody's; the owner's account is not.
      Owners: [named.owner],
      Filters: [
        { Name: "name", Values: [named.pattern[arch]] },
        { Name: "architecture", Values: [arch] },
        { Name: "state", Values: ["available"] },
      ],
      NextToken,
      MaxResults: 1_000,
    });
    return { items: answer.Images, next: answer.NextToken };
  });
  const [latest] = found.sort((a, b) => ((a.CreationDate ?? "") < (b.CreationDate ?? "") ? 1 : -1));
  if (latest === undefined)
    throw new Refused(
      `image ${named.label} has no build for ${arch} in ${region}`,
      "give an image by its id",
    );
  return toBuild(latest);
}

function toBuild({ ImageId = "", Architecture, RootDeviceName, BlockDeviceMappings = [] }: Ami): Build {
  const rootDevice = RootDeviceName ?? "/dev/xvda";
  const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === rootDevice);
  return { id: ImageId, arch: Architecture ?? "", rootDevice, rootGib: root?.Ebs?.VolumeSize ?? 8 };
}
