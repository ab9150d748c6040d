import { ScalewayCallError } from "@mayfly/scaleway";
import type { CallErrorKind } from "@mayfly/scaleway";

interface S3Failure {
  /** S3's own word: `NoSuchBucket`. */
  name: string;
  message: string;
  status: number | undefined;
}

export function s3Failure(error: unknown): S3Failure {
  const { name, message, $metadata } = error as Partial<Error> & { $metadata?: { httpStatusCode?: number } };
  return { name: name ?? "", message: message ?? "", status: $metadata?.httpStatusCode };
}

/** The call, whose failures have the names that every other call's have. */
export async function s3Call<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { name, message, status } = s3Failure(error);
    throw new ScalewayCallError({
      kind: kindOf(name, status),
      operation,
      explanation: message,
      status,
      type: name,
    });
  }
}

function kindOf(name: string, status: number | undefined): CallErrorKind {
  if (name === "SlowDown") return "rate_limited";
  if (name === "TooManyBuckets") return "quota_exceeded";
  if (status === undefined || status >= 500) return "unavailable";
  switch (status) {
    case 401:
    case 403:
      return "unauthorized";
    case 404:
      return "not_found";
    case 409:
      return "conflict";
    case 429:
      return "rate_limited";
    default:
      return "invalid_input";
  }
}
