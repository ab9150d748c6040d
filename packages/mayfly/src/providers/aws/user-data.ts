import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { Problem } from "../provider.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: "limited to 16 KB, in raw form". */
const LONGEST_USER_DATA_BYTES = 16_384;

export function userDataProblem({ userData = "" }: InstanceSpec): Problem | undefined {
  const bytes = Buffer.byteLength(userData);
  if (bytes <= LONGEST_USER_DATA_BYTES) return undefined;
  return {
    path: "userData",
    message: `user data has ${bytes} bytes, at most ${LONGEST_USER_DATA_BYTES} fit`,
    suggestion: "let cloud-init fetch the rest: `#include` and an URL",
  };
}
