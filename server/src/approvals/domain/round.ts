/** Decides how a chain runs: who has decided, which step is next, when it ends, and what may no longer happen. */
import type { Bilingual } from '../../kernel/bilingual.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';
import type { StepDefinition } from './chain.js';
import type { StepRole } from './step-roles.js';

export const ROUND_STATES = ['RUNNING', 'APPROVED', 'RETURNED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'] as const;
export type RoundState = (typeof ROUND_STATES)[number];
const ROUND_MOVES = ['COMPLETE', 'RETURN', 'REJECT', 'WITHDRAW', 'EXPIRE'] as const;
export type RoundMove = (typeof ROUND_MOVES)[number];

/** One way through a chain, from sending to its end. Sent back and sent again, a new round begins. */
export const roundTable = checkedTable<RoundState, RoundMove>({
  name: 'approval round',
  states: ROUND_STATES,
  initial: 'RUNNING',
  actions: ROUND_MOVES,
  transitions: {
    RUNNING: {
      COMPLETE: 'APPROVED',
      RETURN: 'RETURNED',
      REJECT: 'REJECTED',
      WITHDRAW: 'WITHDRAWN',
      EXPIRE: 'EXPIRED',
    },
    APPROVED: {},
    RETURNED: {},
    REJECTED: {},
    WITHDRAWN: {},
    EXPIRED: {},
  },
});

export const STEP_STATES = ['WAITING', 'CURRENT', 'APPROVED', 'RETURNED', 'REJECTED', 'CANCELLED'] as const;
export type StepState = (typeof STEP_STATES)[number];
const STEP_MOVES = ['BEGIN', 'WAIT', 'PASS', 'RETURN', 'REJECT', 'CANCEL'] as const;
type StepMove = (typeof STEP_MOVES)[number];

export const stepTable = checkedTable<StepState, StepMove>({
  name: 'approval step',
  states: STEP_STATES,
  initial: 'WAITING',
  actions: STEP_MOVES,
  transitions: {
    WAITING: { BEGIN: 'CURRENT', CANCEL: 'CANCELLED' },
    // WAIT: another was added before it.
    CURRENT: { PASS: 'APPROVED', RETURN: 'RETURNED', REJECT: 'REJECTED', WAIT: 'WAITING', CANCEL: 'CANCELLED' },
    APPROVED: {},
    RETURNED: {},
    REJECTED: {},
    CANCELLED: {},
  },
});

export const VERDICTS = ['APPROVE', 'RETURN', 'REJECT'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly by: Person;
  /** In which role; null = as a person who was added. */
  readonly role: StepRole | null;
  /** Whose delegate decided (委托). */
  readonly onBehalfOf: Person | null;
  readonly at: Date;
  readonly opinion: string | null;
  readonly fileId: string | null;
}

/** One signature that a step waits for (席位). */
export interface Seat {
  readonly id: string;
  /** Within its step, from 1. */
  readonly number: number;
  /** Whoever holds one of these; empty = `person` alone, who was added. */
  readonly roles: readonly StepRole[];
  /** Only this one: it was handed to him, or he was added. */
  readonly person: Person | null;
  readonly decision: Decision | null;
}

export interface Step {
  readonly id: string;
  /** Order within the round; steps that are added stand between the others. */
  readonly position: number;
  readonly key: string;
  readonly title: Bilingual;
  readonly state: StepState;
  readonly deadlineWorkingDays: number;
  readonly needsFile: boolean;
  readonly needsSeal: boolean;
  readonly holdsCapacity: boolean;
  readonly escalatesTo: StepRole;
  /** Who put it in (加签); null = of the chain. */
  readonly addedBy: Person | null;
  /** Since when it is, or was, current; null = not yet. */
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  /** The deadline passed and its escalation role was told. */
  readonly escalatedAt: Date | null;
  readonly seats: readonly Seat[];
}

export interface Round {
  readonly id: string;
  readonly subjectId: string;
  readonly number: number;
  readonly editionId: string;
  readonly chainKey: string;
  /** Amount and modes that the rules looked at, as one text. */
  readonly chosenBy: string;
  readonly chainTitle: Bilingual;
  readonly state: RoundState;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly steps: readonly Step[];
  /** Who may decide nothing more in this round: who asked for it, and everybody who or in whose name was decided. */
  readonly taken: readonly string[];
}

/** Room between two steps of the chain for those that are added. */
const POSITION_STRIDE = 100;

/** When a step that begins now, with so many working days, is due. */
export type DueAt = (deadlineWorkingDays: number) => Date;
type NewId = () => string;

export interface NewRound {
  readonly subjectId: string;
  readonly number: number;
  readonly editionId: string;
  readonly chainKey: string;
  readonly chosenBy: string;
  readonly chainTitle: Bilingual;
  readonly applicantId: string;
  /** Who had it before it was handed over, before the round: what one drafted, one does not sign by giving it away. */
  readonly formerApplicantIds?: readonly string[] | null;
  /** Whoever else wrote what is asked for, or sent it: what one asks for in another's name is one's own request too. */
  readonly hands?: readonly string[];
  readonly steps: readonly StepDefinition[];
}

export function openRound(wish: NewRound, now: Date, dueAt: DueAt, newId: NewId): Round {
  const { steps, applicantId, formerApplicantIds, hands, ...round } = wish;
  const waiting = steps.map(
    (step, index): Step => ({
      id: newId(),
      position: (index + 1) * POSITION_STRIDE,
      key: step.key,
      title: step.title,
      state: 'WAITING',
      deadlineWorkingDays: step.deadlineWorkingDays,
      needsFile: step.needsFile,
      needsSeal: step.needsSeal ?? false,
      holdsCapacity: step.holdsCapacity,
      escalatesTo: step.escalatesTo,
      addedBy: null,
      since: null,
      dueAt: null,
      endedAt: null,
      escalatedAt: null,
      seats: seatsOf(step, newId),
    }),
  );
  const opened: Round = {
    ...round,
    id: newId(),
    state: 'RUNNING',
    startedAt: now,
    endedAt: null,
    steps: waiting,
    taken: [...new Set([applicantId, ...(formerApplicantIds ?? []), ...(hands ?? [])])],
  };
  const [first] = waiting;
  if (!first) throw new Error('a chain has at least one step');
  return withStep(opened, begun(first, now, dueAt));
}

function seatsOf({ roles, mode, count }: StepDefinition, newId: NewId): Seat[] {
  const wanted = mode === 'ANY' ? [roles] : roles.flatMap((role) => Array.from({ length: count }, () => [role]));
  return wanted.map((of, index) => ({ id: newId(), number: index + 1, roles: of, person: null, decision: null }));
}

export function currentStep(round: Round): Step | undefined {
  return round.steps.find((step) => step.state === 'CURRENT');
}

/** The step that follows the current one; undefined = the current one is the last. */
export function stepAfterCurrent(round: Round): Step | undefined {
  return inOrder(round).find((step) => step.state === 'WAITING');
}

/** Whether capacity is taken by the time the round is where it is now. */
export function isHolding(round: Round): boolean {
  return round.steps.some((step) => step.holdsCapacity && step.since !== null);
}

export interface Decided {
  readonly round: Round;
  /** STAYS: others must still approve. NEXT: `entered` is current now. */
  readonly outcome: 'STAYS' | 'NEXT' | 'COMPLETED' | 'RETURNED' | 'REJECTED';
  readonly entered: Step | null;
  /** `entered` is current for the first time: an added step may have sent it back to waiting before. */
  readonly firstTime: boolean;
}

/** One signature. Throws when the seat is not open or the person may not: who asks has asked domain/standing.ts. */
export function decide(round: Round, seatId: string, decision: Decision, dueAt: DueAt): Decided {
  const step = currentStep(round);
  const seat = step?.seats.find((one) => one.id === seatId);
  const people = [decision.by.id, ...(decision.onBehalfOf ? [decision.onBehalfOf.id] : [])];
  if (!step || !seat || seat.decision !== null || people.some((id) => round.taken.includes(id)))
    throw new Error('this signature is not to be given');
  const seats = step.seats.map((one) => (one.id === seatId ? { ...one, decision } : one));
  const signed: Round = { ...withStep(round, { ...step, seats }), taken: [...round.taken, ...people] };
  const after = { ...step, seats };
  if (decision.verdict !== 'APPROVE') {
    const returned = decision.verdict === 'RETURN';
    const ended = withStep(signed, moved(after, decision.verdict, decision.at));
    return {
      round: closed(ended, returned ? 'RETURN' : 'REJECT', decision.at),
      outcome: returned ? 'RETURNED' : 'REJECTED',
      entered: null,
      firstTime: false,
    };
  }
  if (seats.some((one) => one.decision === null))
    return { round: signed, outcome: 'STAYS', entered: null, firstTime: false };
  const passed = withStep(signed, moved(after, 'PASS', decision.at));
  const next = stepAfterCurrent(passed);
  if (!next)
    return { round: closed(passed, 'COMPLETE', decision.at), outcome: 'COMPLETED', entered: null, firstTime: false };
  const entered = begun(next, decision.at, dueAt);
  return { round: withStep(passed, entered), outcome: 'NEXT', entered, firstTime: next.since === null };
}

/** Hands an open signature to another (转办); the deadline stays, because the request has waited all the same. */
export function transfer(round: Round, seatId: string, to: Person): Round {
  const step = currentStep(round);
  const seat = step?.seats.find((one) => one.id === seatId);
  if (!step || !seat || seat.decision !== null) throw new Error('this signature is not open');
  const seats = step.seats.map((one) => (one.id === seatId ? { ...one, person: to } : one));
  return withStep(round, { ...step, seats });
}

/** BESIDE: the current step waits for this person too. BEFORE: a step of his own comes first, and the current one waits. */
export const ADDED_WHERE = ['BEFORE', 'BESIDE'] as const;
export type AddedWhere = (typeof ADDED_WHERE)[number];

export interface AddedApprover {
  readonly where: AddedWhere;
  readonly person: Person;
  readonly addedBy: Person;
  readonly title: Bilingual;
}

export function addApprover(round: Round, wish: AddedApprover, now: Date, dueAt: DueAt, newId: NewId): Round {
  const step = currentStep(round);
  if (!step || round.taken.includes(wish.person.id)) throw new Error('this person is not to be added');
  const seat = (number: number): Seat => ({ id: newId(), number, roles: [], person: wish.person, decision: null });
  if (wish.where === 'BESIDE')
    return withStep(round, { ...step, seats: [...step.seats, seat(Math.max(...step.seats.map((s) => s.number)) + 1)] });
  const before =
    inOrder(round)
      .filter((one) => one.position < step.position)
      .at(-1)?.position ?? 0;
  if (before + 1 >= step.position) throw new Error('there is no room for another step here');
  const added: Step = {
    id: newId(),
    // As near to the current one as can be: who is added last decides first.
    position: before + Math.ceil((step.position - before) / 2),
    key: `${step.key}-added`,
    title: wish.title,
    state: 'WAITING',
    deadlineWorkingDays: step.deadlineWorkingDays,
    needsFile: false,
    needsSeal: false,
    holdsCapacity: false,
    escalatesTo: step.escalatesTo,
    addedBy: wish.addedBy,
    since: null,
    dueAt: null,
    endedAt: null,
    escalatedAt: null,
    seats: [seat(1)],
  };
  const waiting = { ...step, state: stepAfter(step.state, 'WAIT'), dueAt: null, escalatedAt: null };
  const withBoth: Round = { ...withStep(round, waiting), steps: [...withStep(round, waiting).steps, added] };
  return withStep(withBoth, begun(added, now, dueAt));
}

/** Steps that one round may be lengthened by: somebody who keeps adding hinders more than he decides. */
export const ADDED_MAX = 6;

export function addedCount(round: Round): number {
  return (
    round.steps.filter((step) => step.addedBy).length +
    round.steps.flatMap((s) => s.seats.filter((t) => t.roles.length === 0 && !s.addedBy)).length
  );
}

/** Taken back by its department, or its hold ran out. */
export function endRound(round: Round, move: 'WITHDRAW' | 'EXPIRE', now: Date): Round {
  return closed(round, move, now);
}

export function escalated(round: Round, now: Date): Round {
  const step = currentStep(round);
  return step && step.escalatedAt === null ? withStep(round, { ...step, escalatedAt: now }) : round;
}

/** Who becomes the applicant of a running round (工作交接) may decide nothing in it; who was keeps that too. */
export function applicantJoined(round: Round, applicantId: string): Round {
  return round.taken.includes(applicantId) ? round : { ...round, taken: [...round.taken, applicantId] };
}

/** Whether a decision of the round is theirs: given by them, or in their name. */
export function hasDecided(round: Round, personId: string): boolean {
  const decisions = round.steps.flatMap((step) => step.seats.flatMap(({ decision }) => decision ?? []));
  return decisions.some(({ by, onBehalfOf }) => by.id === personId || onBehalfOf?.id === personId);
}

export function inOrder(round: Round): Step[] {
  return round.steps.toSorted((a, b) => a.position - b.position);
}

function closed(round: Round, move: RoundMove, now: Date): Round {
  const state = nextState(roundTable, round.state, move);
  if (state === undefined) throw new Error(`a round that is ${round.state} does not ${move}`);
  const steps = round.steps.map((step) => {
    const cancelled = nextState(stepTable, step.state, 'CANCEL');
    return cancelled === undefined ? step : { ...step, state: cancelled, endedAt: now };
  });
  return { ...round, state, endedAt: now, steps };
}

function begun(step: Step, now: Date, dueAt: DueAt): Step {
  return { ...step, state: stepAfter(step.state, 'BEGIN'), since: now, dueAt: dueAt(step.deadlineWorkingDays) };
}

function moved(step: Step, move: StepMove, now: Date): Step {
  return { ...step, state: stepAfter(step.state, move), endedAt: now };
}

function stepAfter(state: StepState, move: StepMove): StepState {
  const to = nextState(stepTable, state, move);
  if (to === undefined) throw new Error(`a step that is ${state} does not ${move}`);
  return to;
}

function withStep(round: Round, step: Step): Round {
  return { ...round, steps: round.steps.map((one) => (one.id === step.id ? step : one)) };
}
