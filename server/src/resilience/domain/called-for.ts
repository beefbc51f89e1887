/** Decides which kept signals still have a say in a group: what nobody reads any more because it was changed says nothing. */
import type { SignalName } from './dr-signal.js';
import type { GroupFacts, TierFacts } from './dr-words.js';
import { type KnownSignal, servesRemotely } from './judge-group.js';
import { comparedOf } from './sources/site-drift.js';

/**
 * Whether an adapter is meant to read it, by the group as it is now. A signal that is not, and is old, would keep its group
 * UNKNOWN for ever: of a tier that became stateless, has no machine left, or is no longer carried to that center.
 */
export function isCalledFor(group: GroupFacts, signal: Pick<KnownSignal, 'subjectId' | 'name' | 'towards'>): boolean {
  if (signal.subjectId === group.id) return isOfTheGroup(group, signal.name);
  const probed = (group.probes ?? []).find(({ id }) => id === signal.subjectId);
  if (probed) return group.tiers.some(({ id, members }) => id === probed.tierId && members.length > 0);
  const tier = group.tiers.find(({ id }) => id === signal.subjectId);
  // Of a center: read as long as it stands.
  if (!tier) return true;
  if (signal.name === 'CONFIG_DRIFT') return comparedOf(tier).some(({ towards }) => towards === signal.towards);
  return tier.members.length > 0 && isOfItsData(tier, signal.name, signal.towards);
}

function isOfTheGroup({ drilledAt, kept, tiers }: GroupFacts, name: SignalName): boolean {
  if (name === 'DRILL_DAYS') return drilledAt !== undefined && drilledAt !== null;
  if (name === 'RESTORE_TEST_DAYS') return kept?.restoreTestOn !== undefined && kept.restoreTestOn !== null;
  if (name === 'BACKUP_LATE_HOURS') return kept !== undefined && kept !== null;
  return tiers.some(({ remoteMode }) => remoteMode === 'APPLICATION');
}

/** What is a center's own affair is said of it, and not of every group that stands in it. */
export function isOfGroups(name: SignalName): boolean {
  return name !== 'CONSOLE_BACKUP_AGE';
}

function isOfItsData(tier: TierFacts, name: SignalName, towards: KnownSignal['towards']): boolean {
  const { dataKind, localMode, remoteMode } = tier;
  // Taken over by the recovery center nothing is carried from where it was.
  if (dataKind === 'STATELESS' || servesRemotely(tier)) return false;
  if (name === 'WRITER_COUNT') return dataKind === 'SINGLE_WRITER' && localMode === 'DUAL_ACTIVE';
  return towards === 'RECOVERY' ? remoteMode !== 'NONE' : localMode === 'DUAL_ACTIVE';
}
