import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DrillRule, type DrillRuleLine, dueOf } from './drill-calendar.js';
import {
  atHand,
  DRILL_MARKS,
  type DrillMark,
  type Item,
  isLate,
  isTried,
  planItems,
  refusedPress,
} from './drill-items.js';
import { dataPointOf, isNext, measuredOf } from './drill-marks.js';
import { awaitsApproval, awaitsOwner } from './drill-notices.js';
import { type DrillFacts, resultOf } from './drill-outcome.js';
import { wrongRule, wrongRuleDraft } from './drill-rule.js';
import {
  actionsOfPeople,
  DRILL_ACTIONS,
  DRILL_STATES,
  DRILL_TABLE,
  type DrillState,
  HOLDING_STATES,
  holdsGroup,
} from './drill-state.js';

const DAY = 86_400_000;
const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000);
const itemsOf = (kind: 'TABLETOP' | 'SIMULATED', own = 0): Item[] =>
  planItems(
    kind,
    Array.from({ length: own }, (_, n) => ({ title: `验证 ${n}`, limitSeconds: 600 })),
  ).map((item) => ({ ...item, state: 'WAITING', begunAt: null, doneAt: null, doneById: null }));

const rule: DrillRule = {
  number: 1,
  effectiveOn: '2026-01-01',
  rectifyDays: 30,
  terms: [
    { kind: 'TABLETOP', everyDays: 365, warnDays: 30, onlyProtected: false },
    { kind: 'SIMULATED', everyDays: 180, warnDays: 30, onlyProtected: true },
  ],
};

describe('a drill', () => {
  it('leaves what it began by no other way than through cleaning up', () => {
    const action = fc.constantFrom(...DRILL_ACTIONS);
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        let state: DrillState = 'DRAFT';
        let held = false;
        let cleaned = false;
        for (const one of actions) {
          const next: DrillState | undefined = DRILL_TABLE.transitions[state][one];
          if (next === undefined) continue;
          if (next === 'CLOSED') expect(state).toBe('CLEANING_UP');
          if (next === 'CLEANING_UP') cleaned = true;
          if (held && !holdsGroup(next)) expect({ next, cleaned }).toEqual({ next: 'CLOSED', cleaned: true });
          held = holdsGroup(next);
          state = next;
        }
      }),
    );
  });

  it('holds its group from the precheck on until all is gone, and above all while it is not cleaned up', () => {
    expect(DRILL_STATES.filter(holdsGroup)).toEqual([...HOLDING_STATES]);
    expect(holdsGroup('CLEANUP_FAILED')).toBe(true);
    expect(Object.keys(DRILL_TABLE.transitions.CLEANUP_FAILED)).toEqual(['RETRY_CLEANUP']);
  });

  it('offers nobody what the console does by itself', () => {
    const offered = new Set(DRILL_STATES.flatMap(actionsOfPeople));
    for (const one of ['ISOLATE', 'VALIDATE', 'FAIL_CLEANUP', 'CLOSE'] as const) expect(offered.has(one)).toBe(false);
  });
});

describe('a checklist', () => {
  it('is taken one by one, ends with the owner, and has each moment once', () => {
    for (const kind of ['TABLETOP', 'SIMULATED'] as const) {
      const items = itemsOf(kind, 2);
      expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => index + 1));
      expect(items.at(-1)).toMatchObject({ code: 'VERIFY', kind: 'OWNER', mark: 'T7' });
      const marks = items.flatMap(({ mark }) => mark ?? []);
      expect(marks).toEqual(marks.toSorted());
      expect(new Set(marks).size).toBe(marks.length);
    }
    expect(itemsOf('SIMULATED').flatMap(({ mark }) => mark ?? [])).toEqual(DRILL_MARKS.slice(1));
  });

  it('lets nobody tick what is not at hand, what the console measures, or decide what he declared himself', () => {
    const person = { userId: 'p', owns: false };
    const items = itemsOf('SIMULATED', 1);
    const done = (upTo: number, by: string) =>
      items.map((item) => (item.number <= upTo ? { ...item, state: 'DONE' as const, doneById: by } : item));
    expect(refusedPress(items, 2, person)).toBe('NOT_AT_HAND');
    expect(refusedPress(items, 1, person)).toBeNull();
    expect(refusedPress(done(2, 'p'), 3, person)).toBe('SAME_PERSON');
    expect(refusedPress(done(2, 'q'), 3, person)).toBeNull();
    expect(refusedPress(done(3, 'q'), 4, person)).toBe('AUTOMATIC');
    expect(refusedPress(done(9, 'q'), 10, person)).toBe('NOT_OWNER');
    expect(refusedPress(done(9, 'q'), 10, { ...person, owns: true })).toBeNull();
    // What failed stays at hand: nothing goes on past it.
    const failed = items.map((item) => (item.number === 1 ? { ...item, state: 'FAILED' as const } : item));
    expect(atHand(failed)?.number).toBe(1);
    expect(refusedPress(failed, 2, person)).toBe('NOT_AT_HAND');
    expect(isTried(done(9, 'q'))).toBe(true);
    expect(isTried(done(8, 'q'))).toBe(false);
  });

  it('is late by the time that an entry is at hand, not by that of the whole', () => {
    const item = { begunAt: at(0), doneAt: null, limitSeconds: 300 };
    expect(isLate(item, at(300))).toBe(false);
    expect(isLate(item, at(301))).toBe(true);
    expect(isLate({ ...item, doneAt: at(200) }, at(9_999))).toBe(false);
    expect(isLate({ ...item, begunAt: null }, at(9_999))).toBe(false);
  });
});

describe('what is measured', () => {
  it('adds up: the shares of the time are the whole of it, and no share is negative', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(steps, (gaps) => {
        let now = 0;
        const marks = Object.fromEntries(
          DRILL_MARKS.map((mark, index) => {
            now += gaps[index] as number;
            return [mark, at(now)];
          }),
        );
        const { decisionSeconds, detectionSeconds, executionSeconds, rtoSeconds } = measuredOf(marks, undefined);
        const sum = (detectionSeconds ?? -1) + (decisionSeconds ?? -1) + (executionSeconds ?? -1);
        expect(sum).toBe(rtoSeconds);
        for (const share of [detectionSeconds, decisionSeconds, executionSeconds])
          expect(share).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is taken once and only forward: no order of presses gives a moment before an earlier one', () => {
    const press = fc.record({ mark: fc.constantFrom(...DRILL_MARKS), seconds: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(press, { maxLength: 30 }), (presses) => {
        const marks: { [M in DrillMark]?: Date } = {};
        for (const { mark, seconds } of presses) if (isNext(marks, mark, at(seconds))) marks[mark] = at(seconds);
        const taken = DRILL_MARKS.flatMap((mark) => marks[mark]?.getTime() ?? []);
        expect(taken).toEqual(taken.toSorted((a, b) => a - b));
      }),
    );
  });

  it('says of lost data only what is known: nothing to lose is 0, and one tier that nobody knows makes all unknown', () => {
    const marks = { T0: at(1_000), T5: at(1_900) };
    expect(measuredOf(marks, undefined).rpoSeconds).toBe(0);
    // Broken off before anything was brought back, or before it began.
    expect(measuredOf({ T0: at(1_000) }, at(400)).rpoSeconds).toBeNull();
    expect(measuredOf({}, undefined).rpoSeconds).toBeNull();
    expect(measuredOf(marks, null).rpoSeconds).toBeNull();
    expect(measuredOf(marks, at(400)).rpoSeconds).toBe(600);
    expect(measuredOf(marks, at(1_200)).rpoSeconds).toBe(0);
    const tier = (hasData: boolean, dataAt: Date | null) => ({ hasData, dataAt });
    expect(dataPointOf([tier(false, null)])).toBeUndefined();
    expect(dataPointOf([tier(true, at(5)), tier(true, at(3)), tier(false, null)])).toEqual(at(3));
    expect(dataPointOf([tier(true, at(5)), tier(true, null)])).toBeNull();
  });
});

describe('a calendar', () => {
  const group = { id: 'g', localMode: 'SINGLE' as const, remoteMode: 'APPLICATION' as const, createdAt: at(0) };
  const inDays = (days: number) => new Date(at(0).getTime() + days * DAY);

  it('counts from the last that passed, from its forming where there is none, and a harder one for an easier', () => {
    const [talked, tried] = dueOf(group, [], rule, inDays(10));
    expect([talked?.state, tried?.state]).toEqual(['FINE', 'FINE']);
    expect(tried?.dueAt).toEqual(inDays(180));
    expect(dueOf(group, [], rule, inDays(151))[1]?.state).toBe('SOON');
    expect(dueOf(group, [], rule, inDays(181))[1]?.state).toBe('OVERDUE');
    const passed = [{ kind: 'SIMULATED' as const, closedAt: inDays(170) }];
    expect(dueOf(group, passed, rule, inDays(400)).map(({ dueAt, state }) => [dueAt, state])).toEqual([
      [inDays(535), 'FINE'],
      [inDays(350), 'OVERDUE'],
    ]);
    // Talking about it proves nothing of machines.
    expect(dueOf(group, [{ kind: 'TABLETOP', closedAt: inDays(170) }], rule, inDays(181))[1]?.state).toBe('OVERDUE');
  });

  it('asks nothing of copies where nothing is promised in another center', () => {
    const single = { ...group, remoteMode: 'NONE' as const };
    expect(dueOf(single, [], rule, inDays(10)).map(({ kind }) => kind)).toEqual(['TABLETOP']);
  });
});

describe('an owner', () => {
  it('is asked to verify what was restored, and is told of nothing restored where people talked', () => {
    const of = (kind: 'TABLETOP' | 'SIMULATED') =>
      awaitsOwner({ kind, id: 'd', code: 'YL-2026-000001', departmentId: 'x', groupName: '办件系统' }).text.zh;
    expect(of('SIMULATED')).toContain('已在隔离环境恢复');
    expect(of('TABLETOP')).not.toContain('恢复');
  });
  it('hears that a drill waits for approval, with all who may agree to it, and not whoever planned it', () => {
    const { audience, onceKey } = awaitsApproval({
      ...{ kind: 'SIMULATED', id: 'd', code: 'YL-2026-000001', departmentId: 'x', groupName: '办件系统' },
      plannedById: 'planner',
    });
    expect(audience.roles).toContainEqual({ role: 'DEPARTMENT_HEAD', departmentId: 'x' });
    expect(audience.except).toEqual(['planner']);
    expect(onceKey).toBe('dr-drill/d/approve');
  });
});

describe('a rule of drills', () => {
  const content = { lines: rule.terms, rectifyDays: 30 };
  const today = '2026-11-30';
  const rulesOf = (more: Partial<typeof content>, from = today) =>
    wrongRule({ ...content, ...more }, from, today).map((one) => ('rule' in one ? one.rule : one.code));

  it('is put in force as it is from today on, and never from before', () => {
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({}, '2026-11-29')).toEqual(['past']);
    expect(wrongRuleDraft(' ', '2026-02-30')).toHaveLength(2);
  });

  it('names each kind once, in a period that people can keep and are told of before', () => {
    const [first] = rule.terms as [DrillRuleLine];
    expect(rulesOf({ lines: [] })).toEqual(['empty']);
    expect(rulesOf({ lines: [first, first] })).toEqual(['kind']);
    expect(rulesOf({ lines: [{ ...first, everyDays: 6, warnDays: 1 }] })).toEqual(['everyDays']);
    expect(rulesOf({ lines: [{ ...first, everyDays: 30, warnDays: 30 }] })).toEqual(['warnDays']);
    expect(rulesOf({ rectifyDays: 0 })).toEqual(['range']);
  });
});

describe('what came of it', () => {
  const facts: DrillFacts = {
    targets: { level: 5, rtoSeconds: 1_800, rpoSeconds: 900, dooSeconds: null, nroSeconds: null },
    measured: { rtoSeconds: 1_800, detectionSeconds: 1, decisionSeconds: 1, executionSeconds: 1, rpoSeconds: 900 },
    ...{ isTabletop: false, abortReason: null, verified: true, lateItems: [], failedMachines: [] },
    ...{ level: { level: 5, shortest: [] }, cleanupLate: false },
  };
  const codes = (more: Partial<DrillFacts>) => resultOf({ ...facts, ...more }).deviations.map(({ code }) => code);

  it('passed exactly at its targets, and missed a second later', () => {
    expect(resultOf(facts)).toEqual({ outcome: 'PASSED', deviations: [] });
    const slow = resultOf({ ...facts, measured: { ...facts.measured, rtoSeconds: 1_801 } });
    expect(slow).toMatchObject({
      outcome: 'MISSED',
      deviations: [{ code: 'RTO_MISSED', target: 1_800, measured: 1_801 }],
    });
  });

  it('never passed on what nobody knows, on the owner’s no, or on a machine that did not come', () => {
    const unknown = { ...facts.measured, rpoSeconds: null };
    for (const more of [{ measured: unknown }, { verified: false }, { failedMachines: ['db-1'] }])
      expect(resultOf({ ...facts, ...more }).outcome).toBe('MISSED');
    expect(codes({ measured: unknown })).toEqual(['RPO_UNKNOWN']);
  });

  it('names what is beside the point as a deviation, and passes for all that', () => {
    const late = [{ code: 'DECIDE' as const, title: null, seconds: 700, limit: 600 }];
    const result = resultOf({
      ...facts,
      lateItems: late,
      level: { level: 4, shortest: ['DR_PLAN'] },
      cleanupLate: true,
    });
    expect(result.outcome).toBe('PASSED');
    expect(result.deviations.map(({ code }) => code)).toEqual(['ITEM_LATE', 'LEVEL_BELOW', 'CLEANUP_LATE']);
    expect(codes({ level: { level: null, shortest: [] } })).toEqual(['LEVEL_UNKNOWN']);
  });

  it('is broken off with its reason, whatever else was reached; and of a talk no time is asked', () => {
    expect(resultOf({ ...facts, abortReason: '机房断电' })).toMatchObject({
      outcome: 'ABORTED',
      deviations: [{ code: 'ABORTED', subject: '机房断电' }],
    });
    const nothing = { ...facts.measured, rtoSeconds: null, rpoSeconds: null };
    expect(resultOf({ ...facts, isTabletop: true, measured: nothing }).outcome).toBe('PASSED');
  });
});
