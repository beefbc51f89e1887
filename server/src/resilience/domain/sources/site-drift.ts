/** Decides how many machines of a tier are made otherwise than their other one, in the other center or standing by: what is taken over would not be the same. */
import type { Reading } from '../dr-signal.js';
import type { Member, TierFacts } from '../dr-words.js';
import type { SignalGround, SignalSource } from './ground.js';

/** Reckoned from the database at every look. */
const MAX_AGE_S = 300;

export class SiteDrift implements SignalSource {
  read({ groups, now }: SignalGround): Reading[] {
    return groups.flatMap(({ tiers }) =>
      tiers.flatMap((tier) =>
        comparedOf(tier).map(({ of, one, other, towards }) => ({
          ...({ subjectKind: 'TIER', subjectId: tier.id, name: 'CONFIG_DRIFT', towards } as const),
          ...{ value: unlike(one, other, of), source: 'record of both centers' },
          ...{ observedAt: now, maxAgeSeconds: MAX_AGE_S },
        })),
      ),
    );
  }
}

/** Two sides of a tier that are to be made alike. */
interface Compared {
  readonly towards: 'ACTIVE_B' | 'RECOVERY';
  readonly one: readonly Member[];
  readonly other: readonly Member[];
  readonly of: (member: Member) => string;
}

/** As its machines stand now: a side that serves no more since a switch is compared with nothing. */
export function comparedOf(tier: Pick<TierFacts, 'localMode' | 'members'>): Compared[] {
  const there = tier.members.filter((member) => member.there && member.madeFrom !== undefined);
  const side = (role: Member['role'], standby: boolean) =>
    there.filter((member) => member.role === role && member.standby === standby);
  const [a, b, ready] = [side('ACTIVE_A', false), side('ACTIVE_B', false), side('RECOVERY', true)];
  const serves = a.length >= b.length ? a : b;
  return [
    ...(tier.localMode === 'DUAL_ACTIVE' && a.length > 0 && b.length > 0
      ? [
          {
            ...({ towards: 'ACTIVE_B', one: a, other: b } as const),
            of: (member: Member) => `${member.madeFrom}/${member.vcpu}/${member.memoryMib}`,
          },
        ]
      : []),
    // What stands by may be smaller: its ratio is the offer's.
    ...(ready.length > 0 && serves.length > 0
      ? [
          {
            ...({ towards: 'RECOVERY', one: serves, other: ready } as const),
            of: (member: Member) => member.madeFrom ?? '',
          },
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
