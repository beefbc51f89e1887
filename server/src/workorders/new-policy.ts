import { isExposed, type PolicyFacts } from './domain/network-policy.js';
import type { PolicyRow } from './network-policies.repository.js';

/** A policy as it is first written down. */
export function newPolicy(
  id: string,
  code: string,
  facts: PolicyFacts,
  now: Date,
  of: {
    readonly system: { readonly id: string; readonly code: string; readonly departmentId: string };
    readonly departmentCode: string;
    readonly peerSystemCode: string | null;
    readonly applicant: { readonly userId: string | null; readonly name: string };
  },
): PolicyRow {
  const { direction, protocol, peerCidr, peerSystemId, ports, until, reason } = facts;
  return {
    id,
    code,
    state: 'SUBMITTED',
    version: 1,
    departmentId: of.system.departmentId,
    departmentCode: of.departmentCode,
    systemId: of.system.id,
    systemCode: of.system.code,
    lineId: null,
    direction,
    protocol,
    peerCidr,
    peerSystemId,
    peerSystemCode: of.peerSystemCode,
    ports,
    untilDate: until,
    reason,
    exposed: isExposed(facts),
    applicantId: of.applicant.userId,
    applicantName: of.applicant.name,
    decidedBy: null,
    decidedAt: null,
    opinion: null,
    toldDays: null,
    createdAt: now,
    endedAt: null,
  };
}
