/**
 * Where volumes beside the root are attached: places for as many as one request may ask for.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html recommends f to p for data, and has the others.
 */
export const dataDevices: readonly string[] = [..."fghijklmnopqrst"].map((letter) => `/dev/sd${letter}`);
