/** Decides what a ticket may be linked to, and whose departments that concerns. */
import type { TicketKind, TicketState } from './ticket-state.js';

export const LINK_SUBJECTS = [
  'System',
  'Resource',
  'Server',
  'DrAlert',
  'DrExecution',
  'DutyTicket',
  'DrTicket',
] as const;
export type LinkSubject = (typeof LINK_SUBJECTS)[number];

/** What freezes and leaders go by. */
const OF_A_CHANGE: ReadonlySet<LinkSubject> = new Set(['System', 'Resource', 'Server']);
export const isOfAChange = (subjectType: LinkSubject): boolean => OF_A_CHANGE.has(subjectType);

/** What a change is of stays as it was reviewed and approved: else another thing is made than the one that was let through. */
export const isSettled = (
  { kind, state }: { readonly kind: TicketKind; readonly state: TicketState },
  subjectType: LinkSubject,
): boolean => kind === 'CHANGE' && (state === 'REVIEWED' || state === 'APPROVED') && isOfAChange(subjectType);

export interface Link {
  readonly subjectType: LinkSubject;
  readonly subjectId: string;
}

/** Of one ticket: a lost center names its systems by itself. */
export const LINKS_MAX = 200;

export const keyOfLink = ({ subjectId, subjectType }: Link): string => `${subjectType}/${subjectId}`;

/** What stands in a center: of a whole center that is down every department that has something there is concerned. */
export interface Concern {
  readonly departmentId: string;
  readonly systemId: string | null;
}

/** Once each, those with the most first, so that who is told first is who has most to lose. */
export function affectedDepartments(
  concerns: readonly Concern[],
): { readonly departmentId: string; readonly systemIds: readonly string[] }[] {
  const of = Map.groupBy(concerns, ({ departmentId }) => departmentId);
  return [...of]
    .map(([departmentId, own]) => ({
      departmentId,
      systemIds: [...new Set(own.flatMap(({ systemId }) => systemId ?? []))].toSorted(),
    }))
    .toSorted((a, b) => b.systemIds.length - a.systemIds.length || a.departmentId.localeCompare(b.departmentId));
}
