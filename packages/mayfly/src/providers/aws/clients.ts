import type { EC2 } from "@aws-sdk/client-ec2";
import type { Clock } from "../../clock.ts";
import type { CallClass } from "../limiter.ts";

/** What calls are made with: one client for each region and class of calls, since each class has its place in the limiter. */
export interface Clients {
  clock: Clock;
  ec2(of: CallClass, region: string): Promise<EC2>;
}
