import type { ShareWish } from '../allocation/domain/dr-shares.js';
import type { LineWish, RequestPlan, WishedThing } from '../allocation/domain/request-plan.js';
import type { Refusal } from '../kernel/refusal.js';
import { type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import { type QuotedThing, sharePrice } from './domain/line-price.js';
import { lineTakes } from './domain/line-quota.js';
import type { Quotation } from './quotation.service.js';

/** What placement is asked of a quotation. */
export function wishesOf({ lines }: Quotation): LineWish[] {
  return lines.map(({ shares, thing }, index) => ({ index, shares, thing: wishedThing(thing) }));
}

function wishedThing(thing: QuotedThing): WishedThing {
  switch (thing.kind) {
    case 'VM': {
      const { offer, image, vm } = thing;
      const { vcpu, memoryMib, architecture, standbyRatioPercent } = offer;
      return {
        kind: 'VM',
        size: { vcpu, memoryMib, diskGib: vm.diskGib, storageTier: vm.storageTier },
        architecture,
        zone: vm.zone,
        imageArchitecture: image.architecture,
        imageMinimumDiskGib: image.minimumDiskGib,
        standbyRatioPercent,
      };
    }
    case 'SERVER': {
      const { architecture, cpuMaker, cores, memoryMib, accelerator, acceleratorCount } = thing.offer;
      const wanted = accelerator === null ? null : { name: accelerator, countMin: acceleratorCount };
      return { kind: 'SERVER', architecture, cpuMaker, cores, memoryMib, accelerator: wanted };
    }
    case 'CABINET': {
      const { heightHalfUnits, powerW, weightGrams, offer } = thing;
      const { zone, form } = offer;
      return { kind: 'CABINET', whole: form === 'WHOLE', zone, heightHalfUnits, powerW, weightGrams };
    }
    case 'SERVICE':
      return { kind: 'SERVICE' };
  }
}

/** null as soon as one of them is not known. */
export function sumOf(amounts: readonly (bigint | null)[]): bigint | null {
  return amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0n);
}

/** A month of each share of each line where the plan puts it; null while a price is missing. */
export function shareFen({ lines, prices }: Quotation, plan: RequestPlan): (bigint | null)[][] {
  return lines.map(({ thing }, index) =>
    (plan.lines[index]?.shares ?? []).map((share) => {
      const price = sharePrice(prices, thing, share, share.centerId, []);
      return price.ok ? price.value : null;
    }),
  );
}

/** The same of each line; what has no shares costs what it was quoted at. */
export function plannedFen(quotation: Quotation, fen: readonly (readonly (bigint | null)[])[]): (bigint | null)[] {
  return quotation.lines.map((line, index) => {
    const shares = fen[index] ?? [];
    return shares.length === 0 ? line.monthlyFen : sumOf(shares);
  });
}

/** What the lines take of quotas, in every center. */
export function askedOf({ lines }: Quotation): SomeAmounts {
  return sumAmounts(
    lines.map(({ thing, shares, content }) =>
      lineTakes(thing, Array.isArray(shares) ? (shares as readonly ShareWish[]) : [], content.count),
    ),
  );
}

/** The typed refusals of a plan that does not fit, each at its line. */
export function shortages(plan: RequestPlan): Refusal[] {
  return plan.lines.flatMap((line) => line.refusals);
}
