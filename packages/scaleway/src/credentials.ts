import { ScalewayCallError } from "./call-error.ts";

export interface ScalewayCredentials {
  /** `SCW` and 17 capital letters or digits. */
  accessKey: string;
  /** A UUID. */
  secretKey: string;
  projectId: string;
  organizationId?: string;
  /** For calls that name none. */
  zone?: string;
}

/** Throws what the SDK would, before the SDK does: its message would show the secret. */
export function assertCredentials(credentials: ScalewayCredentials): void {
  const refuse = (explanation: string) =>
    new ScalewayCallError({ kind: "unauthorized", operation: "read credentials", explanation });
  if (!ACCESS_KEY.test(credentials.accessKey))
    throw refuse("the access key is not SCW and 17 capital letters or digits");
  if (!UUID.test(credentials.secretKey)) throw refuse("the secret key is not a UUID");
  if (!UUID.test(credentials.projectId)) throw refuse("the project id is not a UUID");
  if (credentials.organizationId !== undefined && !UUID.test(credentials.organizationId))
    throw refuse("the organization id is not a UUID");
}

const ACCESS_KEY = /^SCW[A-Z0-9]{17}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
