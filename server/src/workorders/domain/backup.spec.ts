import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BACKUP_ACTIONS,
  BACKUP_STATES,
  type BackupSetup,
  backupActions,
  checkRun,
  checkSetup,
  wishOf,
} from './backup.js';
import {
  type BackupSchedule,
  copiesUntil,
  GRACE_HOURS,
  nextRestoreTest,
  owedAfter,
  startAfter,
} from './backup-schedule.js';
import { parseSignals, SIGNALS_MAX } from './backup-signal.js';

const TODAY = '2026-11-29';
const HOUR_MS = 3_600_000;
const nightly: BackupSchedule = { cycle: 'DAILY', weekday: null, startMinute: 120 };
const setup = (more: Partial<BackupSetup> = {}): BackupSetup => ({
  ...nightly,
  resourceIds: ['r'],
  contents: 'orders, users',
  keepDays: 30,
  keepCopies: 30,
  targetCenterId: 'c',
  encrypted: true,
  encryptionNote: 'SM4-CBC，密钥由密码机管理',
  restoreTestMonths: 6,
  nextRestoreTestOn: '2027-05-29',
  ...more,
});
const ground = { object: 'DATABASE', remote: false, today: TODAY, siteIds: ['a'] } as const;
const fieldsOf = (more: Partial<BackupSetup>, on: Partial<Parameters<typeof checkSetup>[1]> = {}) =>
  checkSetup(setup(more), { ...ground, ...on }).map((each) => each.path[0]);

describe('the schedule of a backup', () => {
  it('begins each night, in Shanghai, and is missed only after its grace', () => {
    const lastGood = new Date('2026-11-28T18:40:00Z'); // 02:40 of the 29th in Shanghai
    expect(startAfter(nightly, lastGood)).toEqual(new Date('2026-11-29T18:00:00Z'));
    const deadline = new Date('2026-11-30T02:00:00Z');
    expect(owedAfter(nightly, lastGood, new Date(deadline.getTime() - 1))).toEqual({
      deadlineAt: deadline,
      missedSince: null,
    });
    expect(owedAfter(nightly, lastGood, deadline).missedSince).toEqual(new Date('2026-11-29T18:00:00Z'));
  });

  it('of a week begins on its day, whatever the moment', () => {
    fc.assert(
      fc.property(
        fc.record({
          cycle: fc.constant('WEEKLY' as const),
          weekday: fc.integer({ min: 1, max: 7 }),
          startMinute: fc.integer({ min: 0, max: 1_439 }),
        }),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (schedule, moment) => {
          const start = startAfter(schedule, moment);
          const shanghai = new Date(start.getTime() + 8 * HOUR_MS);
          expect(start > moment).toBe(true);
          expect(start.getTime() - moment.getTime()).toBeLessThanOrEqual(7 * 24 * HOUR_MS);
          expect(((shanghai.getUTCDay() + 6) % 7) + 1).toBe(schedule.weekday);
          expect(shanghai.getUTCHours() * 60 + shanghai.getUTCMinutes()).toBe(schedule.startMinute);
        },
      ),
    );
  });

  it('misses nothing as long as each start is followed by a good copy within the grace', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: GRACE_HOURS * 60 - 1 }), { minLength: 1, maxLength: 30 }),
        (delays) => {
          let lastGood = new Date('2026-01-01T00:00:00Z');
          for (const delay of delays) {
            const start = startAfter(nightly, lastGood);
            const ended = new Date(start.getTime() + delay * 60_000 + 1);
            expect(owedAfter(nightly, lastGood, ended).missedSince).toBeNull();
            lastGood = ended;
          }
        },
      ),
    );
  });

  it('has a restore tested again so many months on, at most on the last day of the month', () => {
    expect(nextRestoreTest('2026-08-31', 6)).toBe('2027-02-28');
    expect(nextRestoreTest('2026-11-29', 3)).toBe('2027-02-28');
    expect(nextRestoreTest('2026-11-29', 14)).toBe('2028-01-29');
    expect(copiesUntil(new Date('2026-11-29T10:00:00Z'), 30)).toBe('2026-12-29');
  });
});

describe('setting a backup up', () => {
  it('is refused at each field that is missing or wrong, all at once', () => {
    expect(fieldsOf({})).toEqual([]);
    expect(
      fieldsOf({
        resourceIds: [],
        contents: ' ',
        cycle: 'WEEKLY',
        weekday: null,
        startMinute: 1_440,
        keepDays: 0,
        keepCopies: 0,
        targetCenterId: null,
        encryptionNote: '',
        restoreTestMonths: 25,
        nextRestoreTestOn: '2026-11-28',
      }),
    ).toEqual([
      'resourceIds',
      'contents',
      'weekday',
      'startMinute',
      'keepDays',
      'keepCopies',
      'targetCenterId',
      'encryptionNote',
      'restoreTestMonths',
      'nextRestoreTestOn',
    ]);
    expect(fieldsOf({ weekday: 3 })).toEqual(['weekday']);
    expect(fieldsOf({ contents: '' }, { object: 'MACHINE' })).toEqual([]);
  });

  it('keeps a remote copy away from the machines', () => {
    expect(fieldsOf({ targetCenterId: 'a' })).toEqual([]);
    expect(fieldsOf({ targetCenterId: 'a' }, { remote: true })).toEqual(['targetCenterId']);
  });

  it('begins with what was granted', () => {
    const line = (answers: { key: string; value: string }[]) =>
      wishOf({
        kind: 'SERVICE',
        nature: 'NEW',
        requestCode: 'SQ',
        lineName: '数据备份',
        answers,
        details: [],
        count: 1,
      });
    expect(
      line([
        { key: 'object', value: 'database' },
        { key: 'cycle', value: 'weekly' },
        { key: 'keepDays', value: '60' },
        { key: 'remote', value: 'yes' },
      ]),
    ).toMatchObject({ object: 'DATABASE', cycle: 'WEEKLY', weekday: 6, keepDays: 60, keepCopies: 9, remote: true });
    expect(line([])).toMatchObject({ object: 'MACHINE', cycle: 'DAILY', weekday: null, keepDays: 30, remote: false });
  });
});

describe('the life of a backup', () => {
  it('is in the hands of the center; its owner ends it and asks for restores', () => {
    const live = { endedAt: null, keepDays: 30 };
    expect(backupActions({ ...live, state: 'ACTIVE' }, ['OWNER'], TODAY)).toEqual(['END', 'RESTORE']);
    expect(backupActions({ ...live, state: 'ACTIVE' }, ['CENTER'], TODAY)).toEqual([
      'SET_UP',
      'RECORD',
      'SUSPEND',
      'END',
      'RESTORE',
    ]);
    expect(backupActions({ ...live, state: 'PREPARING' }, ['WORKER'], TODAY)).toEqual(['SET_UP']);
    for (const state of BACKUP_STATES) expect(backupActions({ ...live, state }, [], TODAY)).toEqual([]);
    expect(BACKUP_ACTIONS).toContain('ACTIVATE');
  });

  it('lets copies of an ended one be restored as long as they are kept, and nothing else', () => {
    const ended = { state: 'ENDED', endedAt: new Date('2026-11-01T00:00:00Z'), keepDays: 28 } as const;
    expect(backupActions(ended, ['OWNER', 'CENTER'], TODAY)).toEqual(['RESTORE']);
    expect(backupActions(ended, ['OWNER', 'CENTER'], '2026-11-30')).toEqual([]);
  });
});

describe('what is told of copies', () => {
  const now = new Date('2026-11-29T02:00:00Z');
  it('is refused from the future, from long ago, and when a failure has no reason', () => {
    const run = { endedAt: now, result: 'SUCCEEDED', sizeMib: 10, note: null } as const;
    const wrong = (more: object) => checkRun({ ...run, ...more }, now).map((each) => each.path[0]);
    expect(wrong({})).toEqual([]);
    expect(wrong({ endedAt: new Date(now.getTime() + 6 * 60_000) })).toEqual(['endedAt']);
    expect(wrong({ endedAt: new Date('2025-01-01') })).toEqual(['endedAt']);
    expect(wrong({ endedAt: new Date(Number.NaN) })).toEqual(['endedAt']);
    expect(wrong({ result: 'FAILED' })).toEqual(['note']);
    expect(wrong({ sizeMib: 0.5 })).toEqual(['sizeMib']);
  });

  it('is taken whole or not at all, each fault by its place', () => {
    const good = { backup: 'BF-2026-000001', endedAt: '2026-11-29T02:30:00+08:00', result: 'SUCCEEDED' };
    expect(parseSignals({ runs: [good] }, now)).toMatchObject({ signals: [{ sizeMib: null }], faults: [] });
    const bad = [
      'x',
      { ...good, backup: "BF' or 1=1" },
      { ...good, endedAt: '2026-11-29 02:30' },
      { ...good, result: 'OK' },
      { ...good, sizeMib: '1' },
      { ...good, note: 5 },
    ];
    expect(parseSignals({ runs: bad }, now).faults.map(({ index, field }) => [index, field])).toEqual([
      [0, 'runs'],
      [1, 'backup'],
      [2, 'endedAt'],
      [3, 'result'],
      [4, 'sizeMib'],
      [5, 'note'],
    ]);
    for (const body of [null, {}, { runs: [] }, { runs: Array.from({ length: SIGNALS_MAX + 1 }, () => good) }])
      expect(parseSignals(body, now).faults).toMatchObject([{ index: null, field: 'runs' }]);
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        const { signals, faults } = parseSignals({ runs: [body] }, now);
        expect(signals.length + faults.length).toBeGreaterThan(0);
      }),
    );
  });
});
