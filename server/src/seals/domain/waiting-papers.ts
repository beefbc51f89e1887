/** Decides which papers wait for a seal or a signature, whose, since when, and what stands still meanwhile. */
import { currentStep, inOrder, type Round } from '../../approvals/domain/round.js';
import type { SheetState } from '../../documents/domain/delivery-sheet.js';
import type { PaperStanding } from '../../documents/domain/scan.js';
import type { Party } from '../../golive/domain/go-live-policy.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';

/** 申请表, 资源开通确认单, 系统上线验收单: every paper of the console that somebody seals or signs. */
export const PAPER_KINDS = ['REQUEST_FORM', 'DELIVERY_SHEET', 'ACCEPTANCE_SHEET'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export interface WaitingPaper {
  readonly kind: PaperKind;
  /** Of the request, or of the trial. */
  readonly subjectId: string;
  readonly code: string;
  readonly departmentId: string;
  readonly systemId: string;
  /** Who has not sealed yet. */
  readonly parties: readonly Party[];
  readonly since: Date;
  readonly dueAt: Date | null;
  /** What waits for it. */
  readonly blocks: Bilingual;
  /** It waits now; false = it will, once the steps before are over. */
  readonly blocking: boolean;
  /** NONE: nothing is sealed. VOID: what was sealed says something else. */
  readonly standing: Exclude<PaperStanding, 'VALID'>;
}

/** The name of one paper in a list: a request may have two. */
export function keyOf({ kind, subjectId }: Pick<WaitingPaper, 'kind' | 'subjectId'>): string {
  return `${subjectId}/${kind}`;
}

type Subject = Pick<WaitingPaper, 'subjectId' | 'code' | 'departmentId' | 'systemId'>;

/** null = no step of the round asks for it any more, or the newest content is under seal. */
export function formWaiting(subject: Subject, round: Round | null, standing: PaperStanding): WaitingPaper | null {
  const current = round && currentStep(round);
  const asking = round && inOrder(round).find((step) => step.needsSeal && isOpen(step.state));
  if (!round || !asking || standing === 'VALID') return null;
  const blocking = asking.id === current?.id;
  return {
    ...subject,
    kind: 'REQUEST_FORM',
    parties: ['DEPARTMENT'],
    since: (blocking ? asking.since : null) ?? round.startedAt,
    dueAt: blocking ? asking.dueAt : null,
    blocks: asking.title,
    blocking,
    standing,
  };
}

const isOpen = (state: string): boolean => state === 'WAITING' || state === 'CURRENT';

const FIRST_USE = say('资源开通确认', 'confirming that the resources can be used');
const ANSWER_FIRST = say('资源开通确认（异议待答复）', 'confirming the resources (an objection waits for its answer)');

/** null = confirmed, or what it says now is under seal: what is left is a press, no paper. */
export function sheetWaiting(
  subject: Subject,
  { state, openedAt, dueAt }: { readonly state: SheetState; readonly openedAt: Date; readonly dueAt: Date | null },
  standing: PaperStanding,
): WaitingPaper | null {
  if (state === 'CONFIRMED' || standing === 'VALID') return null;
  // An objection is the center's to answer; the department seals after that.
  const answered = state === 'AWAITING';
  return {
    ...subject,
    kind: 'DELIVERY_SHEET',
    parties: answered ? ['DEPARTMENT'] : ['CENTER'],
    since: openedAt,
    dueAt,
    blocks: answered ? FIRST_USE : ANSWER_FIRST,
    blocking: true,
    standing,
  };
}

export function acceptanceWaiting(
  subject: Subject,
  parties: readonly Party[],
  signed: readonly Party[],
  times: { readonly since: Date; readonly dueAt: Date | null },
): WaitingPaper | null {
  const open = parties.filter((party) => !signed.includes(party));
  if (open.length === 0) return null;
  return {
    ...subject,
    ...times,
    kind: 'ACCEPTANCE_SHEET',
    parties: open,
    blocks: say('系统上线', 'going live'),
    blocking: true,
    standing: 'NONE',
  };
}

export interface PaperFilter {
  readonly kinds: readonly PaperKind[];
  readonly parties: readonly Party[];
  /** Only those for which something waits now. */
  readonly blocking: boolean;
  /** In the code. */
  readonly search: string | null;
}

/** The longest waiting first. */
export function ordered(papers: readonly WaitingPaper[], filter: PaperFilter): WaitingPaper[] {
  const text = filter.search?.toLowerCase() ?? '';
  return papers
    .filter(
      ({ kind, parties, blocking, code }) =>
        (filter.kinds.length === 0 || filter.kinds.includes(kind)) &&
        (filter.parties.length === 0 || parties.some((party) => filter.parties.includes(party))) &&
        (blocking || !filter.blocking) &&
        code.toLowerCase().includes(text),
    )
    .toSorted((a, b) => a.since.getTime() - b.since.getTime() || (keyOf(a) < keyOf(b) ? -1 : 1));
}
