import { gzipSync } from "node:zlib";
import type { InstanceSpec } from "../../../lifecycle/instance.ts";
import type { Problem } from "../../provider.ts";
import type { GuestPart } from "../../guest/guest-part.ts";
import { joinParts } from "../../guest/join-parts.ts";
import { consoleReporter } from "./console-reporter.ts";
import { failsafe } from "./failsafe.ts";
import { letIn } from "./let-in.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: "limited to 16 KB, in raw form". */
const LONGEST_BYTES = 16_384;

type Spec = Pick<InstanceSpec, "userData" | "ready" | "failsafe" | "sshKeys">;

/**
 * What the guest gets as its cloud-init: what the user gave, and beside it what the request wants done in the guest. What we
 * joined and is too long goes compressed, as cloud-init reads it too.
 *
 * @param options.notBeforeS for a guest that may not see its tags change; see `failsafe`
 */
export function guestUserData(
  spec: Spec,
  { notBeforeS = 0 }: { notBeforeS?: number } = {},
): Buffer | undefined {
  const parts = partsOf(spec, notBeforeS);
  const joined = joinParts(spec.userData, parts);
  if (joined === undefined) return undefined;
  const plain = Buffer.from(joined);
  return plain.length <= LONGEST_BYTES || !isJoined(parts) ? plain : gzipSync(plain, { level: 9 });
}

/** Undefined: it fits, and cloud-init can read it. */
export function userDataProblem(spec: Spec): Problem | undefined {
  const path = "userData";
  const { userData = "" } = spec;
  const parts = partsOf(spec, 0);
  if (isJoined(parts) && !isForCloudInit(userData))
    return {
      path,
      message: `user data that is not for cloud-init cannot be joined with ${namesOf(parts)}`,
      suggestion:
        "begin it with #cloud-config or #!, or leave these out: --no-failsafe, --ready ssh, one key",
    };
  // The last instant that a tag can name is no shorter than any other.
  const bytes = guestUserData(spec, { notBeforeS: LATEST_S })?.length ?? 0;
  if (bytes <= LONGEST_BYTES) return undefined;
  const ours = isJoined(parts) ? ` with ${namesOf(parts)}, compressed` : "";
  return {
    path,
    message: `user data has ${bytes} bytes${ours}, at most ${LONGEST_BYTES} fit`,
    suggestion: "let cloud-init fetch the rest: `#include` and an URL",
  };
}

const LATEST_S = 9_999_999_999;

interface Parts {
  before: GuestPart[];
  after: GuestPart[];
}

function partsOf({ ready, failsafe: isFailsafe, sshKeys = [] }: Spec, notBeforeS: number): Parts {
  const hook = (name: string, text: string): GuestPart => ({ type: "text/cloud-boothook", name, text });
  return {
    before: [
      ...(isFailsafe ? [hook("mayfly-failsafe", failsafe({ notBeforeS }))] : []),
      ...(ready === "cloud-init" ? [hook("mayfly-report", consoleReporter())] : []),
    ],
    after: sshKeys.length > 1 ? [letIn(sshKeys)] : [],
  };
}

const isJoined = ({ before, after }: Parts): boolean => before.length + after.length > 0;
const namesOf = ({ before, after }: Parts): string =>
  [...before, ...after].map(({ name }) => name).join(", ");

/** By how it begins: https://docs.cloud-init.io/en/latest/explanation/format.html. */
const isForCloudInit = (text: string): boolean =>
  text.trim() === "" || text.trimStart().startsWith("#") || /mime-version:/i.test(text.slice(0, 4_096));
