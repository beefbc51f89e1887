import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANEW_MS, type Bundled, bundlesOf, GATHER_MS, namesSaid } from './bundling.js';

const NOW = new Date('2026-11-30T03:00:00.000Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
let number = 0;
const alert = (of: Partial<Bundled> = {}): Bundled => {
  number += 1;
  return {
    ...{ id: `a${String(number).padStart(4, '0')}`, subjectKind: 'TIER', rule: 'REPLICATION_LAG', state: 'OPEN' },
    ...{ severity: 'CRITICAL', callsOut: true, centerId: 'A', underSilence: false, headId: null },
    ...{ seenAt: ago(1), nextCallAt: NOW, unansweredAt: null, acknowledgedAt: null },
    ...of,
  };
};
const center = (of: Partial<Bundled> = {}) => alert({ subjectKind: 'CENTER', rule: 'CLUSTER_SILENCE', ...of });

describe('bundlesOf', () => {
  it('calls once for a lost center, whatever of a thousand groups is broken with it', () => {
    const head = center();
    const groups = Array.from({ length: 1_000 }, (_, i) =>
      alert({ underSilence: true, rule: i % 2 ? 'SERVICE_ANSWER' : 'REPLICATION_LAG', centerId: i % 3 ? 'A' : 'B' }),
    );
    const { bundles } = bundlesOf([...groups, head], NOW);
    expect(bundles).toHaveLength(1);
    expect(bundles[0]).toMatchObject({ headId: head.id, calls: true });
    expect(bundles[0]?.followerIds).toHaveLength(1_000);
  });

  it('joins later ones to a center that somebody has taken on, and calls nobody for them', () => {
    const head = center({ state: 'ACKNOWLEDGED', nextCallAt: null, acknowledgedAt: ago(2) });
    const late = alert({ underSilence: true });
    expect(bundlesOf([head, late], NOW).bundles).toEqual([{ headId: head.id, followerIds: [late.id], calls: false }]);
  });

  it('takes along what was being called for before its center fell silent, when that is called for: there is one escalation', () => {
    const head = center();
    const called = alert({ underSilence: true, nextCallAt: ago(-3) });
    const apart = alert({ nextCallAt: ago(-3) });
    expect(bundlesOf([called, apart, head], NOW).bundles).toEqual([
      { headId: head.id, followerIds: [called.id], calls: true },
    ]);
    // Between two calls for the center nothing is moved about.
    expect(bundlesOf([called, { ...head, nextCallAt: ago(-2) }], NOW).bundles).toEqual([]);
  });

  it('calls anew for what comes behind a silent center for which nobody has answered, though not at each alert', () => {
    const silent = (minutes: number) => center({ nextCallAt: null, unansweredAt: ago(minutes) });
    const late = alert({ underSilence: true });
    const lately = silent(5);
    expect(bundlesOf([lately, late], NOW)).toEqual({
      ...{ bundles: [], waiting: [{ id: late.id, until: new Date(ago(5).getTime() + ANEW_MS) }] },
    });
    const long = silent(15);
    expect(bundlesOf([long, late], NOW).bundles).toEqual([
      { headId: long.id, followerIds: [late.id], calls: true, anew: true },
    ]);
    expect(bundlesOf([long], NOW)).toEqual({ bundles: [], waiting: [] });
  });

  it('calls once for a link that many lose, by the gravest that has been so the longest', () => {
    const oldest = alert({ seenAt: ago(9) });
    const many = [alert(), oldest, alert({ severity: 'UNKNOWN', seenAt: ago(30) }), alert()];
    const { bundles } = bundlesOf(many, NOW);
    expect(bundles).toEqual([{ headId: oldest.id, followerIds: expect.any(Array), calls: true }]);
    expect(bundles[0]?.followerIds).toHaveLength(3);
  });

  it('joins what trickles in to the one that is being called for', () => {
    const called = alert({ nextCallAt: new Date(NOW.getTime() + 60_000) });
    const next = alert();
    expect(bundlesOf([called, next], NOW).bundles).toEqual([
      { headId: called.id, followerIds: [next.id], calls: false },
    ]);
  });

  it('puts nobody behind what was told to the operators long ago because the roster is empty: nobody would hear of it', () => {
    const emptied = (minutes: number) => alert({ nextCallAt: ago(-3), unansweredAt: ago(minutes) });
    const next = alert();
    const lately = emptied(4);
    expect(bundlesOf([lately, next], NOW).bundles).toEqual([
      { headId: lately.id, followerIds: [next.id], calls: false },
    ]);
    expect(bundlesOf([emptied(5), next], NOW).bundles).toEqual([{ headId: next.id, followerIds: [], calls: true }]);
  });

  it('gathers what comes right after somebody has taken the same on, and then calls', () => {
    const taken = alert({ state: 'ACKNOWLEDGED', nextCallAt: null, acknowledgedAt: ago(1) });
    const next = alert();
    const until = new Date(ago(1).getTime() + GATHER_MS);
    expect(bundlesOf([taken, next], NOW)).toEqual({ bundles: [], waiting: [{ id: next.id, until }] });
    expect(bundlesOf([taken, next], until).bundles).toEqual([{ headId: next.id, followerIds: [], calls: true }]);
  });

  it('puts nobody behind what itself stands behind a silent center', () => {
    const head = center({ centerId: 'C' });
    const [under, apart] = [alert({ underSilence: true }), alert()];
    expect(bundlesOf([head, under, apart], NOW).bundles).toEqual([
      { headId: head.id, followerIds: [under.id], calls: true },
      { headId: apart.id, followerIds: [], calls: true },
    ]);
  });

  it('calls for what is another’s fault by itself', () => {
    const [one, two, three] = [alert(), alert({ rule: 'SERVICE_ANSWER' }), alert({ centerId: 'B' })];
    const { bundles } = bundlesOf([one, two, three], NOW);
    expect(bundles.map(({ followerIds, headId }) => [headId, followerIds.length])).toEqual([
      [one.id, 0],
      [two.id, 0],
      [three.id, 0],
    ]);
  });

  it('whatever stands: each that is due is called for once, by itself, by a head, or after a while; calls are bounded', () => {
    const any = fc.record({
      subjectKind: fc.constantFrom('CENTER', 'GROUP', 'TIER'),
      rule: fc.constantFrom('CLUSTER_SILENCE', 'REPLICATION_LAG', 'SERVICE_ANSWER'),
      state: fc.constantFrom('HELD', 'OPEN', 'ACKNOWLEDGED'),
      severity: fc.constantFrom('WARNING', 'UNKNOWN', 'CRITICAL'),
      callsOut: fc.boolean(),
      centerId: fc.constantFrom('A', 'B', null),
      underSilence: fc.boolean(),
      due: fc.constantFrom(NOW, ago(-3), null),
      taken: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (wishes) => {
        const standing = wishes.map(({ due, taken, ...of }) =>
          alert({
            ...(of as Partial<Bundled>),
            nextCallAt: of.state === 'OPEN' ? due : null,
            acknowledgedAt: of.state === 'ACKNOWLEDGED' ? ago(taken) : null,
          }),
        );
        const { bundles, waiting } = bundlesOf(standing, NOW);
        const due = standing.filter(({ nextCallAt, state }) => state === 'OPEN' && nextCallAt && nextCallAt <= NOW);
        const handled = [
          ...bundles.flatMap(({ calls, followerIds, headId }) => [...(calls ? [headId] : []), ...followerIds]),
          ...waiting.map(({ id }) => id),
        ];
        // Each once; what was being called for may come along with its silent center.
        expect(new Set(handled).size).toBe(handled.length);
        expect(handled).toEqual(expect.arrayContaining(due.map(({ id }) => id)));
        const called = standing.filter(({ nextCallAt, state }) => state === 'OPEN' && nextCallAt);
        expect(called.map(({ id }) => id)).toEqual(expect.arrayContaining(handled));
        const silent = standing.filter(
          ({ rule, subjectKind }) => subjectKind === 'CENTER' && rule === 'CLUSTER_SILENCE',
        );
        expect(bundles.filter(({ calls }) => calls).length).toBeLessThanOrEqual(silent.length + 9);
        expect(waiting.every(({ until }) => until > NOW)).toBe(true);
      }),
    );
  });
});

it('names some of those that come with it, and how many there are', () => {
  expect(namesSaid([])).toBeNull();
  expect(namesSaid(['甲', '甲', '乙'])).toEqual({ count: 3, names: '甲、乙' });
  expect(namesSaid(Array.from({ length: 9 }, (_, i) => `系统${i}`))?.names.split('、')).toHaveLength(5);
});
