import { Inject, Injectable } from '@nestjs/common';
import { PlacingService, type StandingFacts } from '../allocation/placing.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { DebtPolicies } from '../drdebts/debt-policies.service.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { Memo } from '../platform/memo.js';
import type { UnitPrice } from '../pricing/domain/quote.js';
import { PricingService } from '../pricing/pricing.service.js';
import { type LineContent, PART_OF } from './domain/content.js';
import type { Wares } from './line-quotes.js';

/** What is the same for every request: centers and pools, what is offered, and its prices. */
export interface Shelf extends Wares {
  readonly standing: StandingFacts;
  /** Those of `pricedOn`. */
  readonly prices: readonly UnitPrice[];
  readonly pricedOn: CalendarDate;
}

/** A withdrawn offer may be asked for this long after; what is free is never remembered. */
const SHELF_LIFE_MS = 1_000;

/** What all requests choose from, looked up once for those that come together. */
@Injectable()
export class Shelves {
  constructor(
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
    private readonly placing: PlacingService,
    private readonly debtPolicies: DebtPolicies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly shelf = new Memo(
    () => this.readShelf(),
    SHELF_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** What is not on the shelf is looked for once more before it is refused: it may just have been put there. */
  async with(lines: readonly LineContent[]): Promise<Shelf> {
    const shelf = await this.shelf.get();
    // What is asked for today is priced at today's prices, also in the first second of the day.
    const ofToday = shelf.pricedOn === this.pricing.today();
    const has = (line: LineContent): boolean => {
      const offerId = line[PART_OF[line.kind]]?.offerId ?? '';
      return (
        offersOf(shelf, line.kind).has(offerId) &&
        (line.vm === null || (shelf.images.has(line.vm.imageId ?? '') && hasPool(shelf, line))) &&
        (!line.centerId || shelf.standing.centers.some((c) => c.centerId === line.centerId))
      );
    };
    if (ofToday && lines.every(has)) return shelf;
    this.shelf.forget();
    return this.shelf.get();
  }

  private async readShelf(): Promise<Shelf> {
    const pricedOn = this.pricing.today();
    const [standing, debtPolicy, { offers, images }, servers, cabinets, services, prices] = await Promise.all([
      this.placing.standingFacts(),
      this.debtPolicies.inForce(),
      this.catalog.catalog(),
      this.catalog.servers(false),
      this.catalog.cabinets(false),
      this.catalog.services(false),
      this.pricing.unitPrices(pricedOn),
    ]);
    const versions = await this.catalog.definitionsOf(services.map((service) => service.id));
    const definitions = services.flatMap(
      (service, at) => versions[at]?.find((version) => version.number === service.definitionNumber) ?? [],
    );
    return {
      standing,
      debtPolicy,
      offers: byId(offers),
      images: byId(images),
      servers: byId(servers),
      cabinets: byId(cabinets),
      services: byId(services),
      definitions: new Map(definitions.map((definition) => [definition.serviceId, definition])),
      prices,
      pricedOn,
    };
  }
}

function offersOf(wares: Wares, kind: LineContent['kind']): ReadonlyMap<string, { readonly id: string }> {
  const { offers, servers, cabinets, services } = wares;
  return { VM: offers, SERVER: servers, CABINET: cabinets, SERVICE: services }[kind];
}

/** Whether any pool could take it: of its architecture and zone, in its center where it names one. */
function hasPool({ offers, standing }: Shelf, { vm, centerId }: LineContent): boolean {
  const architecture = offers.get(vm?.offerId ?? '')?.architecture;
  return standing.pools.some(
    (pool) => pool.architecture === architecture && pool.zone === vm?.zone && (!centerId || pool.centerId === centerId),
  );
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
