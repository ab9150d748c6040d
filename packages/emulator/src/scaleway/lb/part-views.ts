import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { viewDates, viewLb } from "./lb-view.ts";
import type { Shown } from "./lb-view.ts";
import { backends, certificates, frontends, lbs } from "./rows.ts";
import type { AclRow, BackendRow, CertificateRow, FrontendRow, LbPart, RouteRow } from "./rows.ts";

type View = Record<string, unknown>;

/** How much of the machines a frontend shows: of its own load balancer, and of its backend's. */
export interface FrontendShown {
  readonly own: Shown;
  readonly backends: Shown;
}

const WITHOUT: FrontendShown = { own: "without machines", backends: "without machines" };

export function viewBackend(world: World, row: BackendRow, shown: Shown): View {
  return {
    id: row.id,
    name: row.name,
    ...row.settings,
    health_check: row.healthCheck,
    pool: row.pool,
    lb: lbOf(world, row, shown),
    ...viewDates(row),
  };
}

export function viewFrontend(world: World, row: FrontendRow, shown: FrontendShown = WITHOUT): View {
  const backend = backends(world).get(row.backendId);
  const [first] = row.certificateIds;
  const certificate = first === undefined ? undefined : certificates(world).get(first);
  return {
    id: row.id,
    name: row.name,
    ...row.settings,
    backend: backend ? viewBackend(world, backend, shown.backends) : null,
    lb: lbOf(world, row, shown.own),
    certificate: certificate ? viewCertificate(world, certificate, "without machines") : null,
    certificate_ids: row.certificateIds,
    ...viewDates(row),
  };
}

export function viewAcl(world: World, row: AclRow): View {
  const frontend = frontends(world).get(row.frontendId);
  return {
    id: row.id,
    name: row.name,
    match: row.match,
    action: row.action,
    frontend: frontend ? viewFrontend(world, frontend) : null,
    index: row.index,
    description: row.description,
    ...viewDates(row),
  };
}

export function viewRoute(row: RouteRow): View {
  return {
    id: row.id,
    frontend_id: row.frontendId,
    backend_id: row.backendId,
    match: row.match,
    ...viewDates(row),
  };
}

const NEVER = "0001-01-01T00:00:00Z";

export function viewCertificate(world: World, row: CertificateRow, shown: Shown): View {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    status: row.status,
    status_details: null,
    common_name: row.commonName,
    subject_alternative_name: row.alternativeNames,
    fingerprint: row.fingerprint,
    not_valid_before: row.valid ? zuluDate(row.valid.from) : NEVER,
    not_valid_after: row.valid ? zuluDate(row.valid.until) : NEVER,
    lb: lbOf(world, row, shown),
    ...viewDates(row),
  };
}

function lbOf(world: World, part: LbPart, shown: Shown): View | null {
  const lb = lbs(world).get(part.lbId);
  return lb ? viewLb(world, lb, shown) : null;
}
