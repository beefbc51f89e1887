import type { ShareWish } from '../allocation/domain/dr-shares.js';
import { growthOf } from '../allocation/domain/grown-space.js';
import { PLACE_SCOPES, POOL_SCOPES, type RelationScope } from '../allocation/domain/placement-facts.js';
import type { LineWish, RequestPlan, WishedThing } from '../allocation/domain/request-plan.js';
import type { Refusal } from '../kernel/refusal.js';
import { type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import type { LineContent, LineRelation } from './domain/content.js';
import { acceleratorsOf, fenOf, type PricedPart, sharePrice } from './domain/line-price.js';
import { lineTakes } from './domain/line-quota.js';
import type { Quotation, QuotedLine } from './quotation.service.js';

/** What placement is asked of a quotation. */
export function wishesOf({ lines, system }: Pick<Quotation, 'lines' | 'system'>): LineWish[] {
  const at = new Map(lines.map(({ content }, index) => [content.name, index]));
  return lines.map((line, index) => ({
    index,
    shares: line.shares,
    thing: wishedThing(line, system.protectionLevel, at),
  }));
}

function wishedThing(
  { thing, unpricedCenterIds, content }: QuotedLine,
  protectionLevel: number,
  at: ReadonlyMap<string, number>,
): WishedThing {
  switch (thing.kind) {
    case 'VM': {
      const { offer, image, vm } = thing;
      const { vcpu, memoryMib, architecture, standbyRatioPercent } = offer;
      return {
        kind: 'VM',
        size: {
          ...{ vcpu, memoryMib, diskGib: vm.diskGib, storageTier: vm.storageTier },
          ...acceleratorsOf(offer),
        },
        architecture,
        zone: vm.zone,
        imageArchitecture: image.architecture,
        imageMinimumDiskGib: image.minimumDiskGib,
        standbyRatioPercent,
        protectionLevel,
        domesticCpu: offer.domesticCpu,
        unpricedCenterIds,
        relations: relationsIn(content, POOL_SCOPES, at),
      };
    }
    case 'SERVER': {
      const { architecture, cpuMaker, cores, memoryMib, accelerator, acceleratorCount } = thing.offer;
      const wanted = accelerator === null ? null : { name: accelerator, countMin: acceleratorCount };
      const relations = relationsIn(content, PLACE_SCOPES, at);
      return { kind: 'SERVER', architecture, cpuMaker, cores, memoryMib, accelerator: wanted, relations };
    }
    case 'CABINET': {
      const { heightHalfUnits, powerW, weightGrams, offer, apart } = thing;
      const { zone, form } = offer;
      const relations = relationsIn(content, PLACE_SCOPES, at);
      const size = { heightHalfUnits, powerW, weightGrams };
      return { kind: 'CABINET', whole: form === 'WHOLE', apart, zone, ...size, relations };
    }
    case 'SERVICE':
      return { kind: 'SERVICE' };
  }
}

/** What the line says of others that are asked for with it; a scope of another kind is refused with the content. */
function relationsIn<S extends RelationScope>(
  { relations = [] }: LineContent,
  scopes: readonly S[],
  at: ReadonlyMap<string, number>,
): { readonly kind: LineRelation['kind']; readonly index: number; readonly scope: S }[] {
  return relations.flatMap(({ kind, line, scope: said }) => {
    const [index, scope] = [at.get(line), scopes.find((one) => one === said)];
    return index === undefined || scope === undefined ? [] : [{ kind, index, scope }];
  });
}

/** null as soon as one of them is not known. */
export function sumOf(amounts: readonly (bigint | null)[]): bigint | null {
  return amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0n);
}

/** What each share of each line costs where the plan puts it; null while a price is missing. */
export function shareParts({ lines, prices }: Quotation, plan: RequestPlan): (readonly PricedPart[] | null)[][] {
  return lines.map(({ thing }, index) =>
    (plan.lines[index]?.shares ?? []).map((share) => {
      if (share.settled) return share.settled;
      const price = sharePrice(prices, thing, share, share.centerId, []);
      return price.ok ? price.value : null;
    }),
  );
}

/** A month of each line; what has no shares costs what it was quoted at. Of a change: how much more, or less. */
export function plannedFen(
  quotation: Quotation,
  parts: readonly (readonly (readonly PricedPart[] | null)[])[],
): (bigint | null)[] {
  return quotation.lines.map((line, index) => {
    const shares = parts[index] ?? [];
    if (shares.length === 0) return line.monthlyFen;
    const made = sumOf(shares.map((share) => share && fenOf(share)));
    return made === null || line.monthlyFen === null
      ? null
      : made + ((line.change ?? line.thingsChange)?.leavingFen ?? 0n);
  });
}

/** What the lines take of quotas, in every center. */
export function askedOf({ lines }: Pick<Quotation, 'lines'>): SomeAmounts {
  return sumAmounts(
    lines.flatMap(({ thing, shares, content, change, serviceChange, thingsChange }) => [
      lineTakes(
        thing,
        Array.isArray(shares) ? (shares as readonly ShareWish[]) : [],
        serviceChange?.growsBy ?? content.count,
      ),
      ...(change?.resized ?? []).map(({ grows }) => ({
        VCPU: grows.vcpu,
        MEMORY_MIB: grows.memoryMib,
        STORAGE_GIB: grows.diskGib,
      })),
      ...(thingsChange?.resized ?? [])
        .filter(({ inQuota }) => inQuota)
        .map((place) => {
          const { heightHalfUnits, powerW } = growthOf(place);
          return { CABINET_HALF_UNIT: heightHalfUnits, POWER_W: powerW };
        }),
    ]),
  );
}

/** Services that are asked for, by offer. */
export function servicesOf({ lines }: Quotation): Map<string, { readonly code: string; readonly count: number }> {
  const asked = new Map<string, { readonly code: string; readonly count: number }>();
  for (const { thing, content, serviceChange } of lines)
    if (thing.kind === 'SERVICE') {
      const { id, code } = thing.offer;
      const count = serviceChange?.growsBy ?? content.count;
      asked.set(id, { code, count: (asked.get(id)?.count ?? 0) + count });
    }
  return asked;
}

/** The typed refusals of a plan that does not fit, each at its line. */
export function shortages(plan: RequestPlan): Refusal[] {
  return plan.lines.flatMap((line) => line.refusals);
}
