import type { ShareName, ShareWish } from '../allocation/domain/dr-shares.js';
import { growthOf } from '../allocation/domain/grown-space.js';
import type { RequestPlan } from '../allocation/domain/request-plan.js';
import { type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import type { QuotaUnit } from './domain/beyond-quota.js';
import type { PricedPart } from './domain/line-price.js';
import { lineTakes, thingsOfShare } from './domain/line-quota.js';
import type { BeyondQuota } from './held-lines.js';
import type { Quotation, QuotedLine } from './quotation.service.js';

/** Things of one kind and size of a line: what is covered and what is not is told apart by it. */
export function unitKey(line: number, share: ShareName, vcpu = 0, memoryMib = 0): string {
  return `${line} ${share} ${vcpu} ${memoryMib}`;
}

/** How many things of a line go beyond the quotas; a service counts as one. */
export function beyondOfLine({ beyond }: Pick<BeyondQuota, 'beyond'>, line: number): number {
  return [...beyond].reduce((sum, [key, count]) => (key.startsWith(`${line} `) ? sum + count : sum), 0);
}

/** A service is one use, whose units are counted together: it is covered as a whole or not at all. */
export function serviceKey(line: number): string {
  return `${line} SERVICE`;
}

/** Ids of what a change makes bigger: claims, places and lines of services. */
export function changedIds({ lines }: Pick<Quotation, 'lines'>): string[] {
  return lines.flatMap(({ change, thingsChange, serviceChange }) => [
    ...(change?.resized ?? []).map(({ claim }) => claim.claimId),
    ...(thingsChange?.resized ?? []).map(({ holderId }) => holderId),
    ...(serviceChange ? [serviceChange.changedLine.id] : []),
  ]);
}

/**
 * What a request asks of quotas: new things one by one, and what things grow by that are covered already. What grows beyond the
 * quotas stays beyond them (`already`, by id), and asks nothing.
 */
export function quotaUnits(
  { lines }: Pick<Quotation, 'lines'>,
  already: ReadonlySet<string>,
): { readonly fixed: SomeAmounts; readonly units: readonly QuotaUnit[] } {
  const fixed = lines.flatMap(({ thing, change, thingsChange, serviceChange }): SomeAmounts[] => [
    ...(change?.resized ?? [])
      .filter(({ claim }) => !already.has(claim.claimId))
      .map(({ grows }) => ({ VCPU: grows.vcpu, MEMORY_MIB: grows.memoryMib, STORAGE_GIB: grows.diskGib })),
    ...(thingsChange?.resized ?? [])
      .filter(({ inQuota, holderId }) => inQuota && !already.has(holderId))
      .map((place) => {
        const { heightHalfUnits, powerW } = growthOf(place);
        return { CABINET_HALF_UNIT: heightHalfUnits, POWER_W: powerW };
      }),
    ...(serviceChange && !already.has(serviceChange.changedLine.id)
      ? [lineTakes(thing, [], serviceChange.growsBy)]
      : []),
  ]);
  const units = lines.flatMap(({ thing, content, shares, serviceChange }, line): QuotaUnit[] => {
    if (thing.kind === 'SERVICE')
      return serviceChange ? [] : [{ key: serviceKey(line), count: 1, takes: lineTakes(thing, [], content.count) }];
    return sharesOf(shares).flatMap((share) =>
      thingsOfShare(thing, share).map(({ count, takes, vcpu, memoryMib }) => ({
        ...{ count, takes, key: unitKey(line, share.share, vcpu, memoryMib) },
      })),
    );
  });
  return { fixed: sumAmounts(fixed), units };
}

export interface PaidParts {
  /** What the project's mode says of what is covered. */
  readonly within: readonly PricedPart[];
  /** What the department pays itself. */
  readonly beyond: readonly PricedPart[];
}

/** What of a budget the plan costs, by who pays; what becomes cheaper reserves nothing. */
export function paidParts(
  quotation: Pick<Quotation, 'lines'>,
  plan: Pick<RequestPlan, 'lines'>,
  parts: readonly (readonly (readonly PricedPart[] | null)[])[],
  { beyond, already }: Pick<BeyondQuota, 'beyond' | 'already'>,
): PaidParts {
  const sides = quotation.lines.flatMap((line, index) => {
    const planned = plan.lines[index]?.shares ?? [];
    if (planned.length === 0) {
      const isBeyond = line.serviceChange
        ? already.has(line.serviceChange.changedLine.id)
        : beyond.has(serviceKey(index));
      return line.parts.map((part) => ({ part, beyond: isBeyond ? part.count : 0 }));
    }
    return planned.flatMap((share, at) =>
      (parts[index]?.[at] ?? []).map((part, nth) => {
        if (!share.settled) {
          const key = unitKey(index, share.share, part.vcpu, part.memoryMib);
          return { part, beyond: Math.min(part.count, beyond.get(key) ?? 0) };
        }
        return { part, beyond: already.has(grownId(line, share, nth)) ? part.count : 0 };
      }),
    );
  });
  const costing = sides.filter(({ part }) => part.eachFen > 0n);
  return {
    within: costing.map(({ part, beyond: less }) => ({ ...part, count: part.count - less })).filter(isAny),
    beyond: costing.map(({ part, beyond: count }) => ({ ...part, count })).filter(isAny),
  };
}

/** The nth of those that grow in a share, as planning names them. */
function grownId(
  { change, thingsChange }: QuotedLine,
  { share, standing }: { readonly share: ShareName; readonly standing: string },
  nth: number,
): string {
  const machines = (change?.resized ?? []).filter((one) => one.share === share && one.standing === standing);
  const places = (thingsChange?.resized ?? []).filter((one) => one.share === share && one.standing === standing);
  return machines[nth]?.claim.claimId ?? places[nth]?.holderId ?? '';
}

function sharesOf(shares: QuotedLine['shares']): readonly ShareWish[] {
  return Array.isArray(shares) ? shares : [];
}

function isAny({ count }: { readonly count: number }): boolean {
  return count > 0;
}
