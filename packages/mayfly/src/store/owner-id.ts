import type { Random } from "../random.ts";

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

/** 16 lowercase Crockford base32 characters: 80 bits. */
export const ownerId = (random: Random): string =>
  Array.from(random.bytes(16), (byte) => CROCKFORD[byte & 31]).join("");
