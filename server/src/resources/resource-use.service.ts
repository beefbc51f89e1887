import { Inject, Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { addDays, type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { PricingService } from '../pricing/pricing.service.js';
import { UtilisationService } from '../utilisation/utilisation.service.js';
import type { UseDayRow, UseWindow } from '../utilisation/utilisation.types.js';
import { type IdlePolicy, windowFrom } from './domain/idle.js';
import { smallerOffer } from './domain/right-size.js';
import { LifePolicies } from './life-policies.service.js';
import type { ResourceRow } from './resources.types.js';

/** What a page draws; older days are kept for whoever asks the database. */
const SHOWN_DAYS = 90;

export interface SizeSuggestion {
  readonly offerId: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** Of one month at today's prices; null = a price is missing. */
  readonly savedFen: bigint | null;
}

/** What machines use, as their departments see it: idle ones, and those that are bigger than they need to be. */
@Injectable()
export class ResourceUse {
  constructor(
    private readonly utilisation: UtilisationService,
    private readonly policies: LifePolicies,
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  policy(): Promise<IdlePolicy> {
    return this.policies.policy();
  }

  today(): CalendarDate {
    return calendarDate(this.clock.now());
  }

  now(): Date {
    return this.clock.now();
  }

  /** Batch of a loader: callers have already been let see the machines. */
  readonly windows = async (resourceIds: readonly string[]): Promise<(UseWindow | null)[]> =>
    this.utilisation.windows(resourceIds, windowFrom(this.clock.now(), await this.policy()));

  /** Batch of a loader, the oldest day first: callers have already been let see the machines. */
  readonly days = async (resourceIds: readonly string[]): Promise<UseDayRow[][]> => {
    const from = addDays(this.today(), 1 - SHOWN_DAYS);
    const rows = Map.groupBy(await this.utilisation.days(resourceIds, from), ({ resourceId }) => resourceId);
    return resourceIds.map((id) => rows.get(id) ?? []);
  };

  /** Batch of a loader, over machines that the caller has been let see with their windows. */
  readonly suggestions = async (
    asked: readonly { readonly row: ResourceRow; readonly window: UseWindow | null }[],
  ): Promise<(SizeSuggestion | null)[]> => {
    const [{ IDLE_SEEN_DAYS }, { offers }] = await Promise.all([this.policy(), this.catalog.catalog(true)]);
    const byId = new Map(offers.map((offer) => [offer.id, offer]));
    const found = asked.map(({ row, window }) => {
      const current = row.offerId === null ? undefined : byId.get(row.offerId);
      if (!current || !window || row.state !== 'IN_USE') return null;
      const offer = smallerOffer(row, current, offers, window, IDLE_SEEN_DAYS);
      return offer && { row, offer };
    });
    const priced = found.flatMap((each) => (each ? [each] : []));
    const quotes = await this.pricing.quotes(
      priced.flatMap(({ row, offer }) => {
        const { accelerators, architecture, centerId, diskGib: gib, storageTier: tier } = row;
        const rest = { architecture, centerId, disk: { tier, gib }, ...(accelerators ? { accelerators } : {}) };
        return [
          { ...rest, vcpu: row.vcpu, memoryMib: row.memoryMib },
          { ...rest, vcpu: offer.vcpu, memoryMib: offer.memoryMib },
        ];
      }),
    );
    const saved = new Map(
      priced.map(({ row }, at) => {
        const [is, would] = [quotes[at * 2], quotes[at * 2 + 1]];
        return [row.id, is?.ok && would?.ok ? is.value.monthly - would.value.monthly : null];
      }),
    );
    return found.map((each) =>
      each === null
        ? null
        : {
            ...{ offerId: each.offer.id, vcpu: each.offer.vcpu, memoryMib: each.offer.memoryMib },
            savedFen: saved.get(each.row.id) ?? null,
          },
    );
  };
}
