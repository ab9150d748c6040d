import type { ProviderErrorCode } from "../error.ts";

/**
 * What to do next, by the cloud's own code and status, never by its prose.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function errorCode(name: string, status: number | undefined): ProviderErrorCode {
  const known = CODES.get(name);
  if (known !== undefined) return known;
  if (isThrottle(name) || status === 429) return "rate_limited";
  if (name.endsWith("LimitExceeded")) return "quota_exceeded";
  if (name.startsWith("Insufficient")) return "insufficient_capacity";
  // What we name exists or existed; a young thing may not be known everywhere yet.
  if (name.endsWith("NotFound")) return "conflict";
  if (/(InUse|Duplicate)$/.test(name) || name.startsWith("Incorrect")) return "conflict";
  if (status === undefined || status >= 500) return "unavailable";
  if (status === 401 || status === 403) return "unauthorized";
  return "invalid_input";
}

/** Too many calls: nothing happened. */
export const isThrottle = (name: string): boolean => THROTTLES.has(name) || /Throttl/.test(name);

const THROTTLES: ReadonlySet<string> = new Set([
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "BandwidthLimitExceeded",
  "SlowDown",
  "SnapshotCreationPerVolumeRateExceeded",
]);

const CODES: ReadonlyMap<string, ProviderErrorCode> = new Map(
  Object.entries({
    insufficient_capacity: ["Unsupported", "UnsupportedHostConfiguration"],
    quota_exceeded: ["MaxSpotInstanceCountExceeded", "ResourceCountExceeded", "PendingVerification"],
    unavailable: [
      "InternalError",
      "InternalFailure",
      "RequestTimeout",
      "ServiceUnavailable",
      "Unavailable",
      // The attempt that had this token first has happened: what it made is to be found.
      "IdempotentParameterMismatch",
    ],
    conflict: [
      "ConcurrentTagAccess",
      "DependencyViolation",
      "InvalidSubnet.Conflict",
      "OperationNotPermitted",
      "PriorRequestNotComplete",
      "ResourceAlreadyExists",
      "IdempotentInstanceTerminated",
    ],
    unauthorized: [
      "AccessDenied",
      "AccessDeniedException",
      "AuthFailure",
      "Blocked",
      "CredentialsProviderError",
      "ExpiredToken",
      "ExpiredTokenException",
      "IncompleteSignature",
      "InvalidAccessKeyId",
      "InvalidClientTokenId",
      "MissingAuthenticationToken",
      "OptInRequired",
      "RequestExpired",
      "SignatureDoesNotMatch",
      "TokenProviderError",
      "UnauthorizedOperation",
      "UnrecognizedClientException",
    ],
    invalid_input: ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidSnapshot.NotFound"],
  } satisfies Partial<Record<ProviderErrorCode, string[]>>).flatMap(([code, names]) =>
    names.map((name) => [name, code as ProviderErrorCode] as const),
  ),
);
