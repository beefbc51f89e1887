/** Decides what a share of a line becomes when an allocator puts its machines elsewhere, and what he may not change with it. */
import type { ChoiceVerdict, ChosenDemand } from '../../allocation/domain/chosen-places.js';
import type { PlacedShare, ShareName } from '../../allocation/domain/dr-shares.js';
import type { Share } from '../../allocation/domain/placement-facts.js';
import type { WishedThing } from '../../allocation/domain/request-plan.js';
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { UnitPrice } from '../../pricing/domain/quote.js';
import { fenOf, type QuotedThing, sharePrice } from './line-price.js';

/** What is asked of pools, whatever the center. */
export interface Where {
  readonly demandOf: (share: ShareName) => ChosenDemand;
}

/** null = the line is none of machines. */
export function whereOf(index: number, thing: WishedThing | undefined): Where | null {
  if (thing?.kind !== 'VM') return null;
  const { kind: _, size: __, standbyRatioPercent: ___, ...asked } = thing;
  return {
    demandOf: (share) => ({ ...asked, index, share: share === 'RECOVERY' ? 'RECOVERY' : 'MAIN' }),
  };
}

/** An id that is none names a pool that is not there. */
export function withoutIds(
  places: readonly { readonly poolId: string | undefined; readonly count: number }[],
): Share[] {
  return places.map(({ poolId, count }) => ({ poolId: poolId ?? '-', count }));
}

export function sharesAfter(
  shares: readonly PlacedShare[],
  share: ShareName,
  centerId: string,
  pools: readonly Share[],
): PlacedShare[] {
  return shares.map((one) => (one.share === share ? { ...one, centerId, pools } : one));
}

/**
 * A share stays in one center; that of a dual-active or recovery share is its mode's. What runs alone may change its center,
 * at the same price only: a cost that was signed is not changed by whoever places.
 */
export function mayStandIn(
  line: { readonly shares: readonly PlacedShare[] },
  name: ShareName,
  centerIds: readonly string[],
  priced: { readonly thing: QuotedThing; readonly prices: readonly UnitPrice[] },
): Refusal | null {
  const share = line.shares.find((one) => one.share === name);
  const [centerId] = centerIds;
  if (!share || centerId === undefined) return gone();
  const refused = (zh: string, en: string): Refusal => ({
    code: 'INVALID_INPUT',
    path: ['places'],
    rule: 'center',
    message: say(zh, en),
  });
  if (centerIds.some((id) => id !== centerId))
    return refused('同一份额须放在一个数据中心', 'A share stands in one center');
  if (centerId === share.centerId) return null;
  if (name !== 'MAIN')
    return refused('该份额的数据中心由容灾模式决定', 'The center of this share is that of its DR mode');
  const price = sharePrice(priced.prices, priced.thing, share, centerId, []);
  return price.ok && fenOf(price.value).toString() === share.monthlyFen
    ? null
    : refused(
        '该中心的计费标准不同，费用会改变；请退回申请人修改',
        'It costs otherwise there: return the request to the applicant for that',
      );
}

export function gone(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['lineId'],
    message: say('没有预占着的这些云主机', 'There are no such machines held'),
  };
}

export function refusalOf({ at, text, verdict }: Extract<ChoiceVerdict, { fits: false }>): Refusal {
  const path = at === null ? ['places'] : ['places', String(at)];
  return verdict?.shortage
    ? { ...verdict.shortage, code: 'CAPACITY_SHORTAGE', path, message: text }
    : { code: 'INVALID_INPUT', path, rule: 'placement', message: text };
}
