/** It opens nothing, and the emulator takes no other. */
export const EMULATED_SECRET_KEY = "00000000-0000-4000-8000-000000000000";

/** The environment that makes Scaleway clients talk to an emulator. The keys open nothing. */
export const emulatedAccount = (url: string, projectId: string): Record<string, string> => ({
  SCW_API_URL: url,
  SCW_ACCESS_KEY: "SCWEMULATED000000000",
  SCW_SECRET_KEY: EMULATED_SECRET_KEY,
  SCW_DEFAULT_PROJECT_ID: projectId,
  SCW_DEFAULT_ORGANIZATION_ID: projectId,
  SCW_DEFAULT_REGION: "fr-par",
  SCW_DEFAULT_ZONE: "fr-par-1",
});
