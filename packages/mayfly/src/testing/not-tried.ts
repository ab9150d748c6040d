/** Says aloud that something is not tried here, and why; where nothing may be skipped it throws. For a test's `skip`. */
export function notTried(why: string): string {
  if (process.env["CI"]) throw new Error(`not tried, and in CI that is a failure: ${why}`);
  process.stderr.write(`NOT TRIED: ${why}\n`);
  return `NOT TRIED: ${why}`;
}
