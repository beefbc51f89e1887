/** Decides what the shares of a line take of quotas. */
import { piecesOf } from '../../allocation/domain/capacity.js';
import { type ShareWish, sizesOf } from '../../allocation/domain/dr-shares.js';
import { type SomeAmounts, sumAmounts } from '../../quotas/domain/quota.js';
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
  return sumAmounts(shares.filter((share) => !share.owed).map((share) => shareTakes(thing, share)));
}

function shareTakes(thing: Exclude<QuotedThing, { kind: 'SERVICE' }>, share: ShareWish): SomeAmounts {
  switch (thing.kind) {
    case 'VM': {
      const { vcpu, memoryMib, standbyRatioPercent } = thing.offer;
      const pieces = acceleratorsOf(thing.offer);
      const { diskGib, storageTier } = thing.vm;
      return sumAmounts(
        sizesOf(share, { vcpu, memoryMib, diskGib, storageTier, ...pieces }, standbyRatioPercent).map(
          ({ count, size }) => ({
            MACHINE: share.standing === 'DATA' ? 0 : count,
            VCPU: size.vcpu * count,
            MEMORY_MIB: size.memoryMib * count,
            STORAGE_GIB: size.diskGib * count,
            ACCELERATOR: piecesOf(size) * count,
          }),
        ),
      );
    }
    case 'SERVER':
      return { SERVER: share.count };
    case 'CABINET':
      return { CABINET_HALF_UNIT: thing.heightHalfUnits * share.count, POWER_W: thing.powerW * share.count };
  }
}
