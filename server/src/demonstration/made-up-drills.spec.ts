import { describe, expect, it } from '@jest/globals';
import { dueOf } from '../drills/domain/drill-calendar.js';
import { isLate, planItems } from '../drills/domain/drill-items.js';
import { measuredOf } from '../drills/domain/drill-marks.js';
import { pastMoments } from '../drills/domain/past-drill.js';
import { DRILLED_MAX, type MadeUpDrill, madeUpDrills } from './made-up-drills.js';

const NOW = new Date('2026-11-30T09:00:00Z');
const DAY_MS = 86_400_000;
const groups = Array.from({ length: 40 }, (_, at) => ({
  ...{ id: `g${String(at).padStart(2, '0')}`, isDual: at % 2 === 0, hasData: at % 3 !== 0 },
  centerId: at % 7 === 6 ? null : 'c',
}));
const made = madeUpDrills(groups);
const momentsOf = ({ daysAgo, kind, own, took }: MadeUpDrill) =>
  pastMoments(new Date(NOW.getTime() - daysAgo * DAY_MS), planItems(kind, own), took);
const secondsOf = (drill: MadeUpDrill) => drill.took.reduce((sum, one) => sum + one, 0);
const promised = (drill: MadeUpDrill) => (groups.find(({ id }) => id === drill.groupId)?.isDual ? 1_800 : 14_400);

describe('the drills of the made-up province', () => {
  it('are the same each time, the earliest first, and no two of a group on one day', () => {
    expect(madeUpDrills(groups)).toEqual(made);
    expect(made.map(({ daysAgo }) => daysAgo)).toEqual(made.map(({ daysAgo }) => daysAgo).toSorted((a, b) => b - a));
    expect(new Set(made.map(({ daysAgo, groupId, kind }) => `${groupId} ${kind} ${daysAgo}`)).size).toBe(made.length);
    expect(new Set(made.filter(({ kind }) => kind === 'SIMULATED').map(({ groupId }) => groupId)).size).toBe(
      DRILLED_MAX,
    );
  });

  it('keep what was promised, but for the one that restored too slowly', () => {
    const copied = made.filter(({ kind }) => kind === 'SIMULATED');
    const slow = copied.filter((drill) => secondsOf(drill) > promised(drill));
    expect(slow).toMatchObject([{ rectified: null }]);
    for (const drill of made) {
      const { endsAt, items } = momentsOf(drill);
      expect(items.filter((item) => isLate(item, endsAt)).map(({ code }) => code)).toEqual(
        slow.includes(drill) ? ['RESTORE'] : [],
      );
    }
    expect(copied.filter((drill) => drill.cleanupSeconds > drill.cleanupHours * 3_600)).toHaveLength(1);
  });

  it('leave the calendar neither empty nor red', () => {
    const rule = {
      ...{ number: 1, effectiveOn: '2026-01-01', rectifyDays: 30 },
      terms: [{ kind: 'SIMULATED' as const, everyDays: 180, warnDays: 30, onlyProtected: true }],
    };
    const states = groups.flatMap((group) => {
      const passed = made
        .filter((drill) => drill.groupId === group.id && secondsOf(drill) <= promised(drill))
        .map((drill) => ({ kind: drill.kind, closedAt: momentsOf(drill).endsAt }));
      const of = { id: group.id, localMode: 'DUAL_ACTIVE' as const, remoteMode: 'NONE' as const, createdAt: NOW };
      return dueOf(of, passed, rule, NOW).map(({ state }) => state);
    });
    const count = (state: string) => states.filter((one) => one === state).length;
    expect(count('OVERDUE')).toBe(1);
    expect(count('SOON')).toBeGreaterThan(0);
    expect(count('FINE')).toBeGreaterThan(20);
  });

  it('measure what a drill measures', () => {
    const [drill] = made.filter(({ dataAgeSeconds, kind }) => kind === 'SIMULATED' && dataAgeSeconds !== null);
    if (!drill) throw new Error('none has data');
    const { marks } = momentsOf(drill);
    const times = Object.fromEntries(marks.map(({ at, mark }) => [mark, at]));
    const dataPoint = new Date((times.T0 as Date).getTime() - (drill.dataAgeSeconds ?? 0) * 1_000);
    expect(measuredOf(times, dataPoint)).toMatchObject({
      rtoSeconds: secondsOf(drill),
      rpoSeconds: drill.dataAgeSeconds,
    });
  });
});
