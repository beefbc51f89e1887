import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BACKUP_KINDS, BACKUP_TERMS, countsAnew, isDue, levelOf, outlived, outlivedBinlogs } from './backup-age.js';

const now = new Date('2026-11-30T08:00:00.000Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

describe('backups of the console itself', () => {
  it.each(BACKUP_KINDS)('are never green by silence: %s', (kind) => {
    const { criticalMs, overdueMs } = BACKUP_TERMS[kind];
    expect(levelOf(kind, { lastDoneAt: null }, now)).toBe('NEVER');
    expect(levelOf(kind, { lastDoneAt: ago(overdueMs) }, now)).toBe('FRESH');
    expect(levelOf(kind, { lastDoneAt: ago(overdueMs + 1) }, now)).toBe('OVERDUE');
    expect(levelOf(kind, { lastDoneAt: ago(criticalMs + 1) }, now)).toBe('CRITICAL');
  });

  it('are made by their term, and after a failure sooner', () => {
    expect(isDue('DUMP', { lastDoneAt: null, lastTriedAt: null }, now)).toBe(true);
    expect(isDue('DUMP', { lastDoneAt: ago(23 * 3_600_000), lastTriedAt: ago(23 * 3_600_000 + 60_000) }, now)).toBe(
      false,
    );
    expect(isDue('DUMP', { lastDoneAt: ago(24 * 3_600_000), lastTriedAt: ago(25 * 3_600_000) }, now)).toBe(true);
    expect(isDue('DUMP', { lastDoneAt: ago(30 * 3_600_000), lastTriedAt: ago(60_000) }, now)).toBe(false);
    expect(isDue('DUMP', { lastDoneAt: ago(30 * 3_600_000), lastTriedAt: ago(3_600_000) }, now)).toBe(true);
  });

  it('keep the last fourteen, and of each month before the first, whatever was made', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 400 }), (days) => {
        const files = days
          .toSorted((one, other) => one - other)
          .map((day) => ({ name: `d-${day}`, madeAt: ago(day * 86_400_000) }));
        const gone = new Set(outlived(files));
        const kept = files.filter(({ name }) => !gone.has(name));
        expect(kept.slice(0, 14)).toEqual(files.slice(0, 14));
        expect(kept.length).toBeLessThanOrEqual(14 + 12);
        const months = kept.slice(14).map(({ madeAt }) => madeAt.toISOString().slice(0, 7));
        expect(new Set(months).size).toBe(months.length);
      }),
    );
  });

  it('keep the binlogs in which the dumps of the last days go on, and know when a node counts anew', () => {
    const files = ['binlog.000008', 'binlog.000009', 'binlog.000010', 'binlog.000011'];
    expect(outlivedBinlogs(files, ['binlog.000011', null, 'binlog.000010'])).toEqual([
      'binlog.000008',
      'binlog.000009',
    ]);
    expect(outlivedBinlogs(files, [null])).toEqual([]);
    expect(outlivedBinlogs(files, ['binlog.000002', 'binlog.000011'])).toEqual([]);
    expect(countsAnew(files, 'binlog.000011')).toBe(false);
    expect(countsAnew(files, 'binlog.000012')).toBe(false);
    expect(countsAnew(files, 'binlog.000002')).toBe(true);
    expect(countsAnew([], 'binlog.000001')).toBe(false);
  });
});
