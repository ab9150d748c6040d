import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";
import type { CommonAttributes, Kind } from "./kind.ts";
import { listOwn } from "./list-own.ts";
import type { DeleteRequest } from "./logic.ts";

export async function remove<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  { wanted, known, superseded, claims }: DeleteRequest<Props, Attributes>,
): Promise<void> {
  const { mark, props } = wanted;
  // 1. the one that the engine knows, with what it may have left when it went on its own
  if (known !== undefined) {
    const place = kind.placeOf(known);
    await kind.remove(cloud, { id: known.id, place }, { mark, props, known });
    await kind.removeRest?.(cloud, place, { mark, props, known });
  }
  if (superseded) return;

  // 2. what interrupted runs made and no state names
  for (const { id, place } of await listOwn(kind, cloud, wanted, claims))
    if (id !== known?.id) await kind.remove(cloud, { id, place }, { mark, props });
  const places = new Set([wanted.place, ...(await claims.all()).map(({ place }) => place)]);
  for (const place of places) await kind.removeRest?.(cloud, place, { mark, props });
  await claims.release();
}
