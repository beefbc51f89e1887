import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { permissionsOf } from '../../identity/domain/permissions.js';
import type { StepDefinition } from './chain.js';
import {
  ADDED_MAX,
  addApprover,
  addedCount,
  currentStep,
  decide,
  endRound,
  escalated,
  isHolding,
  openRound,
  type Round,
  roundTable,
  stepTable,
  transfer,
  type Verdict,
} from './round.js';
import { mayTake, standingOf, type Voice } from './standing.js';
import type { StepRole } from './step-roles.js';

const step = (key: string, roles: readonly StepRole[], more: Partial<StepDefinition> = {}): StepDefinition => ({
  key,
  title: { zh: key, en: key },
  roles,
  mode: 'ANY',
  count: 1,
  deadlineWorkingDays: 2,
  needsFile: false,
  holdsCapacity: false,
  escalatesTo: 'LEADER',
  ...more,
});
const STEPS = [
  step('sign-off', ['DEPARTMENT_HEAD']),
  step('acceptance', ['CENTER_ACCEPTANCE'], { holdsCapacity: true }),
  step('experts', ['CENTER_REVIEWER'], { mode: 'ALL', count: 2 }),
  step('end', ['CAPACITY_ALLOCATOR', 'LEADER'], { mode: 'ALL' }),
];
const DAY_MS = 86_400_000;
const at = (days: number) => new Date(Date.UTC(2026, 10, 30) + days * DAY_MS);
const dueFrom = (now: Date) => (days: number) => new Date(now.getTime() + days * DAY_MS);

function makeIds(): () => string {
  let n = 0;
  return () => {
    n += 1;
    return `id-${n}`;
  };
}
const newId = makeIds();
const opened = (steps: readonly StepDefinition[] = STEPS): Round =>
  openRound(
    {
      subjectId: 's',
      number: 1,
      editionId: 'e',
      chainKey: 'c',
      chosenBy: '',
      chainTitle: { zh: '链', en: 'chain' },
      applicantId: 'applicant',
      steps,
    },
    at(0),
    dueFrom(at(0)),
    newId,
  );
const sign = (round: Round, who: string, verdict: Verdict = 'APPROVE', seatIndex?: number) => {
  const seats = currentStep(round)?.seats ?? [];
  const seat = seatIndex === undefined ? seats.find((one) => one.decision === null) : seats[seatIndex];
  const by = { id: who, name: who };
  const decision = { verdict, by, role: null, onBehalfOf: null, at: at(1), opinion: null, fileId: null };
  return decide(round, seat?.id ?? '', decision, dueFrom(at(1)));
};

describe('the tables', () => {
  it('have exactly these edges', () => {
    const edges = [roundTable, stepTable].flatMap((table) =>
      table.states.flatMap((from) =>
        Object.entries(table.transitions[from as never] as Record<string, string>).map(
          ([act, to]) => `${from} ${act} ${to}`,
        ),
      ),
    );
    expect(edges).toMatchInlineSnapshot(`
[
  "RUNNING COMPLETE APPROVED",
  "RUNNING RETURN RETURNED",
  "RUNNING REJECT REJECTED",
  "RUNNING WITHDRAW WITHDRAWN",
  "RUNNING EXPIRE EXPIRED",
  "WAITING BEGIN CURRENT",
  "WAITING CANCEL CANCELLED",
  "CURRENT PASS APPROVED",
  "CURRENT RETURN RETURNED",
  "CURRENT REJECT REJECTED",
  "CURRENT WAIT WAITING",
  "CURRENT CANCEL CANCELLED",
]
`);
  });
});

describe('a round', () => {
  it('begins with its first step, due in so many days, its applicant barred', () => {
    const round = opened();
    expect(round.steps.map((one) => one.state)).toEqual(['CURRENT', 'WAITING', 'WAITING', 'WAITING']);
    expect(currentStep(round)).toMatchObject({ key: 'sign-off', since: at(0), dueAt: at(2) });
    expect(round.taken).toEqual(['applicant']);
    expect(isHolding(round)).toBe(false);
  });

  it('goes from step to step and holds when the holding one is entered', () => {
    const first = sign(opened(), 'head');
    expect(first).toMatchObject({ outcome: 'NEXT', firstTime: true, entered: { key: 'acceptance', dueAt: at(3) } });
    expect(isHolding(first.round)).toBe(true);
    expect(() => sign(first.round, 'head')).toThrow();
    expect(() => sign(first.round, 'applicant')).toThrow();
  });

  it('waits for all where all must sign, and completes with the last', () => {
    let round = sign(sign(opened(), 'head').round, 'acceptance').round;
    expect(currentStep(round)?.seats).toHaveLength(2);
    const one = sign(round, 'expert-1');
    expect(one.outcome).toBe('STAYS');
    round = sign(one.round, 'expert-2').round;
    expect(currentStep(round)?.seats.map((seat) => seat.roles)).toEqual([['CAPACITY_ALLOCATOR'], ['LEADER']]);
    const last = sign(sign(round, 'allocator').round, 'leader');
    expect(last).toMatchObject({ outcome: 'COMPLETED', round: { state: 'APPROVED', endedAt: at(1) } });
    expect(last.round.steps.every((one_) => one_.state === 'APPROVED')).toBe(true);
  });

  it.each([
    ['RETURN', 'RETURNED'],
    ['REJECT', 'REJECTED'],
  ] as const)('ends with one %s, whatever others have signed', (verdict, state) => {
    const round = sign(sign(sign(opened(), 'head').round, 'acceptance').round, 'expert-1').round;
    const ended = sign(round, 'expert-2', verdict).round;
    expect(ended.state).toBe(state);
    expect(ended.steps.map((one) => one.state)).toEqual(['APPROVED', 'APPROVED', state, 'CANCELLED']);
    expect(() => sign(ended, 'expert-3')).toThrow();
    expect(() => endRound(ended, 'WITHDRAW', at(2))).toThrow();
  });

  it('goes back to the step that waited for an added one, without holding twice', () => {
    const adding = { addedBy: { id: 'acceptance', name: 'a' }, title: { zh: '加签', en: 'added' } };
    const signed = sign(opened(), 'head').round;
    const lawyer = { id: 'lawyer', name: 'lawyer' };
    const added = addApprover(signed, { ...adding, where: 'BEFORE', person: lawyer }, at(1), dueFrom(at(1)), newId);
    expect(currentStep(added)).toMatchObject({ seats: [{ person: lawyer, roles: [] }] });
    const back = sign(added, 'lawyer');
    expect(back).toMatchObject({ outcome: 'NEXT', firstTime: false, entered: { key: 'acceptance' } });
    const beside = addApprover(
      back.round,
      { ...adding, where: 'BESIDE', person: { id: 'treasurer', name: 't' } },
      at(1),
      dueFrom(at(1)),
      newId,
    );
    expect(sign(beside, 'acceptance', 'APPROVE', 0).outcome).toBe('STAYS');
    expect(addedCount(beside)).toBe(2);
  });
});

/** Everybody who might press anything. */
const person = (userId: string, ...roles: Parameters<typeof permissionsOf>[0][number][]): Voice => ({
  userId,
  name: userId,
  departmentId: roles.includes('DEPARTMENT_HEAD') || roles.length === 0 ? 'dep' : null,
  departmentTreeIds: ['dep'],
  roles,
  permissions: permissionsOf(roles),
  delegationId: null,
});
const PEOPLE: readonly Voice[] = [
  { ...person('applicant', 'APPLICANT', 'DEPARTMENT_HEAD', 'CENTER_ACCEPTANCE', 'LEADER'), departmentId: 'dep' },
  person('head-1', 'DEPARTMENT_HEAD'),
  person('head-2', 'DEPARTMENT_HEAD'),
  person('acceptance-1', 'CENTER_ACCEPTANCE'),
  person('acceptance-2', 'CENTER_ACCEPTANCE', 'CENTER_REVIEWER'),
  person('expert-1', 'CENTER_REVIEWER'),
  person('expert-2', 'CENTER_REVIEWER'),
  person('allocator', 'CAPACITY_ALLOCATOR'),
  person('leader', 'LEADER'),
  person('clerk'),
];
const SUBJECT = { departmentId: 'dep', applicantId: 'applicant' };

describe('any sequence of acts', () => {
  const who = fc.nat(PEOPLE.length - 1);
  const command = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('approve' as const), who, for: fc.option(who, { nil: null }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('return' as const, 'reject' as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('transfer' as const), who, to: who }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        who,
        to: who,
        where: fc.constantFrom('BEFORE', 'BESIDE'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('escalate' as const) }) },
  );

  it('has one current step while it runs, nobody twice, never the applicant, and the hold once', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const ids = makeIds();
        let round = openRound(
          {
            ...{ subjectId: 's', number: 1, editionId: 'e', chainKey: 'c', chosenBy: '' },
            chainTitle: { zh: '链', en: 'c' },
            applicantId: 'applicant',
            steps: STEPS,
          },
          at(0),
          dueFrom(at(0)),
          ids,
        );
        const deciders: string[] = [];
        let holds = 0;
        for (const one of commands) {
          if (round.state !== 'RUNNING') break;
          if (one.kind === 'withdraw') round = endRound(round, 'WITHDRAW', at(2));
          else if (one.kind === 'escalate') round = escalated(round, at(2));
          else {
            const self = PEOPLE[one.who] as Voice;
            const other = 'for' in one && one.for !== null ? PEOPLE[one.for] : undefined;
            const voices = other && other !== self ? [self, { ...other, delegationId: 'd' }] : [self];
            const stand = standingOf(round, SUBJECT, voices);
            if (!stand.ok) continue;
            const { seat, voice } = stand.value;
            if (one.kind === 'transfer') {
              const to = PEOPLE[one.to] as Voice;
              if (mayTake(round, seat, SUBJECT, to)) round = transfer(round, seat.id, { id: to.userId, name: to.name });
              continue;
            }
            if (one.kind === 'add') {
              const to = PEOPLE[one.to] as Voice;
              const seated = currentStep(round)?.seats.some((t) => t.person?.id === to.userId);
              if (round.taken.includes(to.userId) || seated || addedCount(round) >= ADDED_MAX) continue;
              const wish = {
                where: one.where as 'BEFORE' | 'BESIDE',
                person: { id: to.userId, name: to.name },
                addedBy: { id: self.userId, name: self.name },
                title: { zh: '加签', en: 'added' },
              };
              round = addApprover(round, wish, at(1), dueFrom(at(1)), ids);
              continue;
            }
            const verdict = one.kind === 'approve' ? 'APPROVE' : one.kind === 'return' ? 'RETURN' : 'REJECT';
            const decided = decide(
              round,
              seat.id,
              {
                verdict,
                by: { id: self.userId, name: self.name },
                role: null,
                onBehalfOf: voice === self ? null : { id: voice.userId, name: voice.name },
                at: at(1),
                opinion: null,
                fileId: null,
              },
              dueFrom(at(1)),
            );
            deciders.push(self.userId, ...(voice === self ? [] : [voice.userId]));
            if (decided.entered?.holdsCapacity && decided.firstTime) holds += 1;
            round = decided.round;
          }
          const current = round.steps.filter((s) => s.state === 'CURRENT');
          expect(current).toHaveLength(round.state === 'RUNNING' ? 1 : 0);
          // What stands before the current one is decided, what stands after it waits.
          const position = current[0]?.position ?? 0;
          if (current[0])
            for (const s of round.steps)
              expect([s.position < position, s.state === 'APPROVED']).toEqual(
                s.position === position ? [false, false] : [s.position < position, s.position < position],
              );
        }
        expect(new Set(deciders).size).toBe(deciders.length);
        expect(deciders).not.toContain('applicant');
        expect(holds).toBeLessThanOrEqual(1);
        expect(isHolding(round)).toBe(holds === 1);
        if (round.state === 'APPROVED') expect(holds).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
