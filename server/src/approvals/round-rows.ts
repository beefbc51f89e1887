import type {
  ApprovalParticipantEntity,
  ApprovalRoundEntity,
  ApprovalSeatEntity,
  ApprovalStepEntity,
} from './approvals.entity.js';
import type { Decision, Person, Round, Seat, Step } from './domain/round.js';
import { isStepRole } from './domain/step-roles.js';

/** How a round's parts are kept as rows, and read again. */
export function roundColumns(round: Round): Omit<ApprovalRoundEntity, 'edition'> {
  return {
    id: round.id,
    subjectId: round.subjectId,
    number: round.number,
    editionId: round.editionId,
    chainKey: round.chainKey,
    chainTitleZh: round.chainTitle.zh,
    chainTitleEn: round.chainTitle.en,
    state: round.state,
    runningSubjectId: round.state === 'RUNNING' ? round.subjectId : null,
    startedAt: round.startedAt,
    endedAt: round.endedAt,
  };
}

export function stepColumns(roundId: string, step: Step): Omit<ApprovalStepEntity, 'round'> {
  return {
    id: step.id,
    roundId,
    position: step.position,
    stepKey: step.key,
    titleZh: step.title.zh,
    titleEn: step.title.en,
    state: step.state,
    currentRoundId: step.state === 'CURRENT' ? roundId : null,
    deadlineWorkingDays: step.deadlineWorkingDays,
    needsFile: step.needsFile,
    holdsCapacity: step.holdsCapacity,
    escalatesTo: step.escalatesTo,
    addedById: step.addedBy?.id ?? null,
    addedByName: step.addedBy?.name ?? null,
    since: step.since,
    dueAt: step.dueAt,
    endedAt: step.endedAt,
    escalatedAt: step.escalatedAt,
  };
}

export function seatColumns(stepId: string, { decision, ...seat }: Seat): Omit<ApprovalSeatEntity, 'step'> {
  return {
    id: seat.id,
    stepId,
    number: seat.number,
    roles: seat.roles.join(','),
    personId: seat.person?.id ?? null,
    personName: seat.person?.name ?? null,
    verdict: decision?.verdict ?? null,
    decidedById: decision?.by.id ?? null,
    decidedByName: decision?.by.name ?? null,
    decidedRole: decision?.role ?? null,
    onBehalfOfId: decision?.onBehalfOf?.id ?? null,
    onBehalfOfName: decision?.onBehalfOf?.name ?? null,
    decidedAt: decision?.at ?? null,
    opinion: decision?.opinion ?? null,
    fileId: decision?.fileId ?? null,
  };
}

export function fromRows(
  rounds: readonly ApprovalRoundEntity[],
  steps: readonly ApprovalStepEntity[],
  seats: readonly ApprovalSeatEntity[],
  participants: readonly ApprovalParticipantEntity[],
): Round[] {
  const seatsOf = Map.groupBy(seats, (seat) => seat.stepId);
  const stepsOf = Map.groupBy(steps, (step) => step.roundId);
  const peopleOf = Map.groupBy(participants, (one) => one.roundId);
  return rounds.map((round) => ({
    id: round.id,
    subjectId: round.subjectId,
    number: round.number,
    editionId: round.editionId,
    chainKey: round.chainKey,
    chainTitle: { zh: round.chainTitleZh, en: round.chainTitleEn },
    state: round.state,
    startedAt: round.startedAt,
    endedAt: round.endedAt,
    steps: (stepsOf.get(round.id) ?? []).map((step) => toStep(step, seatsOf.get(step.id) ?? [])),
    taken: (peopleOf.get(round.id) ?? []).map((one) => one.personId),
  }));
}

function toStep(row: ApprovalStepEntity, seats: readonly ApprovalSeatEntity[]): Step {
  return {
    id: row.id,
    position: row.position,
    key: row.stepKey,
    title: { zh: row.titleZh, en: row.titleEn },
    state: row.state,
    deadlineWorkingDays: row.deadlineWorkingDays,
    needsFile: row.needsFile,
    holdsCapacity: row.holdsCapacity,
    escalatesTo: row.escalatesTo,
    addedBy: personOf(row.addedById, row.addedByName),
    since: row.since,
    dueAt: row.dueAt,
    endedAt: row.endedAt,
    escalatedAt: row.escalatedAt,
    seats: seats.map(toSeat),
  };
}

function toSeat(row: ApprovalSeatEntity): Seat {
  return {
    id: row.id,
    number: row.number,
    roles: row.roles.split(',').filter(isStepRole),
    person: personOf(row.personId, row.personName),
    decision: toDecision(row),
  };
}

function toDecision(row: ApprovalSeatEntity): Decision | null {
  const by = personOf(row.decidedById, row.decidedByName);
  if (row.verdict === null || by === null || row.decidedAt === null) return null;
  return {
    verdict: row.verdict,
    by,
    role: row.decidedRole,
    onBehalfOf: personOf(row.onBehalfOfId, row.onBehalfOfName),
    at: row.decidedAt,
    opinion: row.opinion,
    fileId: row.fileId,
  };
}

function personOf(id: string | null, name: string | null): Person | null {
  return id === null ? null : { id, name: name ?? '' };
}
