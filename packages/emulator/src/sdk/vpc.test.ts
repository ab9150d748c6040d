import { describe } from "node:test";
import { Vpcv2 } from "@scaleway/sdk-vpc";
import { driving } from "./driving.ts";
import { privateNetworks } from "./vpc/private-networks.ts";
import { vpcs } from "./vpc/vpcs.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Vpcv2.API, {
  package: "@scaleway/sdk-vpc",
  version: "v2",
});

describe("vpc v2, through the official SDK", () => {
  vpcs(begin);
  privateNetworks(begin);
  everyMethodIsDriven({});
  everyAnswerIsAsPromised();
});
