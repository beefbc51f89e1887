import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CENTER_ROLES, type CenterRole } from '../../facilities/domain/facility.js';
import { LOCAL_MODES, REMOTE_MODES } from '../../systems/domain/system.js';
import { lossOf } from './center-loss.js';
import { levelOf } from './dr-level.js';
import { SIGNAL_LEVELS, type SignalName } from './dr-signal.js';
import { DATA_KINDS, GROUP_GRADES, type GroupFacts, type Member, TIER_SOURCES, type TierFacts } from './dr-words.js';
import { judgeGroup, type KnownSignal } from './judge-group.js';
import { reasonText } from './reason-text.js';

const NOW = new Date('2026-11-30T00:00:00Z');
const center = (role: CenterRole) => `center-${role}`;
const machines = (role: CenterRole, count: number, more: Partial<Member> = {}): Member[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ resourceId: `${role}-${at}`, role, centerId: center(role), standby: false, there: true, vcpu: 4 },
    ...{ memoryMib: 8_192, ...more },
  }));
const tier = (more: Partial<TierFacts> = {}): TierFacts => ({
  ...{ id: 'tier', name: 'app', dataKind: 'SINGLE_WRITER', source: 'CLUSTER', localMode: 'DUAL_ACTIVE' },
  ...{ remoteMode: 'NONE', members: [...machines('ACTIVE_A', 3), ...machines('ACTIVE_B', 3)], dataShares: 0, owed: [] },
  ...more,
});
const group = (tiers: readonly TierFacts[], more: Partial<GroupFacts> = {}): GroupFacts => ({
  ...{ id: 'group', localMode: 'DUAL_ACTIVE', remoteMode: 'NONE', rpoSeconds: null, tiers, ...more },
});
const signal = (name: SignalName, value: number, more: Partial<KnownSignal> = {}): KnownSignal => ({
  ...{
    subjectId: 'tier',
    name,
    value,
    level: 'GOOD',
    towards: 'ACTIVE_B',
    observedAt: NOW,
    maxAgeSeconds: 60,
    ...more,
  },
});
const replicated = signal('REPLICATION_COVERAGE', 100);
const far = signal('REPLICATION_COVERAGE', 100, { towards: 'RECOVERY' });
const codes = (facts: GroupFacts, signals: readonly KnownSignal[]) =>
  judgeGroup(facts, signals, NOW).reasons.map(({ code }) => code);

describe('a group that was switched', () => {
  const inB = tier({
    remoteMode: 'APPLICATION',
    members: [
      ...machines('ACTIVE_A', 3, { standby: true }),
      ...machines('ACTIVE_B', 3),
      ...machines('RECOVERY', 3, { standby: true }),
    ],
  });
  const facts = group([inB], { remoteMode: 'APPLICATION' });

  it('is judged by where it serves: the side that stands by is no missing machine, and it is not dual-active', () => {
    const judged = judgeGroup(facts, [replicated, far], NOW);
    expect(judged).toMatchObject({ grade: 'AT_RISK', local: 'SINGLE', remote: 'APPLICATION' });
    expect(judged.reasons).toMatchObject([{ code: 'SIDE_STANDS_BY', role: 'ACTIVE_A', count: 3, of: 3 }]);
    expect(reasonText(judged.reasons[0] as never).zh).toBe('切换后只在 B 中心承载，A 中心的 3 台待命，不是双活');
  });

  it('is broken where nothing brings the data to the side that stands by', () => {
    const none = signal('REPLICATION_COVERAGE', 0);
    expect(codes(facts, [none, far])).toEqual(['SIDE_STANDS_BY', 'DATA_NOT_DUAL_ACTIVE']);
  });

  it('is started in the other center of the city where the one that serves is lost', () => {
    const lag = signal('REPLICATION_LAG', 4);
    const lost = { id: center('ACTIVE_B'), role: 'ACTIVE_B' as const };
    expect(lossOf(facts, [replicated, far, lag], lost, NOW)).toMatchObject({
      ...{ fate: 'STANDS_BY', towards: 'ACTIVE_A', needs: { vcpu: 0, memoryMib: 0 } },
      dataLossSeconds: 0,
    });
    // A tier whose machines have all gone holds nothing back.
    const withEmpty = { ...facts, tiers: [...facts.tiers, tier({ id: 'empty', members: [] })] };
    expect(lossOf(withEmpty, [replicated, far, lag], lost, NOW)).toMatchObject({
      ...{ fate: 'STANDS_BY', towards: 'ACTIVE_A' },
    });
  });

  it('says that it serves in the recovery center, and that nothing could take it over from there', () => {
    const inC = group(
      [
        tier({
          remoteMode: 'APPLICATION',
          members: [...machines('ACTIVE_A', 3, { standby: true }), ...machines('RECOVERY', 3)],
        }),
      ],
      { remoteMode: 'APPLICATION' },
    );
    const judged = judgeGroup(inC, [], NOW);
    expect(judged).toMatchObject({ grade: 'AT_RISK', local: 'SINGLE', remote: 'NONE' });
    expect(judged.reasons.map(({ code }) => code)).toEqual(['SERVES_REMOTELY']);
  });
});

const anyTier: fc.Arbitrary<TierFacts> = fc
  .record({
    dataKind: fc.constantFrom(...DATA_KINDS),
    source: fc.constantFrom(...TIER_SOURCES),
    localMode: fc.constantFrom(...LOCAL_MODES),
    remoteMode: fc.constantFrom(...REMOTE_MODES),
    counts: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    there: fc.boolean(),
    owed: fc.subarray([...CENTER_ROLES]),
  })
  .map(({ counts, there, ...more }) =>
    tier({
      ...more,
      members: [
        ...machines('ACTIVE_A', counts[0], { there }),
        ...machines('ACTIVE_B', counts[1]),
        ...machines('RECOVERY', counts[2], { standby: true }),
      ],
    }),
  );
const anySignal: fc.Arbitrary<KnownSignal> = fc
  .record({
    name: fc.constantFrom('REPLICATION_COVERAGE' as const, 'REPLICATION_LAG' as const, 'WRITER_COUNT' as const),
    value: fc.nat(100),
    level: fc.constantFrom(...SIGNAL_LEVELS),
    towards: fc.constantFrom('ACTIVE_B' as const, 'RECOVERY' as const),
    age: fc.nat(120),
  })
  .map(({ age, name, value, ...more }) =>
    signal(name, value, { ...more, observedAt: new Date(NOW.getTime() - age * 1_000) }),
  );

describe('what was proved', () => {
  it('is said in a sentence, not as a figure near its limit', () => {
    const of = (name: SignalName, value: number) => {
      const old = signal(name, value, { subjectId: 'group', towards: null, level: 'WARN' });
      const found = judgeGroup(group([tier()]), [replicated, old], NOW).reasons;
      return found.map((one) => `${one.grade} ${reasonText(one).zh}`);
    };
    expect(of('RESTORE_TEST_DAYS', -16)).toEqual(['AT_RISK 备份的恢复验证已逾期 16 天']);
    expect(of('BACKUP_LATE_HOURS', 18)).toEqual(['AT_RISK 备份已漏做 18 小时']);
    expect(of('DRILL_DAYS', 151)).toEqual(['AT_RISK 上次达标的模拟演练在 151 天前']);
    expect(of('ARBITER_PATHS', 0)).toEqual(['AT_RISK 到仲裁的路径全部不通']);
  });
});

describe('what keeps a group from being switched over', () => {
  it('is a drill of it that was not cleaned up, whatever its copies are worth', () => {
    const blocked = judgeGroup(group([tier()], { isBlocked: true }), [replicated], NOW);
    expect([blocked.grade, blocked.reasons.map(({ code }) => code)]).toEqual(['BROKEN', ['CLEANUP_FAILED']]);
    expect(judgeGroup(group([tier()]), [replicated], NOW).grade).toBe('KEPT');
  });

  it('a link of the city that goes asynchronously is a risk of data that is mirrored by it, and of nothing else', () => {
    const of = (more: Partial<TierFacts>) => codes(group([tier(more)], { pairIsAsync: true }), [replicated]);
    expect(of({})).toEqual(['LINK_ASYNC']);
    expect(of({ dataKind: 'STATELESS' })).toEqual([]);
    expect(of({ localMode: 'SINGLE' })).not.toContain('LINK_ASYNC');
    expect(judgeGroup(group([tier()], { pairIsAsync: true }), [replicated], NOW).grade).toBe('AT_RISK');
  });
});

describe('the grade of a group', () => {
  it('is kept where the machines stand in both centers and their data is replicated between them', () => {
    expect(judgeGroup(group([tier()]), [replicated], NOW)).toMatchObject({
      grade: 'KEPT',
      reasons: [],
      local: 'DUAL_ACTIVE',
    });
  });
  it('says that 2 of 3 machines are in A only, and of which a request would be', () => {
    const facts = group([tier({ members: [...machines('ACTIVE_A', 3), ...machines('ACTIVE_B', 1)] })]);
    const { grade, local, reasons } = judgeGroup(facts, [replicated], NOW);
    expect([grade, local]).toEqual(['BROKEN', 'SINGLE']);
    expect(reasons[0]?.resourceIds).toHaveLength(4);
    expect(reasons.map((one) => reasonText(one).en)).toEqual(['2 of 3 machines are in A only']);
    expect(reasons.map((one) => reasonText(one).zh)).toEqual(['3 台中有 2 台只在 A 中心']);
  });
  it('says that it is deployed in two centers and its data is not dual-active', () => {
    const nothing = signal('REPLICATION_COVERAGE', 0, { level: 'CRITICAL' });
    for (const [source, signals] of [
      ['CLUSTER', [nothing]],
      // Nothing reads how its data goes: nobody waits for word of it.
      ['NONE', []],
      ['PROBE', []],
    ] as const) {
      const { grade, local, reasons } = judgeGroup(group([tier({ source })]), signals, NOW);
      expect([grade, local]).toEqual(['BROKEN', 'SINGLE']);
      expect(reasonText(reasons[0] as never).en).toMatch(/^Deployed in two centers, data not dual-active/);
    }
  });
  it('is UNKNOWN, and neither kept nor broken, as long as nothing of its data was read', () => {
    const remote = tier({ remoteMode: 'DATA' });
    const { grade, local, reasons, remote: reached } = judgeGroup(group([remote], { remoteMode: 'DATA' }), [], NOW);
    expect([grade, local, reached]).toEqual(['UNKNOWN', null, null]);
    expect(reasons.map(({ code, role }) => `${code} ${role}`)).toEqual([
      'SIGNAL_AWAITED ACTIVE_B',
      'SIGNAL_AWAITED RECOVERY',
    ]);
    expect(reasonText(reasons[0] as never).zh).toBe('复制覆盖率（同城）还没有读到，判定中');
    const asked = (towards: CenterRole | null) => ({ probes: [{ id: 'p', tierId: 'tier', name: 'pair', towards }] });
    const probed = group([tier({ source: 'PROBE' })], asked('ACTIVE_B'));
    expect(codes(probed, [])).toEqual(['SIGNAL_AWAITED']);
    // Nobody ever says it who asks from outside, or of the other way: that would be waited for for ever.
    for (const towards of [null, 'RECOVERY'] as const)
      expect(codes(group([tier({ source: 'PROBE' })], asked(towards)), [])).toEqual(['DATA_NOT_DUAL_ACTIVE']);
    // Nor do clusters of what no longer runs in the city.
    const gone = tier({ localMode: 'SINGLE', remoteMode: 'DATA', members: machines('RECOVERY', 2) });
    expect(codes(group([gone], { localMode: 'SINGLE', remoteMode: 'DATA' }), [])).toEqual(['NO_REMOTE_COPY']);
    // What is missing whatever its copies are worth is said meanwhile.
    const short = tier({ members: [...machines('ACTIVE_A', 2), ...machines('ACTIVE_B', 1)] });
    expect(judgeGroup(group([short]), [], NOW)).toMatchObject({ grade: 'BROKEN', local: 'SINGLE' });
    // Nobody can say what would be left of it either.
    expect(lossOf(group([remote]), [], { id: center('ACTIVE_A'), role: 'ACTIVE_A' }, NOW).uncertain).toBe(true);
  });
  it('is UNKNOWN while a first level that is bad may still be that of something being set up', () => {
    const half = signal('REPLICATION_COVERAGE', 50, { level: 'CRITICAL', settled: false });
    const judged = judgeGroup(group([tier()]), [half], NOW);
    expect([judged.grade, judged.local]).toEqual(['UNKNOWN', null]);
    expect(judged.reasons.map((one) => `${one.code} ${reasonText(one).zh}`)).toEqual([
      'SIGNAL_AWAITED 复制覆盖率（同城）刚读到 50%，仍在建立，判定中',
    ]);
    expect(codes(group([tier()]), [{ ...half, value: 0 }])).toEqual(['SIGNAL_AWAITED']);
    // While its machines are made, that is what is waited for.
    const coming = tier({ members: [...machines('ACTIVE_A', 1), ...machines('ACTIVE_B', 1, { there: false })] });
    expect(judgeGroup(group([coming]), [{ ...half, value: 0 }], NOW).grade).toBe('AT_RISK');
    // A reading that has grown old says nothing, first or not.
    expect(codes(group([tier()]), [{ ...half, observedAt: new Date(NOW.getTime() - 61_000) }])).toEqual([
      'SIGNAL_UNKNOWN',
    ]);
    expect(judgeGroup(group([tier()]), [{ ...half, settled: true }], NOW).grade).toBe('BROKEN');
  });
  it('lets a stateless tier serve in both without any replication', () => {
    expect(judgeGroup(group([tier({ dataKind: 'STATELESS' })]), [], NOW)).toMatchObject({
      grade: 'KEPT',
      local: 'DUAL_ACTIVE',
    });
  });
  it('is broken where the system is registered as more than it was granted', () => {
    const single = tier({ localMode: 'SINGLE', members: machines('ACTIVE_A', 2) });
    expect(codes(group([single], { remoteMode: 'DATA' }), [])).toEqual([
      'NOT_GRANTED_DUAL_ACTIVE',
      'NOT_GRANTED_REMOTE',
    ]);
  });
  it('tells what is owed and what is on its way from what is missing', () => {
    const coming = tier({ members: [...machines('ACTIVE_A', 1), ...machines('ACTIVE_B', 1, { there: false })] });
    expect(judgeGroup(group([coming]), [replicated], NOW)).toMatchObject({ grade: 'AT_RISK', local: 'SINGLE' });
    const owed = tier({ members: machines('ACTIVE_A', 2), owed: ['ACTIVE_B'] });
    expect(codes(group([owed]), [])).toEqual(['OWED']);
  });
  it('says of what reads well again and is not believed yet that it recovers, and keeps its grade until it is', () => {
    const pendingTo = (pending: KnownSignal['pending'], level: KnownSignal['level'] = 'CRITICAL') => {
      const coverage = signal('REPLICATION_COVERAGE', 100, { level, pending });
      const { grade, reasons } = judgeGroup(group([tier()]), [coverage], NOW);
      return [grade, ...reasons.filter((one) => one.signal !== null).map((one) => reasonText(one).en)];
    };
    expect(pendingTo('GOOD')).toEqual([
      'BROKEN',
      'The share of disks replicated (same city) has just become better, and counts as such once it stays so',
    ]);
    expect(pendingTo(null)).toEqual(['BROKEN', 'The share of disks replicated (same city) is 100 %, beyond its limit']);
    // What becomes worse recovers not.
    expect(pendingTo('CRITICAL', 'WARN').at(-1)).toContain('near its limit');
  });
  it('knows a split brain, and a pair in which nobody writes', () => {
    const writers = (value: number) =>
      judgeGroup(
        group([tier()]),
        [replicated, signal('WRITER_COUNT', value, { level: 'CRITICAL', towards: null })],
        NOW,
      );
    expect(writers(2).grade).toBe('BROKEN');
    expect(writers(2).reasons.map((one) => reasonText(one).en)).toEqual(['2 centers write at once (split brain)']);
    expect(writers(0).reasons.map((one) => reasonText(one).en)).toEqual(['No center writes']);
  });
  it('reaches remote data where one tier has none to lose, and remote application only where it can run', () => {
    const single = { localMode: 'SINGLE' as const, remoteMode: 'DATA' as const, members: machines('ACTIVE_A', 2) };
    const web = tier({ ...single, id: 'web', dataKind: 'STATELESS' });
    const facts = group([tier(single), web], { localMode: 'SINGLE', remoteMode: 'DATA' });
    expect(judgeGroup(facts, [far], NOW)).toMatchObject({ grade: 'KEPT', remote: 'DATA' });
    const ready = tier({
      ...{ ...single, id: 'web', dataKind: 'STATELESS', remoteMode: 'APPLICATION' },
      members: [...machines('ACTIVE_A', 2), ...machines('RECOVERY', 2, { standby: true })],
    });
    expect(judgeGroup(group([ready], { localMode: 'SINGLE' }), [], NOW).remote).toBe('APPLICATION');
    expect(lossOf(facts, [far], { id: center('ACTIVE_A'), role: 'ACTIVE_A' }, NOW).fate).toBe('RESTORES');
  });
  it('is not held back by a tier whose machines have all gone', () => {
    const empty = tier({ id: 'gone', members: [], remoteMode: 'DATA' });
    expect(judgeGroup(group([tier(), empty]), [replicated], NOW)).toMatchObject({
      grade: 'KEPT',
      reasons: [],
      local: 'DUAL_ACTIVE',
    });
    expect(codes(group([empty]), [])).toEqual(['NO_MACHINES']);
  });
  it('never is KEPT by a signal that is too old, nor better for it', () => {
    fc.assert(
      fc.property(
        fc.array(anyTier, { minLength: 1, maxLength: 1 }),
        fc.array(anySignal, { maxLength: 6 }),
        (tiers, signals) => {
          const old = signals.map((one) => ({ ...one, observedAt: new Date(NOW.getTime() - 61_000) }));
          const { grade, local } = judgeGroup(group(tiers), old, NOW);
          if (old.length > 0) expect(grade).not.toBe('KEPT');
          if (tiers[0]?.dataKind !== 'STATELESS') expect(local).not.toBe('DUAL_ACTIVE');
        },
      ),
    );
  });
  it('never counts a tier without a replication source as DUAL_ACTIVE', () => {
    fc.assert(
      fc.property(anyTier, fc.array(anySignal, { maxLength: 6 }), (one, signals) => {
        const none = signals.filter(({ name, towards }) => name !== 'REPLICATION_COVERAGE' || towards !== 'ACTIVE_B');
        if (one.dataKind !== 'STATELESS') expect(judgeGroup(group([one]), none, NOW).local).not.toBe('DUAL_ACTIVE');
        const without = { ...one, source: 'NONE' as const };
        if (one.dataKind !== 'STATELESS')
          expect(judgeGroup(group([without]), signals, NOW).local).not.toBe('DUAL_ACTIVE');
      }),
    );
  });
  it('is the worst of its reasons, and each of them can be said in both languages', () => {
    fc.assert(
      fc.property(fc.array(anyTier, { maxLength: 3 }), fc.array(anySignal, { maxLength: 6 }), (tiers, signals) => {
        const { grade, reasons } = judgeGroup(group(tiers), signals, NOW);
        const worst = Math.max(0, ...reasons.map((one) => GROUP_GRADES.indexOf(one.grade)));
        expect(GROUP_GRADES.indexOf(grade)).toBe(worst);
        for (const one of reasons)
          for (const text of Object.values(reasonText(one))) expect(text).not.toMatch(/null|undefined|NaN/);
      }),
    );
  });
});

describe('the loss of a center', () => {
  const lost = (role: CenterRole) => ({ id: center(role), role });
  it('leaves what is dual-active serving, and nothing lost', () => {
    expect(lossOf(group([tier()]), [replicated], lost('ACTIVE_A'), NOW)).toMatchObject({
      fate: 'SERVES_ON',
      dataLossSeconds: 0,
      towards: 'ACTIVE_B',
    });
  });
  it('says what is missing of a dual-active group whose mirror is late', () => {
    const loss = (more: Partial<KnownSignal>) =>
      lossOf(group([tier()]), [replicated, signal('REPLICATION_LAG', 900, more)], lost('ACTIVE_A'), NOW);
    expect(loss({ level: 'CRITICAL' })).toMatchObject({ fate: 'SERVES_ON', dataLossSeconds: 900, uncertain: false });
    expect(loss({ level: 'GOOD' })).toMatchObject({ fate: 'SERVES_ON', dataLossSeconds: 0, uncertain: false });
    const old = { observedAt: new Date(NOW.getTime() - 61_000) };
    expect(loss(old)).toMatchObject({ fate: 'SERVES_ON', dataLossSeconds: null, uncertain: true });
  });
  it('is not sure of a center whose cluster nobody has heard lately, or that is silent', () => {
    const silence = (role: CenterRole, more: Partial<KnownSignal> = {}) =>
      signal('CLUSTER_SILENCE', 5, { subjectId: center(role), towards: null, ...more });
    const uncertain = (facts: GroupFacts, signals: readonly KnownSignal[]) =>
      lossOf(facts, signals, lost('ACTIVE_A'), NOW).uncertain;
    const old = { observedAt: new Date(NOW.getTime() - 61_000) };
    const web = group([tier({ dataKind: 'STATELESS' })]);
    expect(uncertain(web, [silence('ACTIVE_A', old), silence('ACTIVE_B')])).toBe(false);
    expect(uncertain(web, [silence('ACTIVE_A'), silence('ACTIVE_B', old)])).toBe(true);
    expect(uncertain(web, [silence('ACTIVE_A'), silence('ACTIVE_B', { level: 'CRITICAL' })])).toBe(true);
    const single = group([tier({ localMode: 'SINGLE', remoteMode: 'DATA', members: machines('ACTIVE_A', 1) })]);
    expect(uncertain(single, [far, silence('ACTIVE_A', old), silence('RECOVERY')])).toBe(false);
    expect(uncertain(single, [far, silence('ACTIVE_A'), silence('RECOVERY', old)])).toBe(true);
  });
  it('takes a single one over where it stands by, as old as its oldest copy, and counts what must be started', () => {
    const members = [
      ...machines('ACTIVE_A', 2),
      ...machines('RECOVERY', 2, { standby: true, vcpu: 2, memoryMib: 4_096 }),
    ];
    const facts = group([tier({ localMode: 'SINGLE', remoteMode: 'APPLICATION', members })], { localMode: 'SINGLE' });
    const lag = signal('REPLICATION_LAG', 240, { towards: 'RECOVERY' });
    expect(lossOf(facts, [far, lag], lost('ACTIVE_A'), NOW)).toMatchObject({
      ...{ fate: 'STANDS_BY', dataLossSeconds: 240, needs: { vcpu: 4, memoryMib: 8_192 }, towards: 'RECOVERY' },
    });
    expect(lossOf(facts, [far, lag], lost('ACTIVE_B'), NOW).fate).toBe('UNTOUCHED');
    expect(lossOf(facts, [far, lag], lost('RECOVERY'), NOW).fate).toBe('SERVES_ON');
  });
  it('leaves a part where machines stand in both and their data is not replicated', () => {
    expect(lossOf(group([tier()]), [], lost('ACTIVE_B'), NOW)).toMatchObject({ fate: 'PARTLY', dataLossSeconds: null });
  });
  it('counts on no copy that nobody has seen lately', () => {
    const facts = group([tier({ localMode: 'SINGLE', remoteMode: 'DATA', members: machines('ACTIVE_A', 1) })]);
    const old = { ...far, observedAt: new Date(NOW.getTime() - 3_600_000) };
    expect(lossOf(facts, [old], lost('ACTIVE_A'), NOW)).toMatchObject({
      fate: 'LOST',
      uncertain: true,
      dataLossSeconds: null,
    });
    expect(lossOf(facts, [far], lost('ACTIVE_A'), NOW)).toMatchObject({ fate: 'RESTORES', dataLossSeconds: null });
    // Never read is not the same as read to be nothing.
    expect(lossOf(facts, [], lost('ACTIVE_A'), NOW)).toMatchObject({ fate: 'LOST', uncertain: true });
    const nothing = signal('REPLICATION_COVERAGE', 0, { level: 'CRITICAL', towards: 'RECOVERY' });
    expect(lossOf(facts, [nothing], lost('ACTIVE_A'), NOW)).toMatchObject({ fate: 'LOST', uncertain: false });
  });
});

describe('the level of GB/T 20988', () => {
  const all = {
    DATA_BACKUP: 5,
    STANDBY_PROCESSING: 5,
    STANDBY_NETWORK: 4,
    STANDBY_PREMISES: 6,
    TECHNICAL_SUPPORT: 5,
    OPERATIONS: 3,
    DR_PLAN: 5,
  };
  it('is the least of the seven, and none while one is not assessed', () => {
    expect(levelOf(all, 5)).toEqual({ level: 3, notAssessed: [], shortest: ['STANDBY_NETWORK', 'OPERATIONS'] });
    const { DR_PLAN: _, ...six } = all;
    expect(levelOf(six, null)).toEqual({ level: null, notAssessed: ['DR_PLAN'], shortest: ['OPERATIONS'] });
    expect(levelOf({}, 4)).toMatchObject({ level: null, shortest: [] });
  });
});
