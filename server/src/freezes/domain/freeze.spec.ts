import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Change,
  type Freeze,
  type FreezeRelease,
  forbiddenBy,
  isRunning,
  touches,
  wrongFreeze,
  wrongRelease,
} from './freeze.js';

const NOW = new Date('2026-11-30T00:00:00.000Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const freeze = (of: Partial<Freeze> = {}): Freeze => ({
  ...{ id: 'f', code: 'FW-1', title: '国庆重保', fromAt: at(-1), toAt: at(24), endedAt: null, centerIds: [] },
  ...of,
});
const change: Change = {
  centerIds: ['a'],
  subjects: [
    { type: 'Resource', id: 'r' },
    { type: 'System', id: 's' },
  ],
};
const release = (of: Partial<FreezeRelease> = {}): FreezeRelease => ({
  ...{ freezeId: 'f', subject: { type: 'System', id: 's' }, until: at(2), revokedAt: null },
  ...of,
});

describe('forbiddenBy', () => {
  it('forbids while it runs, where it is, and names the one that lasts longest', () => {
    expect(forbiddenBy([freeze(), freeze({ id: 'g', toAt: at(48) })], [], change, NOW)?.id).toBe('g');
    expect(forbiddenBy([freeze({ centerIds: ['b'] })], [], change, NOW)).toBeNull();
    expect(forbiddenBy([freeze({ centerIds: ['b'] })], [], { ...change, centerIds: null }, NOW)?.id).toBe('f');
    expect(
      forbiddenBy([freeze({ fromAt: at(1) }), freeze({ toAt: NOW }), freeze({ endedAt: at(-0.5) })], [], change, NOW),
    ).toBeNull();
  });

  it('lets through what a leader let through, for as long as he said, and nothing else', () => {
    expect(forbiddenBy([freeze()], [release()], change, NOW)).toBeNull();
    for (const other of [
      release({ until: NOW }),
      release({ revokedAt: at(-1) }),
      release({ freezeId: 'x' }),
      release({ subject: { type: 'Request', id: 's' } }),
    ])
      expect(forbiddenBy([freeze()], [other], change, NOW)?.id).toBe('f');
    // Two freezes are two decisions.
    expect(forbiddenBy([freeze(), freeze({ id: 'g' })], [release()], change, NOW)?.id).toBe('g');
  });

  it('whatever is set: what is forbidden is forbidden by one that runs, touches it, and lets nothing of it through', () => {
    const freezes = fc.array(
      fc.record({
        id: fc.constantFrom('f', 'g', 'h'),
        from: fc.integer({ min: -9, max: 9 }),
        long: fc.integer({ min: 1, max: 9 }),
        center: fc.constantFrom('a', 'b', null),
      }),
      { maxLength: 5 },
    );
    const releases = fc.array(
      fc.record({
        freezeId: fc.constantFrom('f', 'g', 'h'),
        hours: fc.integer({ min: -3, max: 9 }),
        id: fc.constantFrom('r', 's', 'x'),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(freezes, releases, (set, let_) => {
        const all = set.map(({ center, from, id, long }) =>
          freeze({ id, fromAt: at(from), toAt: at(from + long), centerIds: center ? [center] : [] }),
        );
        const through = let_.map(({ freezeId, hours, id }) =>
          release({ freezeId, until: at(hours), subject: { type: 'Resource', id } }),
        );
        const by = forbiddenBy(all, through, change, NOW);
        const open = all.filter((one) => isRunning(one, NOW) && touches(one, change));
        const passed = (one: Freeze) =>
          through.some(({ freezeId, subject, until }) => freezeId === one.id && subject.id === 'r' && until > NOW);
        return by === null ? open.every(passed) : open.includes(by) && !passed(by);
      }),
    );
  });
});

describe('what may be set', () => {
  it('is a time to come, of some days, with a reason', () => {
    const wish = { title: '两会重保', reason: '省办通知', fromAt: at(1), toAt: at(24) };
    expect(wrongFreeze(wish, NOW)).toEqual([]);
    const fields = (of: object) => wrongFreeze({ ...wish, ...of }, NOW).map(({ path }) => path[0]);
    expect(fields({ title: ' ', reason: '' })).toEqual(['title', 'reason']);
    expect(fields({ toAt: at(1) })).toEqual(['toAt']);
    expect(fields({ fromAt: at(-9), toAt: at(-1) })).toEqual(['toAt']);
    expect(fields({ toAt: at(24 * 90) })).toEqual(['toAt']);
  });
  it('is let through for a night, not for the rest of it', () => {
    expect(wrongRelease('紧急补丁', at(24), freeze({ toAt: at(100) }), NOW)).toEqual([]);
    expect(wrongRelease('', at(25), freeze({ toAt: at(100) }), NOW).map(({ path }) => path[0])).toEqual([
      'reason',
      'until',
    ]);
    expect(wrongRelease('x', at(3), freeze({ toAt: at(2) }), NOW).map(({ path }) => path[0])).toEqual(['until']);
  });
});
