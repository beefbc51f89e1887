/** Decides how many machines of a tier are made otherwise than their other one, in the other center or standing by: what is taken over would not be the same. */
import type { Reading } from '../dr-signal.js';
import type { GroupFacts, Member, TierFacts } from '../dr-words.js';
import type { SignalGround, SignalSource } from './ground.js';

/** Reckoned from the database at every look. */
const MAX_AGE_S = 300;

export class SiteDrift implements SignalSource {
  read({ groups, now }: SignalGround): Reading[] {
    return groups.flatMap((group) => group.tiers.flatMap((tier) => driftsOf(group, tier, now)));
  }
}

function driftsOf(_: GroupFacts, tier: TierFacts, now: Date): Reading[] {
  const there = tier.members.filter((member) => member.there && member.madeFrom !== undefined);
  const side = (role: Member['role'], standby: boolean) =>
    there.filter((member) => member.role === role && member.standby === standby);
  const [a, b, ready] = [side('ACTIVE_A', false), side('ACTIVE_B', false), side('RECOVERY', true)];
  const reading = (towards: 'ACTIVE_B' | 'RECOVERY', value: number): Reading => ({
    ...{ subjectKind: 'TIER', subjectId: tier.id, name: 'CONFIG_DRIFT', towards, value },
    ...{ source: 'record of both centers', observedAt: now, maxAgeSeconds: MAX_AGE_S },
  });
  const serves = a.length >= b.length ? a : b;
  return [
    ...(tier.localMode === 'DUAL_ACTIVE' && a.length > 0 && b.length > 0
      ? [
          reading(
            'ACTIVE_B',
            unlike(a, b, (one) => `${one.madeFrom}/${one.vcpu}/${one.memoryMib}`),
          ),
        ]
      : []),
    // What stands by may be smaller: its ratio is the offer's.
    ...(ready.length > 0 && serves.length > 0
      ? [
          reading(
            'RECOVERY',
            unlike(serves, ready, (one) => one.madeFrom ?? ''),
          ),
        ]
      : []),
  ];
}

/** Of as many as both sides have, those without a like one; that one side has fewer is said elsewhere. */
function unlike(one: readonly Member[], other: readonly Member[], of: (member: Member) => string): number {
  const left = new Map<string, number>();
  for (const member of other) left.set(of(member), (left.get(of(member)) ?? 0) + 1);
  let alike = 0;
  for (const member of one) {
    const count = left.get(of(member)) ?? 0;
    if (count === 0) continue;
    left.set(of(member), count - 1);
    alike += 1;
  }
  return Math.min(one.length, other.length) - alike;
}
