import { snakeOf } from '../platform/database/snake-names.js';
import type {
  ApprovalParticipantEntity,
  ApprovalRoundEntity,
  ApprovalSeatEntity,
  ApprovalStepEntity,
} from './approvals.entity.js';
import { currentStep, type Decision, type Person, type Round, type Seat, type Step } from './domain/round.js';
import { isStepRole } from './domain/step-roles.js';

/**
 * How a round's parts are kept as rows, and read again: plain SQL, because every signature reads and writes them, and the
 * query builder's text, made anew each time, costs more than the rows.
 */
type RoundColumns = Omit<ApprovalRoundEntity, 'edition'>;
type StepColumns = Omit<ApprovalStepEntity, 'round'>;
type SeatColumns = Omit<ApprovalSeatEntity, 'step'>;

const ROUND_COLUMNS = [
  'id',
  'subjectId',
  'number',
  'editionId',
  'chainKey',
  'chosenBy',
  'chainTitleZh',
  'chainTitleEn',
  'state',
  'runningSubjectId',
  'currentStepId',
  'startedAt',
  'endedAt',
] as const satisfies readonly (keyof RoundColumns)[];
const STEP_COLUMNS = [
  'id',
  'roundId',
  'position',
  'stepKey',
  'titleZh',
  'titleEn',
  'state',
  'deadlineWorkingDays',
  'needsFile',
  'needsSeal',
  'holdsCapacity',
  'escalatesTo',
  'addedById',
  'addedByName',
  'since',
  'dueAt',
  'endedAt',
  'escalatedAt',
] as const satisfies readonly (keyof StepColumns)[];
const SEAT_COLUMNS = [
  'id',
  'stepId',
  'number',
  'roles',
  'personId',
  'personName',
  'verdict',
  'decidedById',
  'decidedByName',
  'decidedRole',
  'onBehalfOfId',
  'onBehalfOfName',
  'decidedAt',
  'opinion',
  'fileId',
] as const satisfies readonly (keyof SeatColumns)[];

function prefixed(alias: string, columns: readonly string[]): string {
  return columns.map((c) => `${alias}.${snakeOf(c)} as ${alias}_${c}`).join(', ');
}
const insertInto = (table: string, columns: readonly string[]): string =>
  `insert into ${table} (${columns.map(snakeOf).join(', ')}) values ?`;
const set = (columns: readonly string[]): string => columns.map((c) => `${snakeOf(c)} = ?`).join(', ');

/** A round with its steps and seats in one statement, a row a seat; the columns come back under `d_`, `s_` and `t_`. */
export const SELECT_WHOLE = `select ${prefixed('d', ROUND_COLUMNS)}, ${prefixed('s', STEP_COLUMNS)}, ${prefixed('t', SEAT_COLUMNS)}
  from approval_round d join approval_step s on s.round_id = d.id join approval_seat t on t.step_id = s.id`;
export const IN_ORDER = 'order by d.subject_id, d.number, s.position, t.number';

/** What a round's life changes; everything else stays as it was inserted. */
const ROUND_CHANGES = ['state', 'runningSubjectId', 'currentStepId', 'endedAt'] as const;
const STEP_CHANGES = ['state', 'since', 'dueAt', 'endedAt', 'escalatedAt'] as const;
const SEAT_CHANGES = SEAT_COLUMNS.slice(4);

interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export function insertRounds(rounds: readonly Round[]): Statement {
  const rows = rounds.map(roundColumns);
  return {
    sql: insertInto('approval_round', ROUND_COLUMNS),
    values: [rows.map((r) => ROUND_COLUMNS.map((c) => r[c]))],
  };
}

export function insertSteps(steps: readonly (readonly [roundId: string, step: Step])[]): Statement {
  const rows = steps.map(([roundId, step]) => stepColumns(roundId, step));
  return { sql: insertInto('approval_step', STEP_COLUMNS), values: [rows.map((r) => STEP_COLUMNS.map((c) => r[c]))] };
}

export function insertSeats(seats: readonly (readonly [stepId: string, seat: Seat])[]): Statement {
  const rows = seats.map(([stepId, seat]) => seatColumns(stepId, seat));
  return { sql: insertInto('approval_seat', SEAT_COLUMNS), values: [rows.map((r) => SEAT_COLUMNS.map((c) => r[c]))] };
}

export function updateRound(round: Round): Statement {
  const row = roundColumns(round);
  return {
    sql: `update approval_round set ${set(ROUND_CHANGES)} where id = ?`,
    values: [...ROUND_CHANGES.map((c) => row[c]), row.id],
  };
}

export function updateStep(roundId: string, step: Step): Statement {
  const row = stepColumns(roundId, step);
  return {
    sql: `update approval_step set ${set(STEP_CHANGES)} where id = ?`,
    values: [...STEP_CHANGES.map((c) => row[c]), row.id],
  };
}

/** Only while nothing is decided: a signature is given once. */
export function updateSeat(stepId: string, seat: Seat): Statement {
  const row = seatColumns(stepId, seat);
  return {
    sql: `update approval_seat set ${set(SEAT_CHANGES)} where id = ? and verdict is null`,
    values: [...SEAT_CHANGES.map((c) => row[c]), row.id],
  };
}

function roundColumns(round: Round): RoundColumns {
  return {
    id: round.id,
    subjectId: round.subjectId,
    number: round.number,
    editionId: round.editionId,
    chainKey: round.chainKey,
    chosenBy: round.chosenBy,
    chainTitleZh: round.chainTitle.zh,
    chainTitleEn: round.chainTitle.en,
    state: round.state,
    runningSubjectId: round.state === 'RUNNING' ? round.subjectId : null,
    currentStepId: currentStep(round)?.id ?? null,
    startedAt: round.startedAt,
    endedAt: round.endedAt,
  };
}

function stepColumns(roundId: string, step: Step): StepColumns {
  return {
    id: step.id,
    roundId,
    position: step.position,
    stepKey: step.key,
    titleZh: step.title.zh,
    titleEn: step.title.en,
    state: step.state,
    deadlineWorkingDays: step.deadlineWorkingDays,
    needsFile: step.needsFile,
    needsSeal: step.needsSeal,
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

function seatColumns(stepId: string, { decision, ...seat }: Seat): SeatColumns {
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

type WholeRow = Readonly<Record<string, unknown>>;

function part<T>(row: WholeRow, alias: string, columns: readonly string[]): T {
  return Object.fromEntries(columns.map((c) => [c, row[`${alias}_${c}`]])) as T;
}

/** Out of the rows of SELECT_WHOLE, in their order. */
export function fromRows(
  rows: readonly WholeRow[],
  participants: readonly Pick<ApprovalParticipantEntity, 'roundId' | 'personId'>[],
): Round[] {
  const peopleOf = Map.groupBy(participants, (one) => one.roundId);
  return [...Map.groupBy(rows, (row) => row.d_id).values()].map((ofRound) => {
    const round = part<RoundColumns>(ofRound[0] as WholeRow, 'd', ROUND_COLUMNS);
    return {
      id: round.id,
      subjectId: round.subjectId,
      number: round.number,
      editionId: round.editionId,
      chainKey: round.chainKey,
      chosenBy: round.chosenBy,
      chainTitle: { zh: round.chainTitleZh, en: round.chainTitleEn },
      state: round.state,
      startedAt: round.startedAt,
      endedAt: round.endedAt,
      steps: [...Map.groupBy(ofRound, (row) => row.s_id).values()].map((ofStep) =>
        toStep(
          part<StepColumns>(ofStep[0] as WholeRow, 's', STEP_COLUMNS),
          ofStep.map((row) => part<SeatColumns>(row, 't', SEAT_COLUMNS)),
        ),
      ),
      taken: (peopleOf.get(round.id) ?? []).map((one) => one.personId),
    };
  });
}

function toStep(row: StepColumns, seats: readonly SeatColumns[]): Step {
  return {
    id: row.id,
    position: row.position,
    key: row.stepKey,
    title: { zh: row.titleZh, en: row.titleEn },
    state: row.state,
    deadlineWorkingDays: row.deadlineWorkingDays,
    // The driver reads a truth as a number.
    needsFile: Boolean(row.needsFile),
    needsSeal: Boolean(row.needsSeal),
    holdsCapacity: Boolean(row.holdsCapacity),
    escalatesTo: row.escalatesTo,
    addedBy: personOf(row.addedById, row.addedByName),
    since: row.since,
    dueAt: row.dueAt,
    endedAt: row.endedAt,
    escalatedAt: row.escalatedAt,
    seats: seats.map(toSeat),
  };
}

function toSeat(row: SeatColumns): Seat {
  return {
    id: row.id,
    number: row.number,
    roles: row.roles.split(',').filter(isStepRole),
    person: personOf(row.personId, row.personName),
    decision: toDecision(row),
  };
}

function toDecision(row: SeatColumns): Decision | null {
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
