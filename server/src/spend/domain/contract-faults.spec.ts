import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assess, feeOfMonth, roomOf } from './assessment.js';
import {
  type CoveredOutage,
  type CoveringTerms,
  contractTime,
  faultsOf,
  leftOutOf,
  saysTheSame,
} from './contract-faults.js';

const MINUTE = 60_000;
const terms: CoveringTerms = {
  ...{ kind: 'CLOUD_PLATFORM', fromDate: '2026-01-01', toDate: '2027-01-01', centerIds: ['a', 'b'] },
};
const begin = Date.parse('2026-04-01T00:00:00.000+08:00');
let made = 0;
const outage = (
  from: number,
  minutes: number,
  more: Partial<CoveredOutage> & { layer?: 'PLATFORM' | 'POWER' } = {},
) => {
  made += 1;
  const { layer = 'PLATFORM', ...rest } = more;
  const span = { from: begin + from * MINUTE, to: begin + (from + minutes) * MINUTE };
  return {
    ...{ ...span, counts: true, agreed: [], centerId: 'a' },
    fault: {
      ...{ outageId: `o${made}`, version: 1, code: `ZD-2026-${made}`, title: '故障', layer, excuse: null },
      ...{ from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() },
      ...{ orderCode: null, windowCode: null },
    },
    ...rest,
  } satisfies CoveredOutage;
};
const none = new Map<string, string>();

/** Some reach over the month's edges: it begins at nought and has 43,200 minutes. */
const some = fc
  .record({
    from: fc.integer({ min: -3_000, max: 45_000 }),
    minutes: fc.integer({ min: 1, max: 5_000 }),
    counts: fc.boolean(),
    centerId: fc.constantFrom('a', 'b', 'c'),
    layer: fc.constantFrom('PLATFORM' as const, 'POWER' as const),
    agreed: fc.array(
      fc
        .tuple(fc.integer({ min: -3_000, max: 45_000 }), fc.integer({ min: 1, max: 3_000 }))
        .map(([at, long]) => ({ from: begin + at * MINUTE, to: begin + (at + long) * MINUTE })),
      { maxLength: 2 },
    ),
  })
  .map(({ from, minutes, ...more }) => outage(from, minutes, more));
const record = fc.array(some, { maxLength: 6 });
const counted = ({ downMinutes, excusedMinutes }: { downMinutes: number; excusedMinutes: number }) =>
  downMinutes - excusedMinutes;

describe('faults of a contract', () => {
  it('are those of its kind in its centers, and of none other', () => {
    const all = [outage(0, 10), outage(20, 10, { centerId: 'c' }), outage(40, 10, { layer: 'POWER' })];
    expect(faultsOf(terms, '2026-04', all, none)).toMatchObject({ downMinutes: 10, faults: [{ minutes: 10 }] });
    expect(faultsOf({ ...terms, centerIds: [] }, '2026-04', all, none).downMinutes).toBe(20);
    // Whoever houses the machines answers for their power; whoever sells the power alone does, too.
    for (const kind of ['HOSTING', 'POWER'] as const)
      expect(faultsOf({ ...terms, kind }, '2026-04', all, none).faults.map(({ layer }) => layer)).toEqual(['POWER']);
    expect(faultsOf({ ...terms, kind: 'OTHER' }, '2026-04', all, none).faults).toEqual([]);
  });

  it('are of the days that are the contract’s, and of the month', () => {
    const late = { ...terms, fromDate: '2026-04-02' };
    expect(faultsOf(late, '2026-04', [outage(0, 2_000)], none).downMinutes).toBe(560);
    expect(faultsOf({ ...terms, toDate: '2026-04-02' }, '2026-04', [outage(1_000, 2_000)], none).downMinutes).toBe(440);
    expect(faultsOf(terms, '2026-04', [outage(-100, 150)], none).downMinutes).toBe(50);
    expect(faultsOf({ ...terms, toDate: '2026-03-01' }, '2026-04', [outage(0, 10)], none).faults).toEqual([]);
  });

  it('count each minute once, never more than the contract’s time, and no excused one', () => {
    fc.assert(
      fc.property(record, (all) => {
        const month = faultsOf(terms, '2026-04', all, none);
        const { from, to } = contractTime(terms, '2026-04');
        expect(counted(month)).toBeGreaterThanOrEqual(0);
        expect(month.downMinutes).toBeLessThanOrEqual((to - from) / MINUTE);
        const sum = month.faults.reduce((minutes, one) => minutes + one.countedMinutes, 0);
        expect(counted(month)).toBeLessThanOrEqual(sum);
        // Minute by minute, by another way.
        const mine = all.filter(({ centerId, fault }) => centerId !== 'c' && fault.layer === 'PLATFORM');
        let minutes = 0;
        for (let at = from; at < to; at += MINUTE)
          if (
            mine.some((o) => o.counts && o.from <= at && at < o.to && !o.agreed.some((w) => w.from <= at && at < w.to))
          )
            minutes += 1;
        expect(counted(month)).toBe(minutes);
      }),
      { numRuns: 40 },
    );
  });

  it('come to no more when one is left out, and to the same whatever their order', () => {
    fc.assert(
      fc.property(record, fc.nat(5), (all, pick) => {
        const month = faultsOf(terms, '2026-04', all, none);
        const id = all[pick]?.fault.outageId ?? '';
        const less = faultsOf(terms, '2026-04', all, new Map([[id, '不属于本合同']]));
        expect(counted(less)).toBeLessThanOrEqual(counted(month));
        expect(less.downMinutes).toBe(month.downMinutes);
        const turned = faultsOf(terms, '2026-04', [...all].reverse(), none);
        expect(counted(turned)).toBe(counted(month));
        expect(saysTheSame('2026-04', turned.faults, month.faults)).toBe(true);
        // What was left out is found again in what was kept.
        const again = faultsOf(terms, '2026-04', all, leftOutOf(less.faults));
        expect(again).toEqual(less);
      }),
    );
  });

  it('say that the record has changed when it has', () => {
    const one = outage(0, 10);
    const [then] = [faultsOf(terms, '2026-04', [one], none).faults];
    expect(saysTheSame('2026-04', then, faultsOf(terms, '2026-04', [one, outage(50, 1)], none).faults)).toBe(false);
    const excused = faultsOf(terms, '2026-04', [{ ...one, counts: false }], none).faults;
    expect(saysTheSame('2026-04', then, excused)).toBe(false);
    expect(saysTheSame('2026-04', then, [])).toBe(false);
  });

  it('say the same of the month when what lasted beyond it is said to have ended', () => {
    const lasting = outage(29 * 24 * 60, 3 * 24 * 60);
    const of = (to: string | null) =>
      faultsOf(terms, '2026-04', [{ ...lasting, fault: { ...lasting.fault, to } }], none).faults;
    expect(of(null)[0]?.minutes).toBe(24 * 60);
    expect(saysTheSame('2026-04', of(null), of(lasting.fault.to))).toBe(true);
    expect(saysTheSame('2026-04', of(null), of(new Date(begin + 29.5 * 24 * 60 * MINUTE).toISOString()))).toBe(false);
  });
});

describe('what they cost', () => {
  const rule = {
    bands: [
      { below: 9_990, deduct: 500 },
      { below: 9_900, deduct: 3_000 },
    ],
    cap: 2_000,
    contractCap: 1_000,
  };
  const ceiling = 365_00n;
  const fee = feeOfMonth({ ceiling, from: '2026-01-01', to: '2027-01-01' }, '2026-04');

  it('never falls with another outage, and never goes beyond the month’s cap or what the contract leaves', () => {
    const before = fc.bigInt({ min: 0n, max: ceiling });
    fc.assert(
      fc.property(record, some, before, (all, more, deducted) => {
        const room = roomOf(ceiling, rule, deducted);
        const of = (outages: readonly CoveredOutage[]) => {
          const { downMinutes, excusedMinutes } = faultsOf(terms, '2026-04', outages, none);
          return assess({ month: '2026-04', downMinutes, excusedMinutes }, fee, '2026-01', rule, room).deduction;
        };
        const [less, greater] = [of(all), of([...all, more])];
        expect(greater).toBeGreaterThanOrEqual(less);
        expect(greater * 10_000n).toBeLessThanOrEqual(fee * BigInt(rule.cap) + 5_000n);
        expect(deducted + greater <= (ceiling * 1_000n) / 10_000n || greater === 0n).toBe(true);
      }),
    );
  });

  it('is nothing once the contract’s cap is used up, and the whole ceiling where none is agreed on', () => {
    expect(roomOf(ceiling, rule, 30_00n)).toBe(6_50n);
    expect(roomOf(ceiling, rule, 40_00n)).toBe(0n);
    expect(roomOf(ceiling, { ...rule, contractCap: null }, 40_00n)).toBe(325_00n);
    expect(assess({ month: '2026-04', downMinutes: 500, excusedMinutes: 0 }, fee, '2026-01', rule, 0n)).toMatchObject({
      ...{ share: 2_000, deduction: 0n, room: 0n },
    });
  });
});
