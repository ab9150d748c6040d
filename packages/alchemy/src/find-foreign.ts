import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";
import type { CommonAttributes, Kind, Wanted } from "./kind.ts";
import { markIn } from "./mark.ts";
import { Refusal } from "./refusal.ts";

/** The one of this name that is to be adopted; throws when its name is taken and it is not to be. */
export async function findForeign<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  wanted: Wanted<Props>,
  adopt: boolean,
): Promise<string | undefined> {
  const { name, place, projectId, mark } = wanted;
  if (!adopt && !kind.uniqueName) return undefined;
  const named = (await kind.list(cloud, { place, projectId, name })).filter(
    (each) => each.name === name && markIn(each.tags) !== mark,
  );
  const [found] = named;
  if (found === undefined) return undefined;
  const what = `${kind.noun} ${name} in ${place}`;
  if (!adopt)
    throw new Refusal(
      `${what} is there (${found.id}), and was not made by this resource; choose another name, or take it over with adopt: true`,
    );
  if (named.length > 1)
    throw new Refusal(
      `${what} is there ${named.length} times (${named.map(({ id }) => id).join(", ")}); rename all but the one to adopt`,
    );
  const owner = markIn(found.tags);
  if (owner !== undefined)
    throw new Refusal(
      `${what} (${found.id}) belongs to another resource (${owner}); delete it there, or choose another name`,
    );
  return found.id;
}
