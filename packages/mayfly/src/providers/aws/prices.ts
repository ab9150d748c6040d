/** The day of the list, and where it holds: no figure stands for another region. */
export const PRICES_OF = "2025-12";
const PRICED_REGION = "us-east-1";

/** https://aws.amazon.com/ebs/pricing/ has $0.08 for a GiB and month; a month has 730 hours. */
export const GP3_GIB_MICROS_PER_HOUR = 80_000 / 730;
/** https://aws.amazon.com/vpc/pricing/: a public IPv4 address, in use or not. */
export const IPV4_MICROS_PER_HOUR = 5_000;

export const isPriced = (region: string): boolean => region === PRICED_REGION;

/**
 * US dollars for an hour of the family's `large`, Linux, on demand, without disk and address: from the public price list
 * https://aws.amazon.com/ec2/pricing/on-demand/. Families of which published copies of it disagree are left out.
 */
const LARGE_USD: Readonly<Record<string, number>> = {
  t2: 0.0928,
  t3: 0.0832,
  t3a: 0.0752,
  t4g: 0.0672,
  m5: 0.096,
  m6i: 0.096,
  m6g: 0.077,
  m7i: 0.1008,
  m7g: 0.0816,
  c5: 0.085,
  c6i: 0.085,
  c6g: 0.068,
  c7g: 0.0725,
  r5: 0.126,
  r6i: 0.126,
};

/** Each size costs twice the one before it. */
const SIZES: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
};

/** Two sizes the list rounds off. */
const ROUNDED_USD: Readonly<Record<string, number>> = { "t2.small": 0.023, "c7g.medium": 0.0363 };

/** In millionths of a US dollar an hour; undefined where no list says it. */
export function priceOf(type: string, region: string): number | undefined {
  if (!isPriced(region)) return undefined;
  const [family = "", size = ""] = type.split(".");
  const [large, times] = [LARGE_USD[family], SIZES[size]];
  if (large === undefined || times === undefined) return undefined;
  return Math.round((ROUNDED_USD[type] ?? large * times) * 1e6);
}
