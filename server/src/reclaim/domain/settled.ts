/** Decides whether a reclaim case has settled itself: what was reviewed after the notice, lengthened or given back needs no decision any more. */
import type { ResourceState } from '../../resources/domain/resource-state.js';
import type { CaseCause } from './case-state.js';

interface Opened {
  readonly cause: CaseCause;
  readonly openedAt: Date;
}

/** Of a machine. In the bin it is not given back for good: its department may take it out again, and would be rid of the case. */
export function hasSettled(
  row: Opened,
  resource: { readonly state: ResourceState; readonly reviewFrom: Date | null },
): boolean {
  if (resource.state === 'IN_BIN') return false;
  return resource.state !== 'IN_USE' || isReviewed(row, resource.reviewFrom);
}

/** Of a line, why nothing is left to decide; null = there is. */
export function lineSettledBy(
  row: Opened,
  term: { readonly endedAt: Date | null; readonly reviewFrom: Date | null; readonly termOverAt: Date | null },
): { readonly reason: string } | null {
  if (term.endedAt !== null) return { reason: '使用单位已自行退还' };
  if (isReviewed(row, term.reviewFrom)) return { reason: '使用单位已完成年度复核' };
  return row.cause === 'TERM_OVER' && term.termOverAt === null ? { reason: '已延期' } : null;
}

function isReviewed({ cause, openedAt }: Opened, reviewFrom: Date | null): boolean {
  return cause === 'OVERDUE_REVIEW' && reviewFrom !== null && reviewFrom > openedAt;
}
