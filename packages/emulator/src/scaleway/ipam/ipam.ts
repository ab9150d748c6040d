import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { attachRoutes } from "./attach-routes.ts";
import { ipamRoutes } from "./ipam-routes.ts";
import type { PrivateAddressRow } from "./rows.ts";

/** All addresses of a region: those of private networks are its own, public ones belong to the instances. */
export function ipam(): Product {
  return {
    routes: [...ipamRoutes(), ...attachRoutes()],
    holds: {
      privateAddress: holding<PrivateAddressRow>({ kind: "privateAddress", own: (row) => !row.isBooked }),
    },
  };
}
