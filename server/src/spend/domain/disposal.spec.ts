import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { monthsFrom } from './months.js';
import {
  type AssetTerms,
  assetMonth,
  checkDisposal,
  costsOfAsset,
  depreciationOf,
  writeDownOf,
} from './owned-asset.js';

const terms: AssetTerms = { cost: 1_200_00n, residual: 60_00n, depreciatesFrom: '2024-01', lifeMonths: 38 };
const upkeep = [{ from: '2024-01', maintenance: 5_00n, power: 3_00n }];
const sum = (amounts: readonly { amount: bigint }[]) => amounts.reduce((total, { amount }) => total + amount, 0n);

describe('an asset that is disposed of', () => {
  it('is written off no more from that month on, and leaves what it is still worth as a cost of that month', () => {
    const gone = { ...terms, disposedOn: '2025-01-20' };
    // Twelve of 38 months of 1,140 yuan: 30 yuan each.
    expect([...depreciationOf(gone).keys()].at(-1)).toBe('2024-12');
    expect(writeDownOf(gone)).toEqual({ month: '2025-01', amount: 840_00n });
    expect(costsOfAsset(gone, upkeep, ['2024-12', '2025-01', '2025-02'])).toEqual([
      { month: '2024-12', cost: 'DEPRECIATION', amount: 30_00n },
      { month: '2024-12', cost: 'MAINTENANCE', amount: 5_00n },
      { month: '2024-12', cost: 'POWER', amount: 3_00n },
      { month: '2025-01', cost: 'MAINTENANCE', amount: 5_00n },
      { month: '2025-01', cost: 'POWER', amount: 3_00n },
      { month: '2025-01', cost: 'WRITE_DOWN', amount: 840_00n },
    ]);
    expect(assetMonth(gone, upkeep, '2024-12').netValue).toBe(840_00n);
    expect(assetMonth(gone, upkeep, '2025-01')).toMatchObject({ netValue: 0n, writeDown: 840_00n, depreciation: 0n });
  });

  it('costs what it cost in all, to the fen, whenever it ends; one that stays keeps its residual value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 0, max: 140 }),
        fc.integer({ min: 1, max: 28 }),
        (cost, percent, lifeMonths, after, day) => {
          const of: AssetTerms = {
            cost,
            residual: (cost * BigInt(percent)) / 100n,
            depreciatesFrom: '2024-03',
            lifeMonths,
          };
          const months = monthsFrom('2024-03', 160);
          const disposedOn = `${months[after]}-${String(day).padStart(2, '0')}`;
          const all = costsOfAsset({ ...of, disposedOn }, [], months);
          expect(sum(all)).toBe(cost);
          expect(sum(costsOfAsset(of, [], months))).toBe(cost - of.residual);
          // Nothing after its end, one loss at most, and every month before it as if it stayed.
          const end = months[after] ?? '';
          expect(all.every(({ month }) => month <= end)).toBe(true);
          const earlier = (some: typeof all) => some.filter(({ month }) => month < end);
          expect(earlier(all)).toEqual(earlier(costsOfAsset(of, [], months)));
          for (const { amount } of all) expect(amount).toBeGreaterThan(0n);
          for (const month of months) {
            const { netValue } = assetMonth({ ...of, disposedOn }, [], month);
            expect(netValue).toBe(cost - sum(all.filter((one) => one.month <= month)));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is refused before it was acquired, in days to come, without a document or a reason, and below nothing', () => {
    const facts = { disposedOn: '2026-06-01', proceeds: 0n, document: '国资〔2026〕1号', reason: '老化' };
    const rules = (more: Partial<typeof facts>) =>
      checkDisposal({ ...facts, ...more }, { acquiredOn: '2024-01-10' }, '2026-11-30').map(({ path }) => path[0]);
    expect(rules({})).toEqual([]);
    expect(rules({ disposedOn: '2024-01-09' })).toEqual(['disposedOn']);
    expect(rules({ disposedOn: '2026-12-01' })).toEqual(['disposedOn']);
    expect(rules({ disposedOn: 'x', proceeds: -1n, document: ' ', reason: '' })).toEqual([
      ...['disposedOn', 'proceeds', 'document', 'reason'],
    ]);
  });
});
