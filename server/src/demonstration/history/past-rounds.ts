import type { EditionContent } from '../../approvals/domain/chain.js';
import { chooseChain, chosenBy } from '../../approvals/domain/choose-chain.js';
import { currentStep, decide, openRound, type Round } from '../../approvals/domain/round.js';
import { dueAt } from '../../approvals/domain/waiting.js';
import type { WorkingCalendar } from '../../calendars/domain/working-days.js';
import type { RequestRow, RequestStepRow } from '../../requests/requests.types.js';
import type { History } from './history.js';
import type { PastAsker } from './past-facts.js';

export interface PastChains {
  readonly editionId: string;
  readonly content: EditionContent;
  readonly calendar: WorkingCalendar;
  readonly newId: () => string;
}

/**
 * What is still open at the end of a past goes on in the chain of today: sent, or signed off and with the center. Capacity
 * is held from there on, so that a city's review, which comes before, is taken to have been given on paper.
 */
export function withRoundsUnderWay(
  piece: History,
  askers: readonly PastAsker[],
  chains: PastChains,
): { readonly piece: History; readonly rounds: readonly Round[] } {
  const stepsOf = Map.groupBy(piece.steps, (step) => step.requestId);
  const rounds = new Map<string, Round>();
  for (const request of piece.requests) {
    const asker = askers.find((one) => one.system.id === request.systemId);
    const steps = stepsOf.get(request.id) ?? [];
    if (asker && (request.state === 'AWAITING_SIGN_OFF' || request.state === 'UNDER_REVIEW'))
      rounds.set(request.id, roundOf(request, asker, steps, chains));
  }
  const requests = piece.requests.map((request) => {
    const round = rounds.get(request.id);
    return round ? { ...request, dueAt: currentStep(round)?.dueAt ?? null } : request;
  });
  return { piece: { ...piece, requests }, rounds: [...rounds.values()] };
}

function roundOf(
  request: RequestRow,
  { system, department, head }: PastAsker,
  steps: readonly RequestStepRow[],
  { editionId, content, calendar, newId }: PastChains,
): Round {
  const facts = {
    kinds: ['VM' as const],
    monthlyFen: request.monthlyFen,
    localMode: system.localMode,
    remoteMode: system.remoteMode,
    departmentLevel: department.level,
    departmentIds: [department.id],
    inCity: false,
    insidePlan: false,
    poor: false,
  };
  const { chain, steps: of } = chooseChain(content, facts);
  const at = (action: string): Date => steps.findLast((step) => step.action === action)?.at ?? request.stateSince;
  const sent = at('SEND_FOR_SIGN_OFF');
  const opened = openRound(
    {
      subjectId: request.id,
      number: 1,
      editionId,
      chainKey: chain.key,
      chosenBy: chosenBy(facts),
      chainTitle: chain.title,
      applicantId: request.applicantId,
      steps: of,
    },
    sent,
    dueAt(calendar, sent),
    newId,
  );
  const seat = currentStep(opened)?.seats[0];
  if (request.state !== 'UNDER_REVIEW' || !seat) return opened;
  const signed = at('SUBMIT');
  const decision = {
    verdict: 'APPROVE',
    by: { id: head.userId, name: head.name },
    role: 'DEPARTMENT_HEAD',
    onBehalfOf: null,
    at: signed,
    opinion: null,
    fileId: null,
  } as const;
  return decide(opened, seat.id, decision, dueAt(calendar, signed)).round;
}
