/** Decides what VolSync's sources and csi-addons' VolumeReplications say of the copies of a tier: how far behind, how many of its disks, and who writes. */
import type { CenterRole } from '../../../facilities/domain/facility.js';
import type { ReplicationObject } from '../../../replication/domain/replication-object.js';
import { lagBounds, type Reading } from '../dr-signal.js';
import type { GroupFacts, TierFacts } from '../dr-words.js';
import { servesRemotely } from '../judge-group.js';
import { type SignalGround, type SignalSource, secondsBetween } from './ground.js';

/** The worker reads them every fifteen seconds; four of those left out, and nobody knows. */
const READ_MAX_AGE_S = 60;
/** What csi-addons mirrors by where its class does not say. */
const USUAL_INTERVAL_S = 300;
const PERCENT = 100;

/** Where nothing is said: VolSync carries to the recovery center, an array mirrors between the two of a city. */
const USUAL: { readonly [K in ReplicationObject['kind']]: CenterRole } = {
  ReplicationSource: 'RECOVERY',
  VolumeReplication: 'ACTIVE_B',
};

export class VolSyncSignals implements SignalSource {
  read(ground: SignalGround): Reading[] {
    return copies(ground, 'ReplicationSource', 'VolSync ReplicationSource');
  }
}

export class VolumeReplicationSignals implements SignalSource {
  read(ground: SignalGround): Reading[] {
    return [
      ...copies(ground, 'VolumeReplication', 'csi-addons VolumeReplication'),
      ...ground.groups.flatMap((group) => group.tiers.flatMap((tier) => writers(ground, tier))),
    ];
  }
}

function copies(ground: SignalGround, kind: ReplicationObject['kind'], source: string): Reading[] {
  return ground.groups.flatMap((group) =>
    group.tiers.flatMap((tier) => {
      if (tier.source !== 'CLUSTER' || tier.dataKind === 'STATELESS') return [];
      return (['ACTIVE_B', 'RECOVERY'] as const).flatMap((towards) =>
        copiesOf(ground, group, tier, { kind, source, towards }),
      );
    }),
  );
}

interface Way {
  readonly kind: ReplicationObject['kind'];
  readonly source: string;
  /** ACTIVE_B = between the two of a city, whichever of them writes. */
  readonly towards: 'ACTIVE_B' | 'RECOVERY';
}

function copiesOf(ground: SignalGround, group: GroupFacts, tier: TierFacts, way: Way): Reading[] {
  const readAt = readWhole(ground, tier);
  // Never read, or not lately: what was said before grows old by itself.
  if (readAt === null) return [];
  const roleOf = new Map(ground.centers.map(({ code, role }) => [code, role]));
  const pairs = tier.members
    .filter(({ standby }) => !standby)
    .map(({ resourceId }) => ({
      resourceId,
      objects: (ground.objectsOf.get(resourceId) ?? []).filter(
        (object) => object.kind === way.kind && directionOf(object, roleOf) === way.towards,
      ),
    }));
  const sending = pairs.filter(({ objects }) => objects.some(({ role }) => role !== 'SECONDARY'));
  const named = pairs.some(({ objects }) => objects.length > 0);
  // Of dual-active machines one side sends, and the other receives: the disks of either are covered.
  const wanted = way.towards === 'ACTIVE_B' ? Math.max(...bySide(tier)) : disksToCopy(tier);
  const disks = Math.max(sending.length, wanted - (named ? carriedOtherwise(ground, tier, way, roleOf) : 0));
  if (wanted === 0 || disks === 0) return [];
  // That nothing carries it is said by one of the two adapters, and only where something ought to.
  if (!named) return nothingCarries(ground, tier, way) ? [coverage(tier, way, readAt, 0)] : [];
  const well = sending.filter(({ objects }) => objects.every(({ problem }) => problem === null)).length;
  const share = Math.min(PERCENT, Math.floor((well * PERCENT) / disks));
  const readings: Reading[] = [coverage(tier, way, readAt, share)];
  const objects = sending.flatMap((pair) => pair.objects);
  const synced = objects.flatMap(({ lastSyncAt }) => (lastSyncAt === null ? [] : [lastSyncAt]));
  // One that never arrived has no age: it is missing from the coverage, not late.
  const oldest = synced.toSorted((a, b) => a.getTime() - b.getTime())[0];
  if (oldest) {
    const interval = Math.max(...objects.map(({ intervalSeconds }) => intervalSeconds ?? USUAL_INTERVAL_S));
    readings.push({
      ...{ ...subjectOf(tier, way), name: 'REPLICATION_LAG' },
      value: secondsBetween(oldest, readAt),
      ...{ observedAt: readAt, maxAgeSeconds: READ_MAX_AGE_S, bounds: lagBounds(interval, group.rpoSeconds) },
    });
  }
  return readings;
}

/** Disks that another operator alone sends there: what carries them tells of them. */
function carriedOtherwise(
  { objectsOf }: SignalGround,
  tier: TierFacts,
  { kind, towards }: Way,
  roleOf: ReadonlyMap<string, CenterRole>,
): number {
  const running = tier.members.filter(({ standby }) => !standby);
  return running.filter(({ resourceId }) => {
    const there = (objectsOf.get(resourceId) ?? []).filter((one) => directionOf(one, roleOf) === towards);
    const own = there.some((one) => one.kind === kind);
    return !own && there.some((one) => one.kind !== kind && one.role !== 'SECONDARY');
  }).length;
}

const subjectOf = (tier: TierFacts, { source, towards }: Way) =>
  ({ subjectKind: 'TIER', subjectId: tier.id, towards, source }) as const;

function coverage(tier: TierFacts, way: Way, observedAt: Date, value: number): Reading {
  return {
    ...{ ...subjectOf(tier, way), name: 'REPLICATION_COVERAGE', value },
    ...{ observedAt, maxAgeSeconds: READ_MAX_AGE_S },
  };
}

function nothingCarries({ centers, objectsOf }: SignalGround, tier: TierFacts, { kind, towards }: Way): boolean {
  const wanted = towards === 'ACTIVE_B' ? tier.localMode === 'DUAL_ACTIVE' : tier.remoteMode !== 'NONE';
  if (!wanted || USUAL[kind] !== towards) return false;
  const roleOf = new Map(centers.map(({ code, role }) => [code, role]));
  // What hangs on a side that stands by since a switch carries nothing from where it serves now.
  return !tier.members.some(
    ({ resourceId, standby }) =>
      !standby && (objectsOf.get(resourceId) ?? []).some((object) => directionOf(object, roleOf) === towards),
  );
}

/** Centers that say they write: of a mirror between two, one; two at once is a split brain. */
function writers(ground: SignalGround, tier: TierFacts): Reading[] {
  if (tier.source !== 'CLUSTER' || tier.dataKind !== 'SINGLE_WRITER' || servesRemotely(tier)) return [];
  const readAt = readWhole(ground, tier);
  const mirrored = tier.members.flatMap((member) =>
    (ground.objectsOf.get(member.resourceId) ?? [])
      .filter(({ kind }) => kind === 'VolumeReplication')
      .map(({ role }) => ({ centerId: member.centerId, role })),
  );
  if (readAt === null || mirrored.length === 0) return [];
  // A center that nobody has heard of lately may still say that it writes: that is what it said, and not what it does.
  const heard = new Set(
    ground.centers
      .filter(({ replicationReadAt: at }) => at !== null && secondsBetween(at, ground.now) <= READ_MAX_AGE_S)
      .map(({ id }) => id),
  );
  const writing = new Set(
    mirrored.filter(({ centerId, role }) => role === 'PRIMARY' && heard.has(centerId)).map(({ centerId }) => centerId),
  );
  return [
    {
      ...{ subjectKind: 'TIER', subjectId: tier.id, name: 'WRITER_COUNT', towards: null, value: writing.size },
      ...{ source: 'csi-addons VolumeReplication', observedAt: readAt, maxAgeSeconds: READ_MAX_AGE_S },
    },
  ];
}

/** Since when all clusters that its machines stand in were read: the oldest of them is as much as is known. */
function readWhole({ centers }: SignalGround, tier: TierFacts): Date | null {
  const ids = new Set(tier.members.filter(({ standby }) => !standby).map(({ centerId }) => centerId));
  const times = centers.filter(({ id }) => ids.has(id)).map(({ replicationReadAt }) => replicationReadAt);
  if (times.length === 0 || times.includes(null)) return null;
  return times.flatMap((time) => time ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function directionOf(object: ReplicationObject, roleOf: ReadonlyMap<string, CenterRole>): CenterRole {
  const said = object.towards === null ? undefined : roleOf.get(object.towards);
  if (said === undefined) return USUAL[object.kind];
  return said === 'RECOVERY' ? 'RECOVERY' : 'ACTIVE_B';
}

function bySide(tier: TierFacts): number[] {
  const running = tier.members.filter(({ standby }) => !standby);
  return (['ACTIVE_A', 'ACTIVE_B'] as const).map((role) => running.filter((one) => one.role === role).length);
}

/** Of what runs twice one side is carried to the recovery center. */
function disksToCopy(tier: TierFacts): number {
  const sides = bySide(tier);
  return tier.localMode === 'DUAL_ACTIVE' ? Math.max(...sides) : sides.reduce((sum, side) => sum + side, 0);
}
