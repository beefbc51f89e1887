import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Fen, UnitPriceMicroYuan } from '../kernel/money.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import type { UnitPeriod } from '../pricing/domain/price-item.js';
import type { Month, Portion } from './domain/accounting-units.js';

/** Where the lines of a month's statements stand. */
export interface ChargedMonth {
  readonly month: Month;
  readonly documentIds: readonly string[];
  /** Somebody's book has not closed it. */
  readonly drafted: boolean;
  /** The same as long as no line of it has changed. */
  readonly text: string;
  /** What being there all the month, as far as it is known, is worth of a price's period. */
  readonly whole: (period: UnitPeriod) => Portion;
}

/** One line as it stands on the statement of a month. */
export interface ChargedLine {
  readonly month: Month;
  readonly resourceId: string;
  readonly meter: string;
  /** null = of the province's own book. */
  readonly cityId: string | null;
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly share: ShareName;
  readonly kind: MeteredKind;
  /** null = of an earlier month. */
  readonly use: {
    readonly quantity: bigint;
    readonly portion: Portion;
    readonly period: UnitPeriod;
    /** null = it had no price. */
    readonly price: UnitPriceMicroYuan | null;
    /** By tiers it is the same version that makes their prices one. */
    readonly versionId: string | null;
    /** 档, from 0; the first is there as long as the thing is. */
    readonly tier: number;
  } | null;
  /** Charged: nothing while it is disputed or has no price. */
  readonly amount: Fen;
}
