import { first } from "./0001-first.ts";
import { shared } from "./0002-shared.ts";
import { keyAge } from "./0003-key-age.ts";
import { deliveries } from "./0004-deliveries.ts";
import { duties } from "./0005-duties.ts";
import { buckets } from "./0006-buckets.ts";
import type { Migration } from "./migration.ts";

export const migrations: readonly Migration[] = [first, shared, keyAge, deliveries, duties, buckets];
