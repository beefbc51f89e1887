import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { PricedBy } from '../catalog/priced-by.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate, isCalendarDate } from '../kernel/calendar.js';
import { formatUnitPrice } from '../kernel/money.js';
import type { InvalidInput, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { checkPriceItem, type NewPriceItem } from './domain/price-item.js';
import { KIND_WORDS, tiersText } from './domain/price-kind.js';
import {
  begun,
  invalid,
  meterTaken,
  noDate,
  tooMany,
  unknown,
  VERSIONS_MAX,
  versionConflict,
} from './domain/price-refusals.js';
import { isTiered, type TierRow } from './domain/price-tiers.js';
import {
  checkEnd,
  checkNewVersion,
  type NewVersion,
  type PriceKind,
  type PriceVersion,
  termText,
} from './domain/price-version.js';
import { readPrice } from './domain/read-price.js';
import { PricingRepository } from './pricing.repository.js';

export interface NewVersionWish extends NewVersion {
  readonly idempotencyKey: string;
  readonly itemId: string | undefined;
  readonly kind: PriceKind;
  /** Yuan, as it was typed, e.g. "35.5": what is charged, or, of what is free, what it would cost. null = by tiers. */
  readonly unitPrice: string | null;
  /** The whole table as it was typed, the first tier among them; left out = one price for all. */
  readonly tiers?: readonly TierRow[] | null;
  readonly reason: string;
}

export interface VersionWish {
  readonly idempotencyKey: string;
  readonly versionId: string | undefined;
  /** The item's version that the editor saw. */
  readonly expectedVersion: number;
}

export type ItemAnswer = Promise<Result<{ itemId: string }, readonly Refusal[]>>;

const REASON_LENGTH_MAX = 200;

/** What may be done to prices. A price that has begun is never changed: it is followed by another. */
@Injectable()
export class PriceEditor implements OnModuleInit {
  constructor(
    private readonly repository: PricingRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    private readonly pricedBy: PricedBy,
  ) {}

  onModuleInit(): void {
    // An item is never taken away again, so what the catalog has found stays.
    this.pricedBy.register(async (tx, meter) => (await this.repository.itemIdsOf(tx, [meter])).has(meter));
  }

  async createItem(actor: Actor, item: Omit<NewPriceItem, 'id' | 'period'>, idempotencyKey: string): ItemAnswer {
    const refusals = checkPriceItem(item);
    try {
      return await this.acts.perform({ name: 'price.createItem', actor, idempotencyKey, input: item }, async (tx) => {
        if (refusals.length > 0) return refuse(refusals);
        const known = await this.repository.itemIdsOf(tx, [item.meter]);
        if (known.size > 0) return refuse([meterTaken(item.meter)]);
        const id = newId(tx.now.getTime());
        await this.repository.insertItems(tx, [{ ...item, id, period: 'MONTH' }]);
        return ok({
          value: { itemId: id },
          audit: {
            objectType: 'PriceItem',
            objectId: id,
            departmentId: null,
            summary: say(`新增计费项 ${item.meter}`, `Added the price item ${item.meter}`),
            after: { ...item },
          },
        });
      });
    } catch (error) {
      // Two people at the same moment: the key that both made says it.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([meterTaken(item.meter)]);
      throw error;
    }
  }

  async addVersion(actor: Actor, wish: NewVersionWish): ItemAnswer {
    const malformed = checkWish(wish);
    const [center] = wish.centerId === null ? [null] : await this.facilities.centersByIds([wish.centerId]);
    return this.acts.perform(
      { name: 'price.addVersion', actor, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (malformed.length > 0) return refuse(malformed);
        if (wish.centerId !== null && !center) return refuse([unknown('centerId')]);
        const item = wish.itemId === undefined ? null : await this.repository.takeItem(tx, wish.itemId);
        if (!item) return refuse([unknown('itemId')]);
        const priced = readPrice(item.meter, wish);
        if (!priced.ok) return refuse(priced.error);
        const existing = await this.repository.versionsOf([item.id], tx.manager);
        if (existing.length >= VERSIONS_MAX) return refuse([tooMany()]);
        const today = calendarDate(tx.now);
        const checked = checkNewVersion(existing, wish, today);
        if (!checked.ok) return refuse([checked.error]);
        if (checked.value) await this.repository.endVersion(tx, checked.value.id, wish.from);
        const version: PriceVersion = {
          id: newId(tx.now.getTime()),
          itemId: item.id,
          centerId: wish.centerId,
          architecture: wish.architecture,
          from: wish.from,
          to: wish.to,
          ...priced.value,
          synthetic: false,
          reason: wish.reason.trim(),
        };
        await this.repository.insertVersions(tx, [version]);
        const price = isTiered(version) ? tiersText(version) : formatUnitPrice(version.listPrice ?? version.price);
        const said = KIND_WORDS[version.kind];
        return ok({
          value: { itemId: item.id },
          audit: {
            objectType: 'PriceItem',
            objectId: item.id,
            departmentId: null,
            summary: say(
              `${item.meter} 自 ${termText(version, 'zh')} ${said.zh} ${price} 元`,
              `${said.en(item.meter)} ${price} yuan, ${termText(version, 'en')}`,
            ),
            before: checked.value && { ended: checked.value.id },
            after: {
              ...version,
              ...{ price: formatUnitPrice(version.price), tiers: isTiered(version) ? price : null },
              listPrice: version.listPrice === null ? null : price,
            },
          },
        });
      },
    );
  }

  endVersion(actor: Actor, wish: VersionWish & { readonly to: CalendarDate; readonly reason: string }): ItemAnswer {
    return this.change(actor, 'price.endVersion', wish, async (tx, version, today) => {
      if (!isCalendarDate(wish.to)) return refuse(noDate('to'));
      const allowed = checkEnd(version, wish.to, today);
      if (!allowed.ok) return allowed;
      await this.repository.endVersion(tx, version.id, wish.to);
      return ok({
        zh: `终止于 ${wish.to}（${wish.reason.trim()}）`,
        en: `ends on ${wish.to} (${wish.reason.trim()})`,
      });
    });
  }

  /** Takes back a price that has not begun: nothing was priced by it. */
  withdrawVersion(actor: Actor, wish: VersionWish): ItemAnswer {
    return this.change(actor, 'price.withdrawVersion', wish, async (tx, version, today) => {
      if (version.from <= today) return refuse(begun());
      await this.repository.deleteVersion(tx, version.id);
      return ok({ zh: '撤回未生效的价格', en: 'taken back before it began' });
    });
  }

  private async change(
    actor: Actor,
    name: string,
    wish: VersionWish,
    work: (
      tx: Parameters<PricingRepository['endVersion']>[0],
      version: PriceVersion,
      today: CalendarDate,
    ) => Promise<Result<{ zh: string; en: string }, InvalidInput>>,
  ): ItemAnswer {
    const [seen] = wish.versionId === undefined ? [] : await this.repository.versionsByIds([wish.versionId]);
    return this.acts.perform({ name, actor, idempotencyKey: wish.idempotencyKey, input: wish }, async (tx) => {
      const item = seen ? await this.repository.takeItem(tx, seen.itemId) : null;
      if (!item || !seen) return refuse([unknown('versionId')]);
      // The item's version was just bumped by ourselves.
      const current = item.version - 1;
      if (current !== wish.expectedVersion) return refuse([versionConflict(wish.expectedVersion, current)]);
      const version = (await this.repository.versionsOf([item.id], tx.manager)).find(({ id }) => id === seen.id);
      if (!version) return refuse([unknown('versionId')]);
      const done = await work(tx, version, calendarDate(tx.now));
      if (!done.ok) return refuse([done.error]);
      return ok({
        value: { itemId: item.id },
        audit: {
          objectType: 'PriceItem',
          objectId: item.id,
          departmentId: null,
          summary: say(
            `${item.meter} ${termText(version, 'zh')}：${done.value.zh}`,
            `${item.meter}, ${termText(version, 'en')}: ${done.value.en}`,
          ),
          before: {
            ...version,
            ...{ price: formatUnitPrice(version.price), tiers: isTiered(version) ? tiersText(version) : null },
            listPrice: version.listPrice === null ? null : formatUnitPrice(version.listPrice),
          },
        },
      });
    });
  }
}

function checkWish(wish: NewVersionWish): Refusal[] {
  const refusals: Refusal[] = [];
  if (!isCalendarDate(wish.from)) refusals.push(noDate('from'));
  if (wish.to !== null && !isCalendarDate(wish.to)) refusals.push(noDate('to'));
  if (wish.reason.trim() === '' || wish.reason.length > REASON_LENGTH_MAX)
    refusals.push(
      invalid(
        'reason',
        'length',
        `请填写依据，1 至 ${REASON_LENGTH_MAX} 个字`,
        `Give the document or reason, in 1 to ${REASON_LENGTH_MAX} characters`,
      ),
    );
  return refusals;
}
