import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GRADES, type Grade } from '../../grades/domain/grade.js';
import { FIRST_PERFORMANCE_RULE } from '../../platform/database/migrations/202611300040-performance.js';
import { answerObjection, appealObjection, checkCorrections, corrected } from './appeal.js';
import { MISSING_MARKS_MAX, wrongDraft, wrongRule } from './check-rule.js';
import { evaluated, frozenText } from './evaluation.js';
import { type AvailabilityReading, evidenceOf, type RecordedSystem, type SubjectFacts } from './evidence.js';
import { INDICATOR_MEANINGS, INDICATORS, type Indicator } from './indicators.js';
import { gradesPublished, runWaits } from './performance-notices.js';
import { daysBetween, daysOfYear, periodOf } from './period.js';
import type { IndicatorRule, PerformanceRule } from './rule.js';
import { decideRun } from './run-state.js';
import { type Measured, marksOf, scoreOf } from './score.js';

const TODAY = '2026-11-29';
const FIRST_RULE = FIRST_PERFORMANCE_RULE as PerformanceRule;
const rank = (grade: Grade | null) => (grade === null ? GRADES.length : GRADES.indexOf(grade));

const bandsOf = (indicator: Indicator) =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 6 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 6, maxLength: 6 }),
    )
    .map(([bounds, marks]) => {
      const more = INDICATOR_MEANINGS[indicator].better === 'MORE';
      const inOrder = bounds.toSorted((a, b) => (more ? b - a : a - b));
      const falling = marks.toSorted((a, b) => b - a);
      return inOrder.map((bound, at) => ({ bound, marks: falling[at] ?? 1 }));
    });

/** Rules that may be put in force, whatever they say. */
const rules: fc.Arbitrary<PerformanceRule> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 }),
    fc.array(fc.integer({ min: 0, max: MISSING_MARKS_MAX }), { minLength: 6, maxLength: 6 }),
    fc.tuple(...INDICATORS.map(bandsOf)),
    fc.array(fc.constantFrom<Grade | null>(null, 'FAIR', 'POOR'), { minLength: 6, maxLength: 6 }),
    fc.integer({ min: 1, max: 100 }),
  )
  .map(([weights, missing, bands, caps, leastEvidencePercent]) => {
    const before = weights.slice(0, 5).reduce((sum, one) => sum + Math.min(one, 18), 0);
    return {
      ...FIRST_RULE,
      leastEvidencePercent,
      indicators: INDICATORS.map(
        (indicator, at): IndicatorRule => ({
          indicator,
          weight: at < 5 ? Math.min(weights[at] ?? 1, 18) : 100 - before,
          bands: bands[at] ?? [],
          missingMarks: missing[at] ?? 0,
          fromLevel: 1,
          zeroCaps: caps[at] ?? null,
        }),
      ),
    };
  });
const values = fc.array(fc.option(fc.integer({ min: 0, max: 25_000 }), { nil: null }), { minLength: 6, maxLength: 6 });
const measuredOf = (known: readonly (number | null)[]): Measured[] =>
  INDICATORS.map((indicator, at) => ({ indicator, applies: true, value: known[at] ?? null }));

describe('a score', () => {
  it('never falls, nor the grade, when any one value becomes better', () => {
    fc.assert(
      fc.property(rules, values, fc.nat(5), fc.integer({ min: 1, max: 20_000 }), (rule, known, at, step) => {
        const indicator = INDICATORS[at] as Indicator;
        const value = known[at] ?? 0;
        const better = INDICATOR_MEANINGS[indicator].better === 'MORE' ? value + step : Math.max(0, value - step);
        const before = scoreOf(rule, measuredOf(known.with(at, value)));
        const after = scoreOf(rule, measuredOf(known.with(at, better)));
        expect(after.points).toBeGreaterThanOrEqual(before.points);
        expect(rank(after.grade)).toBeLessThanOrEqual(rank(before.grade));
      }),
    );
  });

  it('is the mean of the marks by weight, between none and all', () => {
    fc.assert(
      fc.property(rules, values, (rule, known) => {
        const { marks, points } = scoreOf(rule, measuredOf(known));
        const exact = marks.reduce((sum, { weight, marks: earned }) => sum + weight * earned, 0);
        // Weights come to 100: hundredths of a point are the sum itself.
        expect(points).toBe(exact);
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  it('is never full where anything has no evidence, however the rest stands', () => {
    fc.assert(
      fc.property(rules, values, fc.nat(5), (rule, known, at) => {
        const { points, marks } = scoreOf(rule, measuredOf(known.with(at, null)));
        const missing = marks.find(({ indicator }) => indicator === INDICATORS[at]);
        expect(missing).toMatchObject({ missing: true });
        expect(missing?.marks).toBeLessThanOrEqual(MISSING_MARKS_MAX);
        expect(points).toBeLessThanOrEqual(10_000 - (missing?.weight ?? 0) * (100 - MISSING_MARKS_MAX));
      }),
    );
  });

  it('gives no grade below the evidence that the rule asks for', () => {
    fc.assert(
      fc.property(rules, values, (rule, known) => {
        const weight = rule.indicators.reduce((sum, one, at) => sum + (known[at] === null ? 0 : one.weight), 0);
        expect(scoreOf(rule, measuredOf(known)).grade === null).toBe(weight < rule.leastEvidencePercent);
      }),
    );
  });

  it('holds the grade down where an indicator that caps has evidence and no marks', () => {
    const full: Measured[] = INDICATORS.map((indicator) => ({ indicator, applies: true, value: 10_000 }));
    expect(scoreOf(FIRST_RULE, full)).toMatchObject({ points: 10_000, grade: 'EXCELLENT', cappedBy: [] });
    const idle = full.map((one) => (one.indicator === 'PROTECTION' ? { ...one, value: 0 } : one));
    expect(scoreOf(FIRST_RULE, idle)).toMatchObject({ points: 8_500, grade: 'FAIR', cappedBy: ['PROTECTION'] });
    const unknown = full.map((one) => (one.indicator === 'PROTECTION' ? { ...one, value: null } : one));
    expect(scoreOf(FIRST_RULE, unknown)).toMatchObject({ points: 8_800, grade: 'GOOD', cappedBy: [] });
  });

  it('is of the rest where an indicator is not asked for', () => {
    const level1 = INDICATORS.map((indicator) => ({
      indicator,
      applies: indicator !== 'PROTECTION' && indicator !== 'CRYPTOGRAPHY',
      value: indicator === 'SHARING' ? 0 : 10_000,
    }));
    // 70 of 75 that apply.
    expect(scoreOf(FIRST_RULE, level1)).toMatchObject({ points: 9_333, grade: 'EXCELLENT', evidencePercent: 100 });
    expect(
      scoreOf(
        FIRST_RULE,
        level1.map((one) => ({ ...one, applies: false })),
      ),
    ).toMatchObject({
      points: 0,
      grade: null,
    });
  });

  it('begins each band and each grade exactly at its bound', () => {
    const [use, , cost] = FIRST_RULE.indicators as [IndicatorRule, IndicatorRule, IndicatorRule];
    expect([4_000, 3_999, 300, 299].map((value) => marksOf(use, value))).toEqual([100, 85, 15, 0]);
    expect([0, 10_000, 10_001, 15_000, 15_001].map((value) => marksOf(cost, value))).toEqual([100, 100, 85, 30, 0]);
    const one = (marks: number): PerformanceRule => ({
      ...FIRST_RULE,
      indicators: [{ ...use, weight: 100, bands: [{ bound: 0, marks }], zeroCaps: null }],
    });
    const gradeAt = (marks: number) =>
      scoreOf(one(marks), [{ indicator: 'UTILISATION', applies: true, value: 1 }]).grade;
    expect([90, 89, 75, 74, 60, 59].map(gradeAt)).toEqual(['EXCELLENT', 'GOOD', 'GOOD', 'FAIR', 'FAIR', 'POOR']);
  });
});

describe('a rule', () => {
  const placesOf = (rule: PerformanceRule, from = TODAY) =>
    wrongRule(rule, from, TODAY).map((one) => `${one.path.join('.')} ${one.code === 'INVALID_INPUT' ? one.rule : ''}`);
  const withFirst = (more: Partial<IndicatorRule>): PerformanceRule => ({
    ...FIRST_RULE,
    indicators: FIRST_RULE.indicators.map((one, at) => (at === 0 ? { ...one, ...more } : one)),
  });

  it('of the first edition may be put in force, and so may every made one', () => {
    expect(placesOf(FIRST_RULE)).toEqual([]);
    fc.assert(fc.property(rules, (rule) => expect(placesOf(rule)).toEqual([])));
  });

  it.each([
    ['weights that are not 100', withFirst({ weight: 29 }), 'rule.indicators weights'],
    ['no weight', withFirst({ weight: 0 }), 'rule.indicators.0.weight range'],
    ['more than half for what is not known', withFirst({ missingMarks: 51 }), 'rule.indicators.0.missingMarks range'],
    ['no bands', withFirst({ bands: [] }), 'rule.indicators.0.bands range'],
    [
      'bands that rise',
      withFirst({
        bands: [
          { bound: 10, marks: 50 },
          { bound: 20, marks: 60 },
        ],
      }),
      'rule.indicators.0.bands.1 order',
    ],
    ['marks beyond all', withFirst({ bands: [{ bound: 1, marks: 101 }] }), 'rule.indicators.0.bands.0.marks range'],
    [
      'an indicator twice',
      withFirst({ indicator: 'COST', bands: [{ bound: 1, marks: 9 }] }),
      'rule.indicators.2.indicator twice',
    ],
    ['grades out of order', { ...FIRST_RULE, goodFrom: 90 }, 'rule.goodFrom order'],
    ['no evidence at all', { ...FIRST_RULE, leastEvidencePercent: 0 }, 'rule.leastEvidencePercent range'],
    ['too short an appeal', { ...FIRST_RULE, appealWorkingDays: 4 }, 'rule.appealWorkingDays range'],
    ['too high a quota', { ...FIRST_RULE, excellentQuotaPercent: 51 }, 'rule.excellentQuotaPercent range'],
    [
      'a self-evaluation after two years',
      { ...FIRST_RULE, selfEvaluationToMonths: 25 },
      'rule.selfEvaluationToMonths range',
    ],
    ['half a percent', withFirst({ weight: 29.5 }), 'rule.indicators.0.weight range'],
  ] as const)('is refused with %s', (_, rule, place) => {
    expect(placesOf(rule as PerformanceRule)).toContain(place);
  });

  it('never begins before the day on which it is put in force, and a draft says why it changes', () => {
    expect(placesOf(FIRST_RULE, '2026-11-28')).toEqual(['effectiveFrom past']);
    expect(wrongDraft(' ', 'soon', FIRST_RULE).map(({ path }) => path.join('.'))).toEqual(['note', 'effectiveFrom']);
  });
});

const system: RecordedSystem = {
  id: 's1',
  protectionLevel: 3,
  filed: true,
  assessedOn: '2026-03-01',
  assessmentResult: 'CONFORMING',
  cryptoAssessedOn: '2026-03-01',
  cryptoResult: 'BASICALLY_CONFORMING',
  sharesData: true,
  dataClass: 'IMPORTANT',
  availabilityMilliPercent: 99_950,
};
const reading: AvailabilityReading = {
  systemId: 's1',
  month: '2026-10',
  minutes: 44_640,
  downMinutes: 60,
  excusedMinutes: 30,
};
const use = { days: 30, cpu: 30n * 4n * 2_000n, vcpuDays: 120n, memory: 30n * 8_192n * 5_500n, mibDays: 30n * 8_192n };
const facts: SubjectFacts = {
  systems: [system],
  machines: 1,
  uses: [use],
  readings: [reading],
  months: 1,
  cost: { cost: 95_00n, target: 100_00n, budgets: ['运维'], draftedMonths: [] },
};
const attained = (indicator: Indicator, more: Partial<SubjectFacts> = {}) =>
  evidenceOf(FIRST_RULE, { ...facts, ...more }, TODAY).find((one) => one.indicator === indicator)?.value;
const withSystem = (more: Partial<RecordedSystem>) => ({ systems: [{ ...system, ...more }] });

describe('evidence', () => {
  it('of use is the higher of both, by size, of machines that were seen long enough', () => {
    expect(attained('UTILISATION')).toBe(5_500);
    expect(attained('UTILISATION', { uses: [{ ...use, days: 13 }] })).toBeNull();
    expect(attained('UTILISATION', { machines: 2 })).toBe(5_500);
    expect(attained('UTILISATION', { machines: 3 })).toBeNull();
    expect(attained('UTILISATION', { machines: 0, uses: [] })).toBeNull();
  });

  it('of availability is what was allowed against what was, excused minutes left out', () => {
    // 0.05 % of 44,640 minutes are 22.32; 30 counted.
    expect(attained('AVAILABILITY')).toBe(7_440);
    expect(attained('AVAILABILITY', { readings: [{ ...reading, downMinutes: 52, excusedMinutes: 30 }] })).toBe(10_000);
    expect(attained('AVAILABILITY', { readings: [] })).toBeNull();
    expect(attained('AVAILABILITY', { months: 3 })).toBeNull();
    expect(attained('AVAILABILITY', { months: 2 })).toBe(7_440);
    // Without a target of its own the rule's: 44.64 minutes.
    expect(attained('AVAILABILITY', withSystem({ availabilityMilliPercent: null }))).toBe(10_000);
  });

  it('of cost is the part of the budget of these days, and none without a budget', () => {
    expect(attained('COST')).toBe(9_500);
    expect(attained('COST', { cost: { ...facts.cost, target: null } })).toBeNull();
    expect(attained('COST', { cost: { ...facts.cost, target: 0n } })).toBeNull();
    expect(attained('COST', { cost: { ...facts.cost, cost: -5n } })).toBe(0);
  });

  it('of protection knows what is not filed or too long ago, and does not know what was never assessed', () => {
    expect(attained('PROTECTION')).toBe(10_000);
    expect(attained('PROTECTION', withSystem({ filed: false }))).toBe(0);
    expect(attained('PROTECTION', withSystem({ assessedOn: null }))).toBeNull();
    expect(attained('PROTECTION', withSystem({ assessmentResult: 'NOT_CONFORMING' }))).toBe(0);
    // A year at level 3, two at level 2.
    expect(attained('PROTECTION', withSystem({ assessedOn: '2025-11-29' }))).toBe(10_000);
    expect(attained('PROTECTION', withSystem({ assessedOn: '2025-11-28' }))).toBe(0);
    expect(attained('PROTECTION', withSystem({ assessedOn: '2025-11-28', protectionLevel: 2 }))).toBe(10_000);
    expect(attained('CRYPTOGRAPHY')).toBe(7_000);
    const level1 = evidenceOf(FIRST_RULE, { ...facts, ...withSystem({ protectionLevel: 1 }) }, TODAY);
    expect(level1.filter(({ applies }) => !applies).map(({ indicator }) => indicator)).toEqual([
      'PROTECTION',
      'CRYPTOGRAPHY',
    ]);
  });

  it('of sharing takes a "no" only from a record that was kept', () => {
    expect(attained('SHARING')).toBe(10_000);
    expect(attained('SHARING', withSystem({ sharesData: false }))).toBe(0);
    expect(attained('SHARING', withSystem({ sharesData: false, dataClass: null }))).toBeNull();
  });

  it('of a department is the mean of its systems, in which the unknown count for nothing', () => {
    const systems = [system, { ...system, id: 's2', assessedOn: null }];
    expect(attained('PROTECTION', { systems })).toBe(5_000);
    expect(attained('PROTECTION', { systems: systems.map((one) => ({ ...one, assessedOn: null })) })).toBeNull();
  });
});

const content = () =>
  evaluated({
    subject: {
      ...{ kind: 'SYSTEM', id: 's1', code: 'XT-1', name: '系统' },
      ...{ departmentId: 'd1', departmentName: '单位', systems: 1, machines: 1 },
    },
    period: { key: '2026-10', from: '2026-10-01', to: '2026-11-01' },
    asOf: TODAY,
    editionNumber: 1,
    rule: FIRST_RULE,
    evidence: evidenceOf(FIRST_RULE, facts, TODAY),
  });

describe('an evaluation', () => {
  it('says why it is what it is', () => {
    const { points, grade, reasons } = content();
    expect([points, grade]).toEqual([8_750, 'GOOD']);
    expect(reasons.map(({ zh }) => zh)).toEqual([
      '得分 87.5，等次“良”（优 90、良 75、中 60 分起）',
      '失分最多的是“可用性”，得 50 分，权重 20%',
    ]);
    const run = { id: 'r', code: 'JX-1', period: '2026-10', preparedById: 'a' };
    const of = (kind: 'SYSTEM' | 'DEPARTMENT') => ({
      departmentId: 'd',
      kind,
      grade: 'POOR' as const,
      evaluationId: 'e',
    });
    const told = (...systems: ReturnType<typeof of>[]) =>
      gradesPublished(run, [of('DEPARTMENT'), ...systems], new Date('2026-12-10T00:00:00Z')).map(({ text }) => text.en);
    expect(told(of('SYSTEM'))).toEqual([expect.stringContaining('is poor, 1 system is poor;')]);
    expect(told(of('SYSTEM'), of('SYSTEM'))).toEqual([expect.stringContaining('is poor, 2 systems are poor;')]);
    expect(runWaits(run, 1).text.en).toContain('has 1 subject and waits');
  });

  it('is hashed by a text that any change of what it says changes', () => {
    const head = { id: 'e', runId: 'r', version: 1, previousHash: null };
    const text = frozenText(head, content());
    expect(frozenText(head, JSON.parse(JSON.stringify(content())))).toBe(text);
    expect(frozenText({ ...head, version: 2 }, content())).not.toBe(text);
    expect(frozenText(head, { ...content(), points: 8_751 })).not.toBe(text);
  });
});

describe('a period', () => {
  it('is a month, a quarter, half a year or a year, and nothing else', () => {
    expect(periodOf('2026-02')).toMatchObject({ from: '2026-02-01', to: '2026-03-01', months: ['2026-02'] });
    expect(periodOf('2026-Q4')).toMatchObject({ from: '2026-10-01', to: '2027-01-01' });
    expect(periodOf('2026-H1')).toMatchObject({ from: '2026-01-01', to: '2026-07-01' });
    expect(periodOf('2026')?.months).toHaveLength(12);
    for (const key of ['2026-13', '2026-Q5', '2026-H3', '26-01', '', '2026-1']) expect(periodOf(key)).toBeUndefined();
    expect([daysBetween('2026-10-01', '2026-11-01'), daysOfYear('2028-01-01')]).toEqual([31, 366]);
  });
});

describe('two people', () => {
  it('evaluate and publish', () => {
    const run = { state: 'PREPARED', version: 2, preparedById: 'a' } as const;
    const wish = { expectedVersion: 2, opinion: '同意' };
    expect(decideRun('b', run, 'APPROVE', wish)).toEqual({ ok: true, value: 'PUBLISHED' });
    expect(decideRun('a', run, 'APPROVE', wish)).toMatchObject({ error: [{ reason: 'OWN_EVALUATION' }] });
    expect(decideRun('a', run, 'WITHDRAW', wish)).toEqual({ ok: true, value: 'WITHDRAWN' });
    expect(decideRun('b', { ...run, state: 'GATHERING' }, 'APPROVE', wish)).toMatchObject({
      error: [{ code: 'ILLEGAL_TRANSITION' }],
    });
  });
});

describe('an appeal', () => {
  const standing = { isNewest: true, hasOpen: false, dueAt: new Date('2026-12-10T00:00:00Z') };
  const now = new Date('2026-12-10T00:00:00Z');

  it('is made once, in time, against what stands', () => {
    expect(appealObjection(standing, now)).toBeNull();
    expect(appealObjection(standing, new Date('2026-12-10T00:00:00.001Z'))).toMatchObject({ reason: 'APPEAL_OVER' });
    expect(appealObjection({ ...standing, hasOpen: true }, now)).toMatchObject({ reason: 'APPEAL_OPEN' });
    expect(appealObjection({ ...standing, isNewest: false }, now)).toMatchObject({ reason: 'REPLACED' });
  });

  it('is answered by nobody who evaluated, published or appealed', () => {
    expect(answerObjection('c', ['a', 'b', null])).toBeNull();
    expect(answerObjection('b', ['a', 'b'])).toMatchObject({ reason: 'OWN_EVALUATION' });
  });

  it('sets evidence right only where it is asked for, differs, and is proved', () => {
    const { evidence } = content();
    const right = { indicator: 'AVAILABILITY', value: 10_000, proof: '机房市电中断，供电局证明' } as const;
    expect(checkCorrections([right], evidence)).toEqual([]);
    const rulesOf = (more: object) =>
      checkCorrections([{ ...right, ...more }], evidence).map((one) => (one.code === 'INVALID_INPUT' ? one.rule : ''));
    expect(rulesOf({ value: 7_440 })).toEqual(['same']);
    expect(rulesOf({ value: -1 })).toEqual(['range']);
    expect(rulesOf({ proof: ' ' })).toEqual(['proof']);
    expect(checkCorrections([], evidence)).toHaveLength(1);
    expect(checkCorrections([right, right], evidence)).toHaveLength(1);
    const [, after] = corrected(evidence, [right]);
    expect(after).toMatchObject({ value: 10_000, source: { zh: expect.stringContaining('申诉佐证') } });
    expect(after?.figures.at(-2)?.value.zh).toBe('74.4% → 100%');
    const unknown = evidence.map((one) => ({ ...one, value: null }));
    expect(corrected(unknown, [right])[1]?.figures.at(-2)?.value.en).toBe('no evidence → 100%');
  });
});
