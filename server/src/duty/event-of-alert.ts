import type { AlertRow } from '../alerts/alerts.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { judgedAlert } from './domain/severity.js';
import { LINKS_MAX } from './domain/ticket-links.js';
import { descriptionOf, type TicketWords, titleOf } from './domain/ticket-words.js';
import type { LinkWish } from './ticket-links.service.js';

/** What the event of an alert says, so that at night nobody has to type it: since when, how grave, of what. */
export function eventOfAlert(alert: AlertRow) {
  const { centerId, code, id, name, reason, resourceIds, seenAt, severity, subjectKind, systemId, tierName } = {
    ...alert,
    resourceIds: alert.reason.resourceIds,
  };
  const words: TicketWords = { kind: 'OF_ALERT', alertCode: code ?? '', name, tierName, reason };
  const links: LinkWish[] = [
    { subjectType: 'DrAlert', subject: toNodeId('DrAlert', id) },
    ...(systemId === null ? [] : [{ subjectType: 'System' as const, subject: toNodeId('System', systemId) }]),
    ...resourceIds.map((one) => ({ subjectType: 'Resource' as const, subject: toNodeId('Resource', one) })),
  ];
  return {
    // In Chinese it is kept as it was seen, so that it is found by its words; in other languages it is said when it is read.
    ...{ kind: 'EVENT' as const, title: titleOf({ title: '', words }).zh, words },
    description: descriptionOf({ description: '', words }).zh,
    ...judgedAlert({ severity, ofCenter: subjectKind === 'CENTER' }),
    ...{ centerId, startedAt: seenAt, ofAlert: true, links: links.slice(0, LINKS_MAX), changeKind: null },
    ...{ plannedFrom: null, plannedTo: null, plan: null, rollbackPlan: null },
  };
}
