import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { AWS_ZONE, anAwsWorld } from "../../testing/aws-world.ts";
import type { AwsWorld } from "../../testing/aws-world.ts";
import { OUT_OF_STOCK } from "../../testing/ec2-layer.ts";
import { startMoto } from "../../testing/moto.ts";
import { describeProvider } from "../contract.ts";
import type { ProviderWorld } from "../contract.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;

async function aContractWorld(): Promise<ProviderWorld> {
  const world = await anAwsWorld(moto!);
  await giveIpv6(world);
  const before = await world.left();
  return {
    provider: world.provider(),
    advance: (ms) => world.clock.advance(ms),
    async leftovers() {
      const left = await world.left();
      return {
        ...left,
        volumes: left.volumes - before.volumes,
        addresses: left.addresses - before.addresses,
      };
    },
    makeForeign: async () => {
      await world.console.runInstances({
        ImageId: "ami-0bbbbbbbbbbbbbb01",
        InstanceType: "t3.nano",
        MinCount: 1,
        MaxCount: 1,
      });
      await world.console.allocateAddress({});
    },
    spec: { zone: AWS_ZONE, type: "t3.micro", image: "ubuntu-24.04", userData: "#cloud-config\n" },
    ipv6IsApart: false,
    guestWrites(machineId, text) {
      const said = deflateSync(text).toString("base64");
      world.layer.consoles.set(machineId, `[    1.0] booting\r\n\r\nmayfly-report:${said}:\r\nlogin: `);
    },
    outOfStockType: OUT_OF_STOCK,
  };
}

/** The default network of a new account has none. */
async function giveIpv6({ console }: AwsWorld): Promise<void> {
  const { Vpcs: [vpc] = [] } = await console.describeVpcs({
    Filters: [{ Name: "is-default", Values: ["true"] }],
  });
  await console.associateVpcCidrBlock({ VpcId: vpc!.VpcId, AmazonProvidedIpv6CidrBlock: true });
  const { Vpcs: [given] = [] } = await console.describeVpcs({ VpcIds: [vpc!.VpcId!] });
  const range = given!.Ipv6CidrBlockAssociationSet![0]!.Ipv6CidrBlock!;
  const filters = [{ Name: "availability-zone", Values: [AWS_ZONE] }];
  const { Subnets: [subnet] = [] } = await console.describeSubnets({ Filters: filters });
  const Ipv6CidrBlock = range.replace(/\/\d+$/, "/64");
  await console.associateSubnetCidrBlock({ SubnetId: subnet!.SubnetId, Ipv6CidrBlock });
}

if (moto === undefined) test("the provider aws holds to the contract", { skip }, () => {});
else describeProvider("aws", aContractWorld);
