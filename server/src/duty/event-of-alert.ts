import type { AlertRow } from '../alerts/alerts.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { reasonText } from '../resilience/domain/reason-text.js';
import { judgedAlert } from './domain/severity.js';
import { TITLE_LENGTH_MAX } from './domain/ticket.js';
import { LINKS_MAX } from './domain/ticket-links.js';
import type { LinkWish } from './ticket-links.service.js';

/** What the event of an alert says, so that at night nobody has to type it: since when, how grave, of what. */
export function eventOfAlert(alert: AlertRow) {
  const { centerId, code, id, name, reason, resourceIds, seenAt, severity, subjectKind, systemId, tierName } = {
    ...alert,
    resourceIds: alert.reason.resourceIds,
  };
  const what = reasonText(reason).zh;
  const of = tierName === null ? name : `${name} / ${tierName}`;
  const links: LinkWish[] = [
    { subjectType: 'DrAlert', subject: toNodeId('DrAlert', id) },
    ...(systemId === null ? [] : [{ subjectType: 'System' as const, subject: toNodeId('System', systemId) }]),
    ...resourceIds.map((one) => ({ subjectType: 'Resource' as const, subject: toNodeId('Resource', one) })),
  ];
  return {
    ...{ kind: 'EVENT' as const, title: `${of}：${what}`.slice(0, TITLE_LENGTH_MAX) },
    description: `由告警 ${code ?? ''} 建立：${of}，${what}`,
    ...judgedAlert({ severity, ofCenter: subjectKind === 'CENTER' }),
    ...{ centerId, startedAt: seenAt, ofAlert: true, links: links.slice(0, LINKS_MAX), changeKind: null },
    ...{ plannedFrom: null, plannedTo: null, plan: null, rollbackPlan: null },
  };
}
