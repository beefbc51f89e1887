/** Decides what a machine costs a month: each meter's line rounded alone, and a missing price refused, never taken as zero. */
import type { Architecture } from '../../facilities/domain/facility.js';
import { acceleratorMeter } from '../../facilities/domain/pool-meters.js';
import { say } from '../../kernel/bilingual.js';
import { amountFen, type Fen } from '../../kernel/money.js';
import type { InputPath, PriceMissing } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { fenOfQuantity, partsOf, type TieredPrice } from './price-tiers.js';
import { applyingPrice, type PriceReach } from './price-version.js';

/** What a machine is priced by. */
export const PRICE_METERS = ['VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD'] as const;
export type PriceMeter = (typeof PRICE_METERS)[number];

/** A price as it holds on one day; which of several applies is decided by `applyingPrice`. */
export interface UnitPrice extends PriceReach, TieredPrice {
  /** Of any price item: a machine's meters and every other. For one unit and month. */
  readonly meter: string;
  /** Invented for the demonstration. */
  readonly synthetic: boolean;
}

export interface MachineToPrice {
  readonly architecture: Architecture;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** Pieces by class. */
  readonly accelerators?: { readonly [name: string]: number };
  /** Where it would run; without one, the province's price. */
  readonly centerId?: string | null;
  /** null = the machine without its disk, as an offer is priced. */
  readonly disk: { readonly tier: 'SSD' | 'HDD'; readonly gib: number } | null;
}

interface QuoteLine {
  /** A machine's meter, or a class of accelerators. */
  readonly meter: string;
  /** Of one machine and month. */
  readonly amount: Fen;
}

export interface MachineQuote {
  /** Of one machine and month: the sum of the lines. Several machines cost so many times that. */
  readonly monthly: Fen;
  readonly lines: readonly QuoteLine[];
}

const MIB_PER_GIB = 1024n;

export function quoteMachine(
  prices: readonly UnitPrice[],
  machine: MachineToPrice,
  path: InputPath = [],
): Result<MachineQuote, PriceMissing> {
  const metered: { meter: string; quantity: number; per: bigint }[] = [
    { meter: 'VCPU', quantity: machine.vcpu, per: 1n },
    { meter: 'MEMORY_GIB', quantity: machine.memoryMib, per: MIB_PER_GIB },
  ];
  if (machine.disk) metered.push({ meter: `STORAGE_GIB_${machine.disk.tier}`, quantity: machine.disk.gib, per: 1n });
  for (const [name, quantity] of Object.entries(machine.accelerators ?? {}))
    metered.push({ meter: acceleratorMeter(name), quantity, per: 1n });
  const lines: QuoteLine[] = [];
  for (const { meter, quantity, per } of metered) {
    const ofMeter = prices.filter((price) => price.meter === meter);
    const price = applyingPrice(ofMeter, machine.centerId ?? null, machine.architecture);
    if (price === undefined) return refuse(priceMissing(meter, machine.architecture, path));
    lines.push({ meter, amount: fenOfQuantity(price, BigInt(quantity), per) });
  }
  return ok({ monthly: lines.reduce((sum, line) => sum + line.amount, 0n), lines });
}

export function priceMissing(meter: string, architecture: Architecture | null, path: InputPath): PriceMissing {
  return {
    code: 'PRICE_MISSING',
    path,
    meter,
    message: say(
      `没有${architecture ? ` ${architecture} 的` : ''} ${meter} 单价，无法测算费用。请联系大数据中心维护计费标准。`,
      `There is no unit price of ${meter}${architecture ? ` for ${architecture}` : ''}, so the cost cannot be told. Ask the big-data center to enter it.`,
    ),
  };
}

/** What so many units of one meter of one resource cost a month, wherever no machine is meant: servers, cabinets, addresses. */
export function quoteUnits(
  prices: readonly UnitPrice[],
  wish: {
    readonly meter: string;
    readonly quantity: bigint;
    /** So many of the quantity are one unit of the price, e.g. 2 half units; left out = 1. */
    readonly per?: bigint;
    readonly centerId: string | null;
  },
  path: InputPath = [],
): Result<Fen, PriceMissing> {
  const ofMeter = prices.filter((price) => price.meter === wish.meter);
  const found = applyingPrice(ofMeter, wish.centerId, null);
  return found ? ok(fenOfQuantity(found, wish.quantity, wish.per)) : refuse(priceMissing(wish.meter, null, path));
}

/** So many units that cost the same a month each. */
export interface UnitsAtPrice {
  readonly count: number;
  readonly eachFen: Fen;
}

/** So many that come to so much together: where that does not divide, some of them cost a fen more. */
export function evenly(count: number, fen: Fen): UnitsAtPrice[] {
  if (count === 0) return [];
  const eachFen = fen / BigInt(count);
  const more = Number(fen % BigInt(count));
  return [
    { count: more, eachFen: eachFen + 1n },
    { count: count - more, eachFen },
  ].filter((part) => part.count > 0);
}

/**
 * What more units of a service cost that has some already: by tiers it is their place above those that decides. Together they are
 * the difference that they make to a whole month's lines, also where one of them costs a part of a fen. Nothing more gives none.
 */
export function quoteMore(
  prices: readonly UnitPrice[],
  wish: { readonly meter: string; readonly already: number; readonly more: number; readonly centerId: string | null },
  path: InputPath = [],
): Result<readonly UnitsAtPrice[], PriceMissing> {
  const found = applyingPrice(
    prices.filter((price) => price.meter === wish.meter),
    wish.centerId,
    null,
  );
  if (!found) return refuse(priceMissing(wish.meter, null, path));
  const had = new Map(partsOf(found, BigInt(wish.already)).map(({ tier, quantity }) => [tier, quantity]));
  return ok(
    partsOf(found, BigInt(wish.already + wish.more)).flatMap(({ price, quantity, tier }) => {
      const before = had.get(tier) ?? 0n;
      return evenly(Number(quantity - before), amountFen(price, quantity) - amountFen(price, before));
    }),
  );
}
