import { describe, expect, it } from '@jest/globals';
import type { ClusterVitals } from '../../../clusterhealth/domain/cluster-vitals.js';
import type { ReplicationObject } from '../../../replication/domain/replication-object.js';
import { type Reading, rawLevel, worstOfEach } from '../dr-signal.js';
import type { GroupFacts, Member, TierFacts } from '../dr-words.js';
import { TargetCapacity } from './capacity-signals.js';
import { CertificateDays, ClusterSilence, WatchSilence } from './center-signals.js';
import { ConsoleBackupAge } from './console-backup-signals.js';
import type { CenterGround, SignalGround } from './ground.js';
import { BackupProofs, DrillAge } from './proof-signals.js';
import { VolSyncSignals, VolumeReplicationSignals } from './replication-signals.js';
import { SiteDrift } from './site-drift.js';

const NOW = new Date('2026-11-30T00:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const ROLES = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const;
const CODES = { ACTIVE_A: 'center-a', ACTIVE_B: 'center-b', RECOVERY: 'center-c' };
const center = (role: (typeof ROLES)[number], more: Partial<CenterGround> = {}): CenterGround => ({
  ...{ id: role, code: CODES[role], role, cluster: null, vitals: null, replicationReadAt: ago(5), free: null, ...more },
});
const member = (role: (typeof ROLES)[number], resourceId: string, standby = false): Member => ({
  ...{ resourceId, role, centerId: role, standby, there: true, vcpu: 4, memoryMib: 8_192 },
});
const tier = (more: Partial<TierFacts> = {}): TierFacts => ({
  ...{
    id: 'tier',
    name: 'db',
    dataKind: 'SINGLE_WRITER',
    source: 'CLUSTER',
    localMode: 'DUAL_ACTIVE',
    remoteMode: 'DATA',
  },
  ...{
    members: [member('ACTIVE_A', 'a1'), member('ACTIVE_A', 'a2'), member('ACTIVE_B', 'b1'), member('ACTIVE_B', 'b2')],
  },
  ...{ dataShares: 2, owed: [], ...more },
});
const group = (one: TierFacts, rpoSeconds: number | null = null): GroupFacts => ({
  ...{ id: 'group', localMode: one.localMode, remoteMode: one.remoteMode, rpoSeconds, tiers: [one] },
});
const object = (kind: ReplicationObject['kind'], more: Partial<ReplicationObject> = {}): ReplicationObject => ({
  ...{ kind, namespace: 'n', name: 'o', volume: 'v', towards: null, role: 'PRIMARY', lastSyncAt: ago(65) },
  ...{ intervalSeconds: 300, problem: null, ...more },
});
const ground = (objects: Record<string, ReplicationObject[]>, more: Partial<SignalGround> = {}): SignalGround => ({
  ...{ now: NOW, centers: ROLES.map((role) => center(role)), groups: [group(tier())] },
  ...{ ownBackups: [], objectsOf: new Map(Object.entries(objects)), ...more },
});
const brief = (readings: readonly { name: string; towards: string | null; value: number }[]) =>
  readings.map(({ name, towards, value }) => `${name} ${towards} ${value}`);

describe('what carries data to the recovery center', () => {
  it('covers as many disks as are sent without a problem, and is as late as the latest', () => {
    const all = { a1: [object('ReplicationSource')], a2: [object('ReplicationSource', { lastSyncAt: ago(605) })] };
    expect(brief(new VolSyncSignals().read(ground(all)))).toEqual([
      'REPLICATION_COVERAGE RECOVERY 100',
      'REPLICATION_LAG RECOVERY 600',
    ]);
    const half = { ...all, a2: [object('ReplicationSource', { problem: 'never synced', lastSyncAt: null })] };
    expect(brief(new VolSyncSignals().read(ground(half)))).toEqual([
      'REPLICATION_COVERAGE RECOVERY 50',
      'REPLICATION_LAG RECOVERY 60',
    ]);
  });
  it('is said to be missing where something ought to be, and nowhere else', () => {
    expect(brief(new VolSyncSignals().read(ground({})))).toEqual(['REPLICATION_COVERAGE RECOVERY 0']);
    expect(brief(new VolumeReplicationSignals().read(ground({})))).toEqual(['REPLICATION_COVERAGE ACTIVE_B 0']);
    const single = ground({}, { groups: [group(tier({ localMode: 'SINGLE', remoteMode: 'NONE' }))] });
    expect([...new VolSyncSignals().read(single), ...new VolumeReplicationSignals().read(single)]).toEqual([]);
  });
  it('says nothing of a cluster that was never read, nor of what is told elsewhere', () => {
    const unread = ROLES.map((role) => center(role, { replicationReadAt: role === 'ACTIVE_B' ? null : ago(5) }));
    expect(new VolSyncSignals().read(ground({}, { centers: unread }))).toEqual([]);
    expect(new VolSyncSignals().read(ground({}, { groups: [group(tier({ source: 'NONE' }))] }))).toEqual([]);
  });
  it('is known to be nothing where a switch left what carried it on the side that stands by', () => {
    const switched = tier({
      members: [
        ...[member('ACTIVE_A', 'a1', true), member('ACTIVE_A', 'a2', true)],
        ...[member('ACTIVE_B', 'b1'), member('ACTIVE_B', 'b2')],
      ],
    });
    const held = { a1: [object('ReplicationSource')], a2: [object('ReplicationSource')] };
    const read = new VolSyncSignals().read(ground(held, { groups: [group(switched)] }));
    expect(brief(read)).toEqual(['REPLICATION_COVERAGE RECOVERY 0']);
  });
  it('is told by each operator of the disks that it carries, and once of all', () => {
    const mixed = {
      a1: [object('ReplicationSource')],
      a2: [object('VolumeReplication', { towards: 'center-c', lastSyncAt: ago(2_000) })],
    };
    const read = [...new VolSyncSignals().read(ground(mixed)), ...new VolumeReplicationSignals().read(ground(mixed))];
    const far = read.filter(({ towards }) => towards === 'RECOVERY');
    expect(brief(far)).toEqual([
      ...['REPLICATION_COVERAGE RECOVERY 100', 'REPLICATION_LAG RECOVERY 60'],
      ...['REPLICATION_COVERAGE RECOVERY 100', 'REPLICATION_LAG RECOVERY 1995'],
    ]);
    expect(brief(worstOfEach(far))).toEqual(['REPLICATION_COVERAGE RECOVERY 100', 'REPLICATION_LAG RECOVERY 1995']);
  });
  it('is as old as the cluster that was read the longest ago', () => {
    const centers = ROLES.map((role) => center(role, { replicationReadAt: ago(role === 'ACTIVE_B' ? 50 : 1) }));
    expect(new VolSyncSignals().read(ground({}, { centers })).map(({ observedAt }) => observedAt)).toEqual([ago(50)]);
  });
});

describe('what mirrors between the two of a city', () => {
  const pair = (roleInB: ReplicationObject['role']) =>
    Object.fromEntries(
      ['a1', 'a2', 'b1', 'b2'].map((id) => [
        id,
        [object('VolumeReplication', { role: id.startsWith('a') ? 'PRIMARY' : roleInB })],
      ]),
    );
  it('covers a pair by its writing side, and counts who writes', () => {
    expect(brief(new VolumeReplicationSignals().read(ground(pair('SECONDARY'))))).toEqual([
      ...['REPLICATION_COVERAGE ACTIVE_B 100', 'REPLICATION_LAG ACTIVE_B 60', 'WRITER_COUNT null 1'],
    ]);
    expect(brief(new VolumeReplicationSignals().read(ground(pair('PRIMARY')))).at(-1)).toBe('WRITER_COUNT null 2');
  });
  it('goes where its label says', () => {
    const far = { a1: [object('VolumeReplication', { towards: 'center-c' })] };
    expect(brief(new VolumeReplicationSignals().read(ground(far)))).toContain('REPLICATION_COVERAGE RECOVERY 50');
  });
});

describe('centers', () => {
  const vitals = {
    reportedAt: ago(10),
    said: {
      certificateUntil: '2026-12-10T12:00:00Z',
      watches: [{ heardAt: ago(100).toISOString() }, { heardAt: ago(20).toISOString() }, { heardAt: null }],
    } as unknown as ClusterVitals,
  };
  const cluster = { id: 'k', centerId: 'ACTIVE_A', name: 'k8s-a', reach: 'REACHABLE', observedAt: ago(30) } as const;
  const centers = [center('ACTIVE_A', { vitals, cluster }), center('ACTIVE_B')];
  it('tell how long they are silent and how long their certificate holds, as of the last report', () => {
    const of = ground({}, { centers });
    expect(brief(new ClusterSilence().read(of))).toEqual(['CLUSTER_SILENCE null 30']);
    expect(brief(new WatchSilence().read(of))).toEqual(['WATCH_SILENCE null 90']);
    expect(brief(new CertificateDays().read(of))).toEqual(['CERTIFICATE_DAYS null 10']);
    expect(new ClusterSilence().read(of)[0]?.observedAt).toEqual(ago(10));
  });
  it('have room for what must be started, less what stands ready', () => {
    const members = [
      member('ACTIVE_A', 'a1'),
      member('ACTIVE_B', 'b1'),
      { ...member('RECOVERY', 'c1', true), vcpu: 2 },
    ];
    const groups = [group(tier({ remoteMode: 'APPLICATION', members }))];
    const free = { vcpu: 3, memoryMib: 100_000 };
    const of = ground({}, { groups, centers: [center('RECOVERY', { free })] });
    expect(brief(new TargetCapacity().read(of))).toEqual(['TARGET_CAPACITY RECOVERY 150']);
    expect(new TargetCapacity().read(ground({}, { centers: [center('RECOVERY', { free })] }))).toEqual([]);
  });
});

describe('what differs between the two places of a machine', () => {
  const made = (role: (typeof ROLES)[number], id: string, madeFrom: string, vcpu = 4, standby = false): Member => ({
    ...{ ...member(role, id, standby), madeFrom, vcpu },
  });
  const drift = (members: readonly Member[], more: Partial<TierFacts> = {}) =>
    brief(new SiteDrift().read(ground({}, { groups: [group(tier({ members, ...more }))] })));
  it('is counted of as many as both centers have: by image, disk and size', () => {
    const a = [made('ACTIVE_A', 'a1', 'x'), made('ACTIVE_A', 'a2', 'y')];
    expect(drift([...a, made('ACTIVE_B', 'b1', 'y'), made('ACTIVE_B', 'b2', 'x')])).toEqual([
      'CONFIG_DRIFT ACTIVE_B 0',
    ]);
    expect(drift([...a, made('ACTIVE_B', 'b1', 'x'), made('ACTIVE_B', 'b2', 'z')])).toEqual([
      'CONFIG_DRIFT ACTIVE_B 1',
    ]);
    expect(drift([...a, made('ACTIVE_B', 'b1', 'x', 8)])).toEqual(['CONFIG_DRIFT ACTIVE_B 1']);
    // That there are fewer is another's to say.
    expect(drift([...a, made('ACTIVE_B', 'b1', 'x')])).toEqual(['CONFIG_DRIFT ACTIVE_B 0']);
    expect(drift(a, { localMode: 'SINGLE' })).toEqual([]);
  });
  it('of what stands by is the image and the disk alone: it may be smaller', () => {
    const serves = [made('ACTIVE_A', 'a1', 'x', 8)];
    const far = (madeFrom: string) =>
      drift([...serves, made('RECOVERY', 'c1', madeFrom, 2, true)], { localMode: 'SINGLE' });
    expect(far('x')).toEqual(['CONFIG_DRIFT RECOVERY 0']);
    expect(far('y')).toEqual(['CONFIG_DRIFT RECOVERY 1']);
  });
});

describe('what was proved, and how long ago', () => {
  const of = (more: Partial<GroupFacts>) => ground({}, { groups: [{ ...group(tier()), ...more }] });
  it('is the last drill that passed; what never was drilled has no age', () => {
    expect(brief(new DrillAge().read(of({ drilledAt: ago(86_400 * 151) })))).toEqual(['DRILL_DAYS null 151']);
    expect(new DrillAge().read(of({ drilledAt: null }))).toEqual([]);
  });
  it('are the backups of its system: copies that came, and a restore test that is not overdue', () => {
    const kept = { restoreTestOn: '2026-11-14', missedSince: ago(3_700) };
    expect(brief(new BackupProofs().read(of({ kept })))).toEqual([
      'BACKUP_LATE_HOURS null 2',
      'RESTORE_TEST_DAYS null -16',
    ]);
    expect(brief(new BackupProofs().read(of({ kept: { restoreTestOn: null, missedSince: null } })))).toEqual([
      'BACKUP_LATE_HOURS null 0',
    ]);
    expect(new BackupProofs().read(of({ kept: null }))).toEqual([]);
  });
  it('are the console’s own backups: of three kinds the one that is the latest, by its own terms', () => {
    const backups = (dumpHours: number | null) =>
      new ConsoleBackupAge().read(
        ground(
          {},
          {
            ownBackups: [
              { kind: 'DUMP', lastDoneAt: dumpHours === null ? null : ago(dumpHours * 3_600) },
              { kind: 'BINLOG', lastDoneAt: ago(60) },
            ],
          },
        ),
      );
    expect(brief(backups(13))).toEqual(['CONSOLE_BACKUP_AGE null 50']);
    expect(rawLevel(backups(13)[0] as Reading)).toBe('GOOD');
    expect(rawLevel(backups(27)[0] as Reading)).toBe('WARN');
    expect(rawLevel(backups(51)[0] as Reading)).toBe('CRITICAL');
    expect(rawLevel(backups(null)[0] as Reading)).toBe('CRITICAL');
    expect(new ConsoleBackupAge().read(ground({}))).toEqual([]);
  });
});
