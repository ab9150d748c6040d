import { uuidOf } from "../seed/images.ts";
import { MYSQL_SETTINGS, POSTGRESQL_SETTINGS } from "./settings-seed.ts";

export interface EngineVersion {
  /** `PostgreSQL-17` */
  readonly name: string;
  readonly engine: "PostgreSQL" | "MySQL";
  readonly version: string;
  readonly minorVersion: string;
  readonly endOfLife: string;
  /** No new instances. */
  readonly disabled: boolean;
  readonly port: number;
}

const postgresql = (version: string, minor: number, endOfLife: string, disabled = false): EngineVersion => ({
  name: `PostgreSQL-${version}`,
  engine: "PostgreSQL",
  version,
  minorVersion: `${version}.${minor}`,
  endOfLife,
  disabled,
  port: 5432,
});

/** As recorded in August 2026, the youngest first. */
const ENGINES: readonly EngineVersion[] = [
  {
    name: "MySQL-8",
    engine: "MySQL",
    version: "8",
    minorVersion: "8.4",
    endOfLife: "2028-04-01T00:00:00Z",
    disabled: false,
    port: 3306,
  },
  postgresql("17", 9, "2029-11-08T00:00:00Z"),
  postgresql("16", 13, "2028-11-09T00:00:00Z"),
  postgresql("15", 17, "2027-11-11T00:00:00Z"),
  postgresql("14", 22, "2026-11-12T00:00:00Z"),
  postgresql("13", 23, "2025-11-13T00:00:00Z", true),
  postgresql("12", 22, "2024-11-14T00:00:00Z", true),
  postgresql("11", 22, "2023-11-09T00:00:00Z", true),
  postgresql("10", 23, "2022-11-10T00:00:00Z", true),
  postgresql("9.6", 24, "2021-11-11T00:00:00Z", true),
];

export function engineNamed(name: string): EngineVersion | undefined {
  return ENGINES.find((engine) => engine.name === name);
}

/** What an instance of that engine can be upgraded to. */
export function upgradesOf(name: string): { id: string; to: EngineVersion }[] {
  const from = engineNamed(name);
  return ENGINES.filter(
    (one) => one.engine === from?.engine && !one.disabled && Number(one.version) > Number(from.version),
  )
    .toSorted((a, b) => Number(a.version) - Number(b.version))
    .map((to) => ({ id: uuidOf(`engine/${to.name}`), to }));
}

/** Both engines with their versions, and what can be set in each. */
export function viewEngines(region: string): Record<string, unknown>[] {
  return (["MySQL", "PostgreSQL"] as const).map((engine) => ({
    name: engine,
    logo_url: `https://s3.nl-ams.scw.cloud/scw-rdb-logos/${engine.toLowerCase()}.svg`,
    versions: ENGINES.filter((one) => one.engine === engine).map(viewVersion),
    region,
  }));
}

function viewVersion(one: EngineVersion): Record<string, unknown> {
  const isMysql = one.engine === "MySQL";
  const settings = isMysql ? MYSQL_SETTINGS : POSTGRESQL_SETTINGS.filter((seed) => has(one, seed));
  return {
    version: one.version,
    name: one.name,
    end_of_life: one.endOfLife,
    available_settings: settings.map(viewSetting),
    available_init_settings: isMysql
      ? [viewSetting(["lower_case_table_names", "INT", "0", 0, 1, null, false])]
      : [],
    disabled: one.disabled,
    beta: false,
  };
}

type Seed = (typeof POSTGRESQL_SETTINGS)[number];

function has({ version }: EngineVersion, [, , , , , , , since = "0", until = "99"]: Seed): boolean {
  return Number(version) >= Number(since) && Number(version) <= Number(until);
}

function viewSetting([name, type, value, min, max, unit, hot]: Seed): Record<string, unknown> {
  return {
    name,
    property_type: type,
    default_value: value,
    description: `Sets ${name} of the engine`,
    hot_configurable: hot,
    unit,
    string_constraint: null,
    int_min: type === "INT" ? min : null,
    int_max: type === "INT" ? max : null,
    float_min: type === "FLOAT" ? min : null,
    float_max: type === "FLOAT" ? max : null,
  };
}
