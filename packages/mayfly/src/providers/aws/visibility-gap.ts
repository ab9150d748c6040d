/**
 * Assumed: seconds as a rule, and no bound is promised.
 * https://docs.aws.amazon.com/AWSEC2/latest/DeveloperGuide/eventual-consistency.html
 */
export const VISIBILITY_GAP_MS = 30_000;
