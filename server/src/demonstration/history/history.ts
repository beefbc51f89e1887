import type { PastClaim } from '../../allocation/domain/claim.js';
import type { BudgetEntry } from '../../budgets/domain/budget.js';
import type { PastEncumbrance } from '../../budgets/ledger.repository.js';
import type { PastTaking } from '../../quotas/quota-takings.service.js';
import type { PastRequests } from '../../requests/requests.types.js';
import type { PastResource, PastResourceEvent } from '../../resources/resources.types.js';
import type { PastServerLife } from '../../servers/servers.types.js';
import type { PastEntry } from './past-ledger.js';

/** A past, row by row as it stands at its end. */
export interface History extends PastRequests {
  readonly claims: readonly PastClaim[];
  readonly resources: readonly PastResource[];
  readonly events: readonly PastResourceEvent[];
  readonly entries: readonly PastEntry[];
  readonly encumbrances: readonly PastEncumbrance[];
  /** What was added to budgets in the middle of their years. */
  readonly adjustments: readonly BudgetEntry[];
  /** Of standalone servers, and what their users took of quotas. */
  readonly serverLives: readonly PastServerLife[];
  readonly takings: readonly PastTaking[];
  /** How many codes of each sequence it used, e.g. SQ of 2025: they begin at 1. */
  readonly codes: readonly { readonly prefix: string; readonly year: number; readonly count: number }[];
}

/** The histories of consecutive pieces, each of whole requests, so that each can be written by one short transaction. */
export function piecesOf(history: History, requestsPerPiece: number): History[] {
  const pieces: History[] = [];
  const linesOf = Map.groupBy(history.lines, (line) => line.requestId);
  const stepsOf = Map.groupBy(history.steps, (step) => step.requestId);
  const claimsOf = Map.groupBy(history.claims, (claim) => claim.requestId);
  const resourcesOf = Map.groupBy(history.resources, (resource) => resource.requestId);
  const entriesOf = Map.groupBy(history.entries, (entry) => entry.requestId);
  const encumbrancesOf = Map.groupBy(history.encumbrances, (encumbrance) => encumbrance.subject.id);
  const eventsOf = Map.groupBy(history.events, (event) => event.resourceId);
  for (let at = 0; at < history.requests.length; at += requestsPerPiece) {
    const requests = history.requests.slice(at, at + requestsPerPiece);
    const resources = requests.flatMap((request) => resourcesOf.get(request.id) ?? []);
    pieces.push({
      requests,
      lines: requests.flatMap((request) => linesOf.get(request.id) ?? []),
      steps: requests.flatMap((request) => stepsOf.get(request.id) ?? []),
      claims: requests.flatMap((request) => claimsOf.get(request.id) ?? []),
      resources,
      events: resources.flatMap((resource) => eventsOf.get(resource.id) ?? []),
      entries: requests.flatMap((request) => entriesOf.get(request.id) ?? []),
      encumbrances: requests.flatMap((request) => encumbrancesOf.get(request.id) ?? []),
      // All with the first piece: whatever is reserved by a later one has its room.
      adjustments: at === 0 ? history.adjustments : [],
      serverLives: at === 0 ? history.serverLives : [],
      takings: at === 0 ? history.takings : [],
      codes: history.codes,
    });
  }
  return pieces;
}
