/** Decides the grade of a DR group, with a reason for each thing that is not as its DR mode promises. */
import type { CenterRole } from '../../facilities/domain/facility.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import {
  type Aged,
  isRecovering,
  isSettling,
  type ShownLevel,
  type SignalLevel,
  type SignalName,
  shownLevel,
} from './dr-signal.js';
import { covers, type GroupFacts, type GroupGrade, type TierFacts, worstGrade } from './dr-words.js';

/** A kept signal of a group, of one of its tiers, or of a center that it stands in. */
export interface KnownSignal extends Aged {
  readonly subjectId: string;
  readonly name: SignalName;
  readonly towards: CenterRole | null;
  readonly value: number;
  /** Another level that is seen but not believed yet. */
  readonly pending?: SignalLevel | null;
}

export const REASON_CODES = [
  'MACHINES_MISSING',
  'STANDBY_MISSING',
  'NOT_GRANTED_DUAL_ACTIVE',
  'NOT_GRANTED_REMOTE',
  'DATA_NOT_DUAL_ACTIVE',
  'NO_REMOTE_COPY',
  'NO_MACHINES',
  'MACHINES_COMING',
  'OWED',
  'SIDE_STANDS_BY',
  'SERVES_REMOTELY',
  'CLEANUP_FAILED',
  'LINK_ASYNC',
  'BOUNDARY_OPENED',
  'SIGNAL_BAD',
  'SIGNAL_STRAINED',
  'SIGNAL_UNKNOWN',
  'SIGNAL_AWAITED',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface Reason {
  readonly code: ReasonCode;
  readonly grade: GroupGrade;
  /** null = of the group, or of a center. */
  readonly tierId: string | null;
  readonly role: CenterRole | null;
  readonly signal: SignalName | null;
  /** So many of `of` are meant; the value of a signal. null of SIGNAL_AWAITED = it was not read yet. */
  readonly count: number | null;
  readonly of: number | null;
  /** The probe that says so. */
  readonly probe?: string;
  /** It reads better again, and is waited for: its value alone would contradict the grade. */
  readonly recovers?: true;
  /** Whom a request that puts it right would be about. */
  readonly resourceIds: readonly string[];
}

export interface Judgement {
  readonly grade: GroupGrade;
  readonly reasons: readonly Reason[];
  /** What there is, whatever was promised; null = signals are too old to say. */
  readonly local: LocalMode | null;
  readonly remote: RemoteMode | null;
}

const PAIR: readonly CenterRole[] = ['ACTIVE_A', 'ACTIVE_B'];

interface TierJudgement {
  readonly reasons: readonly Reason[];
  readonly local: LocalMode | null;
  readonly remote: RemoteMode | null;
}

type Known = (tier: TierFacts, name: SignalName, towards: CenterRole | null) => Shown | undefined;
interface Shown {
  readonly signal: KnownSignal;
  readonly level: ShownLevel;
  /** It is UNKNOWN because it was read for the first time only just now. */
  readonly settling: boolean;
}

/**
 * The same for a page, for the sweep and for what-if. @param signals those of the group, its tiers and its centers.
 */
export function judgeGroup(group: GroupFacts, signals: readonly KnownSignal[], now: Date): Judgement {
  const shown = signals.map(
    (signal): Shown => ({
      ...{ signal, level: shownLevel(signal, now), settling: isSettling(signal, now) },
    }),
  );
  const byKey = new Map(shown.map((one) => [keyOf(one.signal.subjectId, one.signal.name, one.signal.towards), one]));
  const known: Known = (tier, name, towards) => byKey.get(keyOf(tier.id, name, towards));
  // A tier whose machines have all gone protects nothing and holds nothing back.
  const tiers = group.tiers.filter((tier) => tier.members.length > 0).map((tier) => judgeTier(group, tier, known));
  const members = group.tiers.flatMap((tier) => tier.members);
  const reasons = [
    ...(members.length === 0 ? [reason('NO_MACHINES', 'BROKEN', null)] : []),
    // Whatever its copies are worth: in earnest nothing could be switched over.
    ...(group.isBlocked ? [reason('CLEANUP_FAILED', 'BROKEN', null)] : []),
    ...(group.pairIsAsync ? group.tiers.filter(isMirrored).map(({ id }) => reason('LINK_ASYNC', 'AT_RISK', id)) : []),
    ...tiers.flatMap((tier) => tier.reasons),
    ...shown.filter((one) => !isMoot(one, byKey)).flatMap((one) => signalReason(group, one)),
  ];
  return {
    grade: worstGrade(reasons.map(({ grade }) => grade)),
    reasons,
    local: least(
      tiers.map(({ local }) => local),
      ['SINGLE', 'DUAL_ACTIVE'],
    ),
    remote: least(
      tiers.map(({ remote }) => remote),
      ['NONE', 'DATA', 'APPLICATION'],
    ),
  };
}

/** Its data is promised in both of a city, without loss. */
function isMirrored({ dataKind, localMode, members }: TierFacts): boolean {
  return dataKind !== 'STATELESS' && localMode === 'DUAL_ACTIVE' && members.length > 0;
}

/** Where it is known that nothing is replicated, nobody waits for word of how far behind it is. */
function isMoot({ level, signal }: Shown, byKey: ReadonlyMap<string, Shown>): boolean {
  if (level !== 'UNKNOWN' || signal.name === 'REPLICATION_COVERAGE') return false;
  const coverage = byKey.get(keyOf(signal.subjectId, 'REPLICATION_COVERAGE', signal.towards ?? 'ACTIVE_B'));
  return coverage !== undefined && coverage.level !== 'UNKNOWN' && coverage.signal.value === 0;
}

const keyOf = (subjectId: string, name: SignalName, towards: CenterRole | null) =>
  `${subjectId}/${name}/${towards ?? ''}`;

function judgeTier(group: GroupFacts, tier: TierFacts, known: Known): TierJudgement {
  const { members } = tier;
  const running = members.filter(({ standby }) => !standby);
  const there = (role: CenterRole) => running.filter((one) => one.role === role && one.there);
  const reasons: Reason[] = [];
  const coming = members.filter(({ there: is }) => !is);
  if (coming.length > 0)
    reasons.push({
      ...reason('MACHINES_COMING', 'AT_RISK', tier.id),
      ...{ count: coming.length, of: members.length },
    });
  for (const role of tier.owed) reasons.push({ ...reason('OWED', 'AT_RISK', tier.id), role });
  const local = localOf(group, tier, known, there, reasons);
  const remote = remoteOf(group, tier, known, running, reasons);
  return { reasons, local, remote };
}

/**
 * What an execution had stand by in one of the two of a city: its machines are there, and serve nobody. Nothing else stands
 * by there; what waits in the recovery center was granted so.
 */
export function stoodDown({ members }: Pick<TierFacts, 'members'>): TierFacts['members'] {
  return members.filter(({ role, standby }) => standby && PAIR.includes(role));
}

/** It was taken over by the recovery center: what is promised in the city and from it waits until it has come back. */
export function servesRemotely(tier: Pick<TierFacts, 'members'>): boolean {
  return stoodDown(tier).length > 0 && tier.members.every(({ role, standby }) => standby || role === 'RECOVERY');
}

/** Dual-active is: the same machines in both centers, and either no data or data that is replicated between them now. */
function localOf(
  group: GroupFacts,
  tier: TierFacts,
  known: Known,
  there: (role: CenterRole) => readonly TierFacts['members'][number][],
  reasons: Reason[],
): LocalMode | null {
  const running = tier.members.filter(({ standby }) => !standby);
  const ids = running.map(({ resourceId }) => resourceId);
  if (tier.localMode === 'SINGLE') {
    if (group.localMode === 'DUAL_ACTIVE' && running.length > 0)
      reasons.push({ ...reason('NOT_GRANTED_DUAL_ACTIVE', 'BROKEN', tier.id), resourceIds: ids });
    return 'SINGLE';
  }
  if (servesRemotely(tier)) return 'SINGLE';
  // One side serves and the other stands by: as many machines as there should be, and not dual-active.
  const stood = stoodDown(tier);
  const side = PAIR.find((role) => stood.some((one) => one.role === role));
  if (side !== undefined)
    reasons.push({
      ...reason('SIDE_STANDS_BY', 'AT_RISK', tier.id),
      ...{ role: side, count: stood.length, of: running.length },
    });
  const counts = PAIR.map((role) => ({
    role,
    planned: [...running, ...stood].filter((one) => one.role === role).length,
  }));
  const need = Math.max(...counts.map(({ planned }) => planned));
  let whole = need > 0;
  for (const { planned, role } of counts) {
    if (there(role).length < need) whole = false;
    // What is on its way is said as that, what is owed as that.
    if (planned < need && !tier.owed.includes(role))
      reasons.push({
        ...reason('MACHINES_MISSING', 'BROKEN', tier.id),
        ...{ role, count: need - planned, of: need, resourceIds: ids },
      });
  }
  if (tier.dataKind === 'STATELESS') return whole ? 'DUAL_ACTIVE' : 'SINGLE';
  const coverage = known(tier, 'REPLICATION_COVERAGE', 'ACTIVE_B');
  if (isAwaited(group, tier, 'ACTIVE_B', coverage)) {
    if (whole || side !== undefined) reasons.push(awaited(tier.id, 'ACTIVE_B', coverage));
    return whole ? null : 'SINGLE';
  }
  if (coverage?.level === 'UNKNOWN') return whole ? null : 'SINGLE';
  const replicated = tier.source !== 'NONE' && coverage !== undefined && coverage.signal.value > 0;
  if (!replicated && (whole || side !== undefined)) reasons.push(reason('DATA_NOT_DUAL_ACTIVE', 'BROKEN', tier.id));
  return whole && replicated && coverage.level !== 'CRITICAL' ? 'DUAL_ACTIVE' : 'SINGLE';
}

function remoteOf(
  group: GroupFacts,
  tier: TierFacts,
  known: Known,
  running: readonly TierFacts['members'][number][],
  reasons: Reason[],
): RemoteMode | null {
  const ids = running.map(({ resourceId }) => resourceId);
  if (servesRemotely(tier)) {
    reasons.push({ ...reason('SERVES_REMOTELY', 'AT_RISK', tier.id), role: 'RECOVERY', count: running.length });
    return 'NONE';
  }
  if (!covers(tier.remoteMode, group.remoteMode) && running.length > 0)
    reasons.push({ ...reason('NOT_GRANTED_REMOTE', 'BROKEN', tier.id), role: 'RECOVERY', resourceIds: ids });
  if (tier.remoteMode === 'NONE' || tier.owed.includes('RECOVERY')) return 'NONE';
  const need = Math.max(0, ...PAIR.map((role) => running.filter((one) => one.role === role).length));
  const standby = tier.members.filter((one) => one.role === 'RECOVERY');
  const stands = standby.filter(({ there }) => there).length;
  if (tier.remoteMode === 'APPLICATION' && standby.length < need)
    reasons.push({
      ...reason('STANDBY_MISSING', 'BROKEN', tier.id),
      ...{ role: 'RECOVERY' as const, count: need - standby.length, of: need, resourceIds: ids },
    });
  const canRun = tier.remoteMode === 'APPLICATION' && need > 0 && stands >= need;
  // It has no data that could be missing there: it keeps no other tier's data from being restored.
  if (tier.dataKind === 'STATELESS') return canRun ? 'APPLICATION' : 'DATA';
  const coverage = known(tier, 'REPLICATION_COVERAGE', 'RECOVERY');
  if (isAwaited(group, tier, 'RECOVERY', coverage)) {
    reasons.push(awaited(tier.id, 'RECOVERY', coverage));
    return null;
  }
  if (coverage?.level === 'UNKNOWN') return null;
  if (tier.source === 'NONE' || coverage === undefined || coverage.signal.value === 0) {
    reasons.push({ ...reason('NO_REMOTE_COPY', 'BROKEN', tier.id), role: 'RECOVERY' });
    return 'NONE';
  }
  if (coverage.level === 'CRITICAL') return 'NONE';
  return canRun ? 'APPLICATION' : 'DATA';
}

/** Somebody reads how its data goes there, and has not done so yet, or saw nothing so far: that is no evidence, neither good nor bad. */
function isAwaited(
  { probes = [] }: GroupFacts,
  { id, members, source }: TierFacts,
  towards: CenterRole,
  coverage: Shown | undefined,
): boolean {
  if (coverage !== undefined) return coverage.settling && coverage.signal.value === 0;
  // Clusters tell of what runs in the city: of nothing there nobody ever tells.
  if (source === 'CLUSTER') return members.some(({ role, standby }) => !standby && PAIR.includes(role));
  // What asks from outside, or of the other way, never says it.
  return source === 'PROBE' && probes.some((probe) => probe.tierId === id && probe.towards === towards);
}

function awaited(tierId: string, role: CenterRole, coverage: Shown | undefined): Reason {
  return {
    ...reason('SIGNAL_AWAITED', 'UNKNOWN', tierId),
    ...{ role, signal: 'REPLICATION_COVERAGE', count: coverage?.signal.value ?? null },
  };
}

function signalReason(group: GroupFacts, { level, settling, signal }: Shown): Reason[] {
  if (level === 'GOOD') return [];
  const probe = (group.probes ?? []).find(({ id }) => id === signal.subjectId);
  const tier = group.tiers.find(({ id }) => id === (probe?.tierId ?? signal.subjectId));
  // That nothing at all is replicated is said once, as that.
  if (tier && signal.name === 'REPLICATION_COVERAGE' && signal.value === 0 && (level !== 'UNKNOWN' || settling))
    return [];
  const [code, grade] =
    level === 'UNKNOWN'
      ? ([settling ? 'SIGNAL_AWAITED' : 'SIGNAL_UNKNOWN', 'UNKNOWN'] as const)
      : level === 'CRITICAL'
        ? (['SIGNAL_BAD', 'BROKEN'] as const)
        : (['SIGNAL_STRAINED', 'AT_RISK'] as const);
  return [
    {
      ...reason(code, grade, tier?.id ?? null),
      ...{ signal: signal.name, role: signal.towards, count: signal.value },
      ...(probe ? { probe: probe.name } : {}),
      ...(level !== 'UNKNOWN' && isRecovering(signal) ? { recovers: true as const } : {}),
    },
  ];
}

function reason(code: ReasonCode, grade: GroupGrade, tierId: string | null): Reason {
  return { code, grade, tierId, role: null, signal: null, count: null, of: null, resourceIds: [] };
}

/** Of all tiers the least; null = of one it cannot be said, and no other is already at the bottom. */
function least<M extends string>(modes: readonly (M | null)[], order: readonly M[]): M | null {
  const bottom = order[0] as M;
  if (modes.length === 0 || modes.includes(bottom)) return bottom;
  if (modes.includes(null)) return null;
  return order[Math.min(...modes.map((mode) => order.indexOf(mode as M)))] as M;
}
