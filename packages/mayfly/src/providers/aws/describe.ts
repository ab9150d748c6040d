import type { Address, EC2, Filter, Instance, NetworkInterface, Volume } from "@aws-sdk/client-ec2";
import { everyPage } from "./every-page.ts";

/** The largest page there is: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const MaxResults = 1_000;

/** The cloud's lists, whole. */
export const describe = {
  instances(ec2: EC2, Filters: Filter[], abortSignal?: AbortSignal): Promise<Instance[]> {
    return everyPage("instances", async (NextToken) => {
      const answer = await ec2.describeInstances({ Filters, NextToken, MaxResults }, { abortSignal });
      return {
        items: answer.Reservations?.flatMap(({ Instances = [] }) => Instances),
        next: answer.NextToken,
      };
    });
  },
  volumes(ec2: EC2, Filters: Filter[], abortSignal?: AbortSignal): Promise<Volume[]> {
    return everyPage("volumes", async (NextToken) => {
      const answer = await ec2.describeVolumes({ Filters, NextToken, MaxResults }, { abortSignal });
      return { items: answer.Volumes, next: answer.NextToken };
    });
  },
  interfaces(ec2: EC2, Filters: Filter[], abortSignal?: AbortSignal): Promise<NetworkInterface[]> {
    return everyPage("interfaces", async (NextToken) => {
      const answer = await ec2.describeNetworkInterfaces({ Filters, NextToken, MaxResults }, { abortSignal });
      return { items: answer.NetworkInterfaces, next: answer.NextToken };
    });
  },
  /** This list has no pages. */
  async addresses(ec2: EC2, Filters: Filter[], abortSignal?: AbortSignal): Promise<Address[]> {
    return (await ec2.describeAddresses({ Filters }, { abortSignal })).Addresses ?? [];
  },
};
