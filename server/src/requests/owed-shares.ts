import type { RequestPlan } from '../allocation/domain/request-plan.js';
import { STANDBY_RATIO_DEFAULT } from '../catalog/domain/catalog.js';
import type { OwedThing } from '../drdebts/domain/owed-share.js';
import type { NewDebt } from '../drdebts/drdebts.types.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { fenOf, type QuotedThing, sharePrice } from './domain/line-price.js';
import type { Quotation } from './quotation.service.js';
import { type ItemNow, sizeNow } from './quoted-things.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** 容灾欠账: the shares of a plan that nothing is held for, each with what it will ask of its center. */
export function owedOf(
  request: Pick<RequestRow, 'id' | 'code' | 'departmentId' | 'systemId'>,
  lines: readonly RequestLineRow[],
  quotation: Pick<Quotation, 'lines' | 'prices'>,
  plan: RequestPlan,
): NewDebt[] {
  return quotation.lines.flatMap(({ thing }, index) => {
    const line = lines[index];
    const owed = (plan.lines[index]?.shares ?? []).filter((share) => share.owed);
    const owedThing = owedThingOf(thing);
    if (!line || !owedThing) return [];
    return owed.map(({ share, standing, centerId, count }): NewDebt => {
      // At today's prices: what it will cost is found out when it is settled.
      const price = sharePrice(quotation.prices, thing, { standing, count, owed: false }, centerId, []);
      return {
        requestId: request.id,
        requestCode: request.code,
        lineId: line.id,
        lineName: line.name,
        departmentId: request.departmentId,
        systemId: request.systemId,
        ...{ share, standing, centerId, thing: owedThing, count },
        monthlyFen: price.ok ? fenOf(price.value) : null,
      };
    });
  });
}

function owedThingOf(thing: QuotedThing): OwedThing | null {
  switch (thing.kind) {
    case 'VM': {
      const { vcpu, memoryMib, standbyRatioPercent, accelerator, acceleratorCount } = thing.offer;
      const { diskGib, storageTier } = thing.vm;
      const size = { vcpu, memoryMib, diskGib, storageTier, standbyRatioPercent };
      // Said only where there are some, as of machines and claims.
      const cards = accelerator === null ? {} : { accelerators: { name: accelerator, each: acceleratorCount } };
      return { kind: 'VM', ...size, ...cards };
    }
    case 'SERVER':
      return { kind: 'SERVER', standbyRatioPercent: STANDBY_RATIO_DEFAULT };
    case 'CABINET':
      return { kind: 'CABINET', halfUnits: thing.heightHalfUnits, powerW: thing.powerW };
    case 'SERVICE':
      return null;
  }
}

export function biggestOf(mains: readonly ResourceRow[]): ResourceRow | undefined {
  return mains.toSorted((a, b) => b.vcpu - a.vcpu || b.memoryMib - a.memoryMib)[0];
}

/** Mains that were made bigger since want a share of that size: of the biggest where they differ. */
export function asItsMains(line: RequestLineRow, mains: readonly ResourceRow[]): RequestLineRow {
  const biggest = biggestOf(mains);
  if (!biggest) return line;
  return {
    ...line,
    offerId: biggest.offerId ?? line.offerId,
    diskGib: Math.max(...mains.map(({ diskGib }) => diskGib)),
  };
}

/** Places that were made another size since want a share of that size. */
export function asItsPlaces(line: RequestLineRow, items: readonly ItemNow[]): RequestLineRow {
  return line.kind === 'CABINET' ? { ...line, ...sizeNow(items, line) } : line;
}

/** A share that a change of its line owes: the line itself was asked for with other modes. */
export function withModesOf(
  line: RequestLineRow,
  { share, standing }: Pick<NewDebt, 'share' | 'standing'>,
): RequestLineRow {
  switch (share) {
    case 'MAIN':
      return line;
    case 'MAIN_A':
    case 'MAIN_B':
      return { ...line, localMode: 'DUAL_ACTIVE', centerId: null };
    case 'RECOVERY':
      return { ...line, remoteMode: standing === 'DATA' ? 'DATA' : 'APPLICATION' };
  }
}
