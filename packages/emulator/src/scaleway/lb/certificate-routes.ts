import { X509Certificate } from "node:crypto";
import { record, required, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { plan } from "../../world.ts";
import type { Steps } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { containing, meeting } from "../listed.ts";
import { changedLb } from "./changed-lb.ts";
import { foundLb, foundPart } from "./found-lb.ts";
import { LBS } from "./lb-routes.ts";
import { newPart } from "./new-part.ts";
import { viewCertificate } from "./part-views.ts";
import { byLb, certificates, frontends } from "./rows.ts";
import type { CertificateRow, FrontendRow } from "./rows.ts";

const ONE = "/lb/v1/zones/{zone}/certificates/{id}";
const NINETY_DAYS_MS = 90 * 86_400_000;

export function certificateRoutes(): Route[] {
  const all = `${LBS}/{id}/certificates`;
  return [
    { operation: "listCertificates", method: "GET", path: all, handle: listCertificates },
    { operation: "createCertificate", method: "POST", path: all, handle: createCertificate },
    {
      operation: "getCertificate",
      method: "GET",
      path: ONE,
      handle: (call) => answer(call, certificateOf(call)),
    },
    { operation: "updateCertificate", method: "PUT", path: ONE, handle: updateCertificate },
    { operation: "deleteCertificate", method: "DELETE", path: ONE, handle: deleteCertificate },
  ];
}

export const certificateSteps: Steps = {
  "lbCertificate:ready": (world, id, at) => {
    const row = certificates(world).get(id);
    if (!row) return;
    const fingerprint = world.random.hex(40);
    const valid = { from: at, until: at + NINETY_DAYS_MS };
    certificates(world).put({ ...row, status: "ready", fingerprint, valid, modifiedAt: at }, at);
  },
};

function certificateOf(call: Call): CertificateRow {
  return foundPart(call, certificates(call.world), call.params.id ?? "", "certificate");
}

function answer(call: Call, row: CertificateRow): Answer {
  return json(200, viewCertificate(call.world, row, "without machines"));
}

function listCertificates(call: Call): Answer {
  const { query, world } = call;
  const rows = meeting(certificates(world).by(byLb, foundLb(call).id) as readonly CertificateRow[], [
    containing(query, "name", (row) => row.name),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  const view = (row: CertificateRow) => viewCertificate(world, row, "without machines");
  return bodyPage(call, { key: "certificates", rows, order, view });
}

type Given = Pick<CertificateRow, "type" | "commonName" | "alternativeNames" | "status" | "valid">;

function createCertificate(call: Call): Answer {
  const { world, now } = call;
  const lb = foundLb(call);
  const body = call.body();
  const row: CertificateRow = {
    ...newPart(call, lb, required(body, "name")),
    ...givenOf(body),
    fingerprint: "",
  };
  certificates(world).put(row, now);
  if (row.status === "pending")
    plan(world, {
      step: "lbCertificate:ready",
      id: row.id,
      epoch: 0,
      from: now,
      span: DURATIONS.lbCertificate,
    });
  const shown = json(200, viewCertificate(world, row, "whole"));
  changedLb(call, row);
  return shown;
}

function givenOf(body: Body): Given {
  const custom = record(body, "custom_certificate");
  if (custom) return readCertificate(required(custom, "certificate_chain"));
  const wanted = record(body, "letsencrypt");
  if (!wanted) throw invalidArgument("letsencrypt", "required");
  return {
    type: "letsencrypt",
    commonName: required(wanted, "common_name"),
    alternativeNames: texts(wanted, "subject_alternative_name") ?? [],
    status: "pending",
    valid: null,
  };
}

/** One that the caller brings: whether its key fits is not looked at. */
function readCertificate(chain: string): Given {
  let read: X509Certificate;
  try {
    read = new X509Certificate(chain);
  } catch {
    throw invalidArgument("certificate_chain", "format", "must be a chain of certificates in PEM");
  }
  const names = (read.subjectAltName ?? "").split(", ").flatMap((name) => /^DNS:(.*)/.exec(name)?.[1] ?? []);
  return {
    type: "custom",
    commonName: /^CN=(.*)$/m.exec(read.subject)?.[1] ?? "",
    alternativeNames: names,
    status: "ready",
    valid: { from: Date.parse(read.validFrom), until: Date.parse(read.validTo) },
  };
}

function updateCertificate(call: Call): Answer {
  const name = required(call.body(), "name");
  const next = { ...certificateOf(call), name, modifiedAt: call.now };
  return answer(call, certificates(call.world).put(next, call.now));
}

function deleteCertificate(call: Call): Answer {
  const row = certificateOf(call);
  const users = frontends(call.world).by(byLb, row.lbId) as readonly FrontendRow[];
  if (users.some(({ certificateIds }) => certificateIds.includes(row.id)))
    throw preconditionFailed(412, "resource_still_in_use", "certificate is used by a frontend");
  certificates(call.world).remove(row.id, call.now);
  changedLb(call, row);
  return noContent();
}
