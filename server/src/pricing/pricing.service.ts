import { Inject, Injectable } from '@nestjs/common';
import type { Architecture } from '../facilities/domain/facility.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { PriceMissing } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { factsOfMeter, type NewPriceItem, type PriceItem } from './domain/price-item.js';
import type { PriceReach, PriceVersion, Term } from './domain/price-version.js';
import { type MachineQuote, type MachineToPrice, quoteMachine, quoteUnits } from './domain/quote.js';
import { type NamedUnitPrice, PricingRepository } from './pricing.repository.js';

/** A price to be taken in as it is; what is not said holds: everywhere, from the first day there was, without end. */
export interface NewUnitPrice
  extends Pick<PriceVersion, 'price' | 'synthetic'>,
    Partial<PriceReach & Term & Pick<PriceVersion, 'kind' | 'listPrice' | 'tiers'>> {
  readonly id?: string;
  readonly meter: string;
  readonly reason?: string;
}

/** A meter with its words. */
export type DescribedMeter = Pick<PriceItem, 'meter' | 'name' | 'unit'>;

/** Meters of common costs: these have no price. */
const DESCRIBED = 'SHARED:';

/** Before anything was priced by the console. */
const BEGINNING: CalendarDate = '2020-01-01';

@Injectable()
export class PricingService {
  private described: (() => Promise<readonly DescribedMeter[]>) | null = null;

  constructor(
    private readonly repository: PricingRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A later feature says by which words its meters are known that have no price item. */
  describe(described: () => Promise<readonly DescribedMeter[]>): void {
    if (this.described) throw new Error('two features describe meters without a price');
    this.described = described;
  }

  /** The accounting day of this moment, by which everything asked for now is priced. */
  today(): CalendarDate {
    return calendarDate(this.clock.now());
  }

  /** Every price by the month that holds on the day. */
  unitPrices(on: CalendarDate = this.today()): Promise<NamedUnitPrice[]> {
    return this.repository.monthlyOn(on);
  }

  /** What each machine costs a month at today's prices, in the order asked, by one statement. Also the batch of a loader. */
  quotes = async (machines: readonly MachineToPrice[]): Promise<Result<MachineQuote, PriceMissing>[]> => {
    const prices = await this.unitPrices();
    return machines.map((machine) => quoteMachine(prices, machine));
  };

  /** What one unit of each meter costs a month today, at the province's price; null = no price. Batch of a loader. */
  unitMonthly = async (meters: readonly string[]): Promise<(Fen | null)[]> => {
    const prices = await this.unitPrices();
    return meters.map((meter) => {
      const quote = quoteUnits(prices, { meter, quantity: 1n, centerId: null });
      return quote.ok ? quote.value : null;
    });
  };

  /** What one machine costs a month with its disk, at the day's prices (today's when none is named); PRICE_MISSING names the meter. */
  async monthlyPrice(
    machine: {
      readonly architecture: Architecture;
      readonly vcpu: number;
      readonly memoryMib: number;
      readonly diskGib: number;
      readonly storageTier: 'SSD' | 'HDD';
      readonly centerId?: string | null;
    },
    on?: CalendarDate,
  ): Promise<Result<Fen, PriceMissing>> {
    const { diskGib, storageTier, ...size } = machine;
    const quote = quoteMachine(await this.unitPrices(on), { ...size, disk: { tier: storageTier, gib: diskGib } });
    return quote.ok ? ok(quote.value.monthly) : refuse(quote.error);
  }

  /** By meter or name. */
  items(search: string | null, page: PageRequest): Promise<Page<PriceItem>> {
    return this.repository.items(search, page);
  }

  /** Batch for loaders. */
  itemsByIds = async (ids: readonly string[]): Promise<(PriceItem | null)[]> =>
    inOrderOf(ids, await this.repository.itemsByIds(ids), (item) => item.id);

  /** Batch for loaders. */
  versionsByIds = async (ids: readonly string[]): Promise<(PriceVersion | null)[]> =>
    inOrderOf(ids, await this.repository.versionsByIds(ids), (version) => version.id);

  /** Batch for loaders: each item's prices, past and future, earliest first. */
  versionsOf = async (itemIds: readonly string[]): Promise<PriceVersion[][]> => {
    const byItem = Map.groupBy(await this.repository.versionsOf(itemIds), (version) => version.itemId);
    return itemIds.map((id) => byItem.get(id) ?? []);
  };

  /** Batch for loaders: by which words a meter is known, whether or not it has a price. */
  meterWords = async (meters: readonly string[]): Promise<Pick<PriceItem, 'name' | 'unit'>[]> => {
    const items: readonly DescribedMeter[] = await this.repository.allItems();
    const described =
      meters.some((meter) => meter.startsWith(DESCRIBED)) && this.described ? await this.described() : [];
    const known = new Map([...items, ...described].map((item) => [item.meter, item]));
    return meters.map((meter) => known.get(meter) ?? factsOfMeter(meter));
  };

  /** Every item of every period with its whole past and future: what use is rated by. Items are hundreds at most. */
  async pricedItems(): Promise<(PriceItem & { readonly versions: readonly PriceVersion[] })[]> {
    const items = await this.repository.allItems();
    const versions = await this.versionsOf(items.map(({ id }) => id));
    return items.map((item, at) => ({ ...item, versions: versions[at] ?? [] }));
  }

  /** Takes in prices as they are, opening the items that are not there yet. For seeding and imports, which have checked them. */
  async add(tx: Tx, prices: readonly NewUnitPrice[], items: readonly NewPriceItem[] = []): Promise<void> {
    const described = new Map(items.map((item) => [item.meter, item]));
    const meters = [...new Set([...described.keys(), ...prices.map((price) => price.meter)])];
    const ids = await this.repository.itemIdsOf(tx, meters);
    const missing = meters
      .filter((meter) => !ids.has(meter))
      .map(
        (meter): NewPriceItem =>
          described.get(meter) ?? { id: newId(tx.now.getTime()), meter, period: 'MONTH', ...factsOfMeter(meter) },
      );
    if (missing.length > 0) await this.repository.insertItems(tx, missing);
    for (const item of missing) ids.set(item.meter, item.id);
    const versions = prices.map(
      (price): PriceVersion => ({
        id: price.id ?? newId(tx.now.getTime()),
        itemId: ids.get(price.meter) as string,
        centerId: price.centerId ?? null,
        architecture: price.architecture ?? null,
        from: price.from ?? BEGINNING,
        to: price.to ?? null,
        kind: price.kind ?? 'STANDARD',
        listPrice: price.listPrice ?? null,
        price: price.price,
        tiers: price.tiers ?? [],
        synthetic: price.synthetic,
        reason: price.reason ?? '',
      }),
    );
    if (versions.length > 0) await this.repository.insertVersions(tx, versions);
  }
}
