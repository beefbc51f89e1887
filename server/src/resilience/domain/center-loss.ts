/** Decides what would come of the groups, and of the room in the centers that are left, if one center were lost now: by the same facts and judgement as their grades. */
import type { CenterRole } from '../../facilities/domain/facility.js';
import { shownLevel } from './dr-signal.js';
import type { GroupFacts, Member } from './dr-words.js';
import { judgeGroup, type KnownSignal, stoodDown } from './judge-group.js';

/**
 * SERVES_ON: runs where it also ran before. STANDS_BY: can be started in the recovery center. RESTORES: its data is there, machines
 * are not. PARTLY: machines of it go on elsewhere, without what was lost. LOST: nothing of it is left. UNTOUCHED: it had nothing there.
 */
export const LOSS_FATES = ['UNTOUCHED', 'SERVES_ON', 'STANDS_BY', 'RESTORES', 'PARTLY', 'LOST'] as const;
export type LossFate = (typeof LOSS_FATES)[number];

export interface GroupLoss {
  readonly groupId: string;
  readonly fate: LossFate;
  /** Seconds of data that would be missing; null = it cannot be said, or there is nothing left to miss it in. */
  readonly dataLossSeconds: number | null;
  /** Some of it is told by signals that are too old: nobody knows what would really be left. */
  readonly uncertain: boolean;
  /** What would have to be started elsewhere, beyond what stands ready there. */
  readonly needs: { readonly vcpu: number; readonly memoryMib: number };
  /** Where it would go on; null = nowhere. */
  readonly towards: CenterRole | null;
}

/** @param lost the center; its role says what was promised for its loss. */
export function lossOf(
  group: GroupFacts,
  signals: readonly KnownSignal[],
  lost: { readonly id: string; readonly role: CenterRole },
  now: Date,
): GroupLoss {
  const members = group.tiers.flatMap((tier) => tier.members);
  const running = members.filter(({ standby }) => !standby);
  const gone = running.filter(({ centerId }) => centerId === lost.id);
  const nothing = { groupId: group.id, needs: { vcpu: 0, memoryMib: 0 }, dataLossSeconds: 0, uncertain: false };
  const standsThere = members.some(({ centerId }) => centerId === lost.id) || hasDataThere(group, lost.role);
  if (gone.length === 0) return { ...nothing, fate: standsThere ? 'SERVES_ON' : 'UNTOUCHED', towards: null };
  const { local, remote } = judgeGroup(group, signals, now);
  // Told by what is known now: a copy that nobody has seen lately is not counted on.
  if (local === 'DUAL_ACTIVE' && lost.role !== 'RECOVERY') {
    const towards = lost.role === 'ACTIVE_A' ? 'ACTIVE_B' : 'ACTIVE_A';
    const dataLossSeconds = missingBetween(group, signals, now);
    const uncertain = dataLossSeconds === null || isUnheard(group, signals, towards, now);
    return { ...nothing, fate: 'SERVES_ON', towards, dataLossSeconds, uncertain };
  }
  // Since a switch the other center of the city stands by for it, and would be started.
  const other: CenterRole = lost.role === 'ACTIVE_A' ? 'ACTIVE_B' : 'ACTIVE_A';
  const ready = group.tiers
    .filter((tier) => tier.members.length > 0)
    .every((tier) => stoodDown(tier).some(({ role, there }) => role === other && there));
  if (lost.role !== 'RECOVERY' && ready && running.length === gone.length)
    return {
      ...{ ...nothing, fate: 'STANDS_BY', towards: other, dataLossSeconds: missingBetween(group, signals, now) },
      uncertain: isUnheard(group, signals, other, now) || missingBetween(group, signals, now) === null,
    };
  const loss = dataLoss(group, signals, 'RECOVERY', now);
  const uncertain = local === null || remote === null;
  // Where nobody can say what is replicated, the worst of what may be is told.
  if (remote === null || remote === 'NONE' || lost.role === 'RECOVERY')
    return {
      ...nothing,
      fate: running.length > gone.length ? 'PARTLY' : 'LOST',
      uncertain,
      dataLossSeconds: null,
      towards: null,
    };
  return {
    groupId: group.id,
    fate: remote === 'APPLICATION' ? 'STANDS_BY' : 'RESTORES',
    dataLossSeconds: loss,
    uncertain: uncertain || isUnheard(group, signals, 'RECOVERY', now),
    needs: needsOf(group, lost.id),
    towards: 'RECOVERY',
  };
}

/** Between the two of a city nothing is missing, unless a mirror says that it is late; null = it has said nothing lately. */
function missingBetween(group: GroupFacts, signals: readonly KnownSignal[], now: Date): number | null {
  const holding = new Set(group.tiers.flatMap(({ dataKind, id }) => (dataKind === 'STATELESS' ? [] : [id])));
  const lags = signals
    .filter(
      ({ name, subjectId, towards }) => name === 'REPLICATION_LAG' && towards === 'ACTIVE_B' && holding.has(subjectId),
    )
    .map((lag) => ({ value: lag.value, level: shownLevel(lag, now) }));
  if (lags.some(({ level }) => level === 'UNKNOWN')) return null;
  return Math.max(0, ...lags.flatMap(({ level, value }) => (level === 'GOOD' ? [] : [value])));
}

/** Of the center that it would go on in: its cluster is silent, or nobody has said lately whether it is. */
function isUnheard(group: GroupFacts, signals: readonly KnownSignal[], towards: CenterRole, now: Date): boolean {
  const members = group.tiers.flatMap((tier) => tier.members);
  const roleOf = new Map(members.map(({ centerId, role }) => [centerId, role]));
  return signals.some((signal) => {
    // Of centers without a machine of it only the recovery center, for its data, is among them.
    const role = roleOf.get(signal.subjectId) ?? 'RECOVERY';
    if (signal.name !== 'CLUSTER_SILENCE' || role !== towards) return false;
    const level = shownLevel(signal, now);
    return level === 'UNKNOWN' || level === 'CRITICAL';
  });
}

function hasDataThere(group: GroupFacts, role: CenterRole): boolean {
  return role === 'RECOVERY' && group.tiers.some(({ dataShares }) => dataShares > 0);
}

/** The oldest copy of all tiers decides: a system is as old as its oldest part. */
function dataLoss(group: GroupFacts, signals: readonly KnownSignal[], towards: CenterRole, now: Date): number | null {
  const holding = group.tiers.filter(({ dataKind }) => dataKind !== 'STATELESS');
  const lags = holding.map((tier) => {
    const lag = signals.find(
      (one) => one.subjectId === tier.id && one.name === 'REPLICATION_LAG' && one.towards === towards,
    );
    return lag === undefined || shownLevel(lag, now) === 'UNKNOWN' ? null : lag.value;
  });
  if (lags.includes(null)) return null;
  return Math.max(0, ...lags.flatMap((lag) => (lag === null ? [] : lag)));
}

/** Of each tier what runs there, less what stands by in the recovery center. */
function needsOf(group: GroupFacts, lostId: string): { vcpu: number; memoryMib: number } {
  let [vcpu, memoryMib] = [0, 0];
  for (const { members } of group.tiers) {
    const there = members.filter(({ centerId, standby }) => !standby && centerId === lostId);
    const ready = members.filter(({ role, standby }) => standby && role === 'RECOVERY');
    vcpu += Math.max(0, sumOf(there, 'vcpu') - sumOf(ready, 'vcpu'));
    memoryMib += Math.max(0, sumOf(there, 'memoryMib') - sumOf(ready, 'memoryMib'));
  }
  return { vcpu, memoryMib };
}

const sumOf = (members: readonly Member[], what: 'vcpu' | 'memoryMib'): number =>
  members.reduce((sum, member) => sum + member[what], 0);
