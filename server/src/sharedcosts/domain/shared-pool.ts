/** Decides what a center's common cost may be, by what it is spread, and what it comes to in a month. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { amountFen, type Fen, type UnitPriceMicroYuan } from '../../kernel/money.js';
import type { Refusal } from '../../kernel/refusal.js';

/** 公共费用: what no single use can be charged for. */
export const SHARED_KINDS = ['NETWORK', 'SECURITY', 'POWER_OVERHEAD', 'OTHER'] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];

/** FIXED: so much a month. PUE: what a center draws beside its racks, as it was measured, at so much a kWh. */
export const SHARED_METHODS = ['FIXED', 'PUE'] as const;
export type SharedMethod = (typeof SHARED_METHODS)[number];

/** AMOUNT: by what use was charged. METER: by how much of one meter was in use for how long. */
export const SHARED_BASES = ['AMOUNT', 'METER'] as const;
export type SharedBasis = (typeof SHARED_BASES)[number];

export interface SharedPool {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: SharedKind;
  readonly centerId: string;
  /** Bumped by every change of its versions: the one row that two editors meet at. */
  readonly version: number;
}

/** From a month on, until the next one. */
export interface SharedPoolVersion {
  readonly id: string;
  readonly poolId: string;
  /** YYYY-MM */
  readonly fromMonth: string;
  readonly method: SharedMethod;
  /** FIXED: of a month; else null. */
  readonly monthly: Fen | null;
  /** PUE: yuan for a kWh; else null. */
  readonly pricePerKwh: UnitPriceMicroYuan | null;
  readonly basis: SharedBasis;
  /** METER: which; else null. */
  readonly meter: string | null;
  readonly reason: string;
  readonly enteredBy: string;
}

/** Energy of a center in a month as far as it was measured; null = it was not. */
export interface MeasuredEnergy {
  readonly totalKwh: number | null;
  readonly itKwh: number | null;
}

/** Its meter on statements; price items have no such prefix. */
export function meterOfPool({ code }: Pick<SharedPool, 'code'>): string {
  return `SHARED:${code}`;
}

export function versionIn(versions: readonly SharedPoolVersion[], month: string): SharedPoolVersion | null {
  return (
    versions
      .filter(({ fromMonth }) => fromMonth <= month)
      .toSorted(byMonth)
      .at(-1) ?? null
  );
}

function byMonth(a: SharedPoolVersion, b: SharedPoolVersion): number {
  return a.fromMonth < b.fromMonth ? -1 : 1;
}

const WH_PER_KWH = 1_000n;

/**
 * @param days that have ended, of so many: a month that runs bears what has passed of it.
 * @returns null = nobody measured what it would be reckoned from.
 */
export function amountOf(
  version: SharedPoolVersion,
  days: { readonly ended: bigint; readonly of: bigint },
  energy: MeasuredEnergy | null,
): Fen | null {
  if (version.method === 'FIXED') return (2n * (version.monthly ?? 0n) * days.ended + days.of) / (2n * days.of);
  if (energy === null || energy.totalKwh === null || energy.itKwh === null) return null;
  const overhead = BigInt(Math.max(0, Math.round((energy.totalKwh - energy.itKwh) * Number(WH_PER_KWH))));
  return amountFen(version.pricePerKwh ?? 0n, overhead, WH_PER_KWH);
}

const CODE = /^[a-z][a-z0-9-]{0,29}$/;
const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 200;
/** A billion yuan a month: more than any province spends on all of it. */
const MONTHLY_FEN_MAX = 100_000_000_000n;
export const SHARED_VERSIONS_MAX = 200;

export function checkPool(pool: Pick<SharedPool, 'code' | 'name'>): Refusal[] {
  const refusals: Refusal[] = [];
  if (!CODE.test(pool.code))
    refusals.push(
      invalid(
        'code',
        'code',
        say(
          '代码为小写字母开头的字母、数字和连字符，最多 30 位',
          'A code is up to 30 small letters, digits and hyphens',
        ),
      ),
    );
  for (const [path, text] of [
    ['nameZh', pool.name.zh],
    ['nameEn', pool.name.en],
  ] as const)
    if (text.trim() === '' || text.length > NAME_LENGTH_MAX)
      refusals.push(
        invalid(path, 'length', say(`请填写 1 至 ${NAME_LENGTH_MAX} 个字`, `Give 1 to ${NAME_LENGTH_MAX} characters`)),
      );
  return refusals;
}

/** What is asked of a version before anybody looks at months. */
export function checkVersion(wish: {
  readonly method: SharedMethod;
  readonly monthly: Fen | null;
  readonly basis: SharedBasis;
  readonly meter: string | null;
  readonly reason: string;
}): Refusal[] {
  const refusals: Refusal[] = [];
  if (wish.method === 'FIXED' && (wish.monthly === null || wish.monthly < 0n || wish.monthly > MONTHLY_FEN_MAX))
    refusals.push(
      invalid('monthlyAmount', 'range', say('请填写每月金额，不小于 0', 'Give the amount of a month, not negative')),
    );
  if (wish.basis === 'METER' && !wish.meter?.trim())
    refusals.push(invalid('meter', 'required', say('请选择按哪个计量项分摊', 'Say by which meter it is spread')));
  if (wish.reason.trim() === '' || wish.reason.length > REASON_LENGTH_MAX)
    refusals.push(
      invalid(
        'reason',
        'length',
        say(
          `请填写依据，1 至 ${REASON_LENGTH_MAX} 个字`,
          `Give the document or reason, in 1 to ${REASON_LENGTH_MAX} characters`,
        ),
      ),
    );
  return refusals;
}

export function invalid(path: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [path], rule, message };
}

export function unknown(path: string): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: [path], message: say('找不到这个对象', 'There is no such thing') };
}

export function monthClosed(month: string): Refusal {
  return {
    code: 'PERIOD_CLOSED',
    path: ['fromMonth'],
    month,
    message: say(
      `${month} 已结账，分摊规则只能从尚未结账的月份起变更`,
      `${month} is closed; how costs are shared changes from a month on that is open`,
    ),
  };
}
