import type { CreateResourceInput } from "../api/create-resource.ts";
import type { ProblemItem } from "../api/problem.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import type { ResourceView } from "../api/resource-view.ts";
import type { Arguments } from "./arguments.ts";
import type { Option } from "./command.ts";

/** What the command line has to know of networks, firewalls, volumes or keys. */
export interface KindOfResource<K extends ResourceKind> {
  kind: K;
  summary: string;
  /** Its own columns of a list. */
  columns: Readonly<Record<string, (thing: ResourceView<K>) => string>>;
  /** Its own lines of a `show`; undefined ones are left out. */
  lines(thing: ResourceView<K>): Readonly<Record<string, string | undefined>>;
  create: {
    summary: string;
    /** What follows `NAME`. */
    usage: string;
    /** Arguments, the name counted. */
    takes: number;
    options: Readonly<Record<string, Option>>;
    details: string;
    /** What is asked for beside name, zone and account, and all that is wrong with it. */
    read(given: Arguments): {
      fields: Omit<CreateResourceInput[K], "name" | "zone" | "account">;
      problems: ProblemItem[];
    };
  };
}
