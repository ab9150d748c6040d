import { didYouMean } from "../../lifecycle/nearest.ts";
import type { Clients } from "./clients.ts";
import { everyPage } from "./every-page.ts";
import { nameOf } from "./marks.ts";
import { Refused } from "../refused.ts";

/** The region's default VPC, or the one with this id or exactly this name, and its range. */
export async function vpcOf(
  clients: Clients,
  region: string,
  wanted: string | undefined,
): Promise<{ id: string; range: string }> {
  const ec2 = await clients.ec2("read", region);
  const all = await everyPage(`VPCs of ${region}`, async (NextToken) => {
    const answer = await ec2.describeVpcs({ NextToken, MaxResults: 1_000 });
    return { items: answer.Vpcs, next: answer.NextToken };
  });
  const [found, ...others] =
    wanted === undefined
      ? all.filter(({ IsDefault }) => IsDefault)
      : all.filter(({ VpcId, Tags }) => VpcId === wanted || nameOf(Tags) === wanted);
  if (found !== undefined && others.length === 0)
    return { id: found.VpcId ?? "", range: found.CidrBlock ?? "" };
  if (found !== undefined)
    throw new Refused(`${others.length + 1} VPCs of ${region} are named ${wanted}`, "give an id");
  if (wanted === undefined)
    throw new Refused(
      `${region} has no default VPC`,
      "name one, or make it with `aws ec2 create-default-vpc`",
    );
  const names = all.map(({ VpcId, Tags }) => nameOf(Tags) || (VpcId ?? ""));
  throw new Refused(
    `VPC ${wanted} is unknown in ${region}`,
    didYouMean(wanted, names) ?? `there are: ${names.slice(0, 5).join(", ")}`,
  );
}
