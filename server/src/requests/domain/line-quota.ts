/** Decides what the shares of a line take of quotas. */
import { piecesOf } from '../../allocation/domain/capacity.js';
import { type ShareWish, sizesOf } from '../../allocation/domain/dr-shares.js';
import { type SomeAmounts, sumAmounts } from '../../quotas/domain/quota.js';
import { times } from './beyond-quota.js';
import { acceleratorsOf, type QuotedThing } from './line-price.js';

/**
 * In every center what stands there: a standby machine counts as one, with what it takes of compute; data alone is storage
 * and no machine. What is owed takes nothing yet.
 */
export function lineTakes(thing: QuotedThing, shares: readonly ShareWish[], count: number): SomeAmounts {
  if (thing.kind === 'SERVICE') {
    const { quotaMeter } = thing.definition;
    return quotaMeter ? { [quotaMeter]: count } : {};
  }
  return sumAmounts(shares.flatMap((share) => thingsOfShare(thing, share).map((one) => times(one.takes, one.count))));
}

/** Things of a share that take the same each, as they are priced. */
export interface ThingsAlike {
  readonly count: number;
  /** Of each. */
  readonly takes: SomeAmounts;
  /** Of machines, by which their price is found; 0 = of none. */
  readonly vcpu: number;
  readonly memoryMib: number;
}

/** What is owed takes nothing yet. */
export function thingsOfShare(
  thing: Exclude<QuotedThing, { kind: 'SERVICE' }>,
  share: Pick<ShareWish, 'standing' | 'count' | 'owed'>,
): ThingsAlike[] {
  if (share.owed) return [];
  const { count } = share;
  switch (thing.kind) {
    case 'VM': {
      const { vcpu, memoryMib, standbyRatioPercent } = thing.offer;
      const pieces = acceleratorsOf(thing.offer);
      const { diskGib, storageTier } = thing.vm;
      return sizesOf(share, { vcpu, memoryMib, diskGib, storageTier, ...pieces }, standbyRatioPercent).map(
        ({ count: alike, size }) => ({
          ...{ count: alike, vcpu: size.vcpu, memoryMib: size.memoryMib },
          takes: {
            MACHINE: share.standing === 'DATA' ? 0 : 1,
            VCPU: size.vcpu,
            MEMORY_MIB: size.memoryMib,
            STORAGE_GIB: size.diskGib,
            ACCELERATOR: piecesOf(size),
          },
        }),
      );
    }
    case 'SERVER':
      return [{ count, takes: { SERVER: 1 }, vcpu: 0, memoryMib: 0 }];
    case 'CABINET': {
      const takes = { CABINET_HALF_UNIT: thing.heightHalfUnits, POWER_W: thing.powerW };
      return [{ count, takes, vcpu: 0, memoryMib: 0 }];
    }
  }
}
