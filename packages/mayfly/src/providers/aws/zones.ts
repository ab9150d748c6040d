/**
 * The regions that every account has, with the letters of their zones:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html. An account may not see each of
 * them; the cloud says which, when it is asked.
 */
const LETTERS: Readonly<Record<string, string>> = {
  "us-east-1": "abcdef",
  "us-east-2": "abc",
  "us-west-1": "abc",
  "us-west-2": "abcd",
  "ap-northeast-1": "abcd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": "abc",
  "ap-south-1": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ca-central-1": "abd",
  "eu-central-1": "abc",
  "eu-north-1": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "sa-east-1": "abc",
};

/** @param region one that the account has beyond those that every account has */
export function awsZones(region: string): string[] {
  const regions = { ...LETTERS, [region]: LETTERS[region] ?? "abcdef" };
  return Object.entries(regions).flatMap(([name, letters]) => [...letters].map((letter) => name + letter));
}
