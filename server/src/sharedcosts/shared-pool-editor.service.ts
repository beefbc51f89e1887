import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { isCalendarDate } from '../kernel/calendar.js';
import { type Fen, formatUnitPrice, parseUnitPrice } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { PricingService } from '../pricing/pricing.service.js';
import {
  checkPool,
  checkVersion,
  invalid,
  monthClosed,
  SHARED_VERSIONS_MAX,
  type SharedBasis,
  type SharedKind,
  type SharedMethod,
  type SharedPoolVersion,
  unknown,
} from './domain/shared-pool.js';
import { OpenMonths } from './open-months.service.js';
import { SharedCostsRepository } from './shared-costs.repository.js';

export interface NewPoolWish {
  readonly idempotencyKey: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: SharedKind;
  readonly centerId: string | undefined;
}

export interface NewSharedVersionWish {
  readonly idempotencyKey: string;
  readonly poolId: string | undefined;
  readonly fromMonth: string;
  readonly method: SharedMethod;
  readonly monthlyAmount: Fen | null;
  /** Yuan, as it was typed. */
  readonly pricePerKwh: string | null;
  readonly basis: SharedBasis;
  readonly meter: string | null;
  readonly reason: string;
}

type Answer = Promise<Result<{ poolId: string }, readonly Refusal[]>>;

/** What may be done to common costs. What a closed month was shared by is never changed: another version follows. */
@Injectable()
export class SharedPoolEditor {
  constructor(
    private readonly repository: SharedCostsRepository,
    private readonly facilities: FacilitiesService,
    private readonly pricing: PricingService,
    private readonly months: OpenMonths,
    private readonly acts: Acts,
  ) {}

  async create(actor: Actor, wish: NewPoolWish): Answer {
    const name = { zh: wish.nameZh.trim(), en: wish.nameEn.trim() };
    const refusals = checkPool({ code: wish.code, name });
    const [center] = wish.centerId === undefined ? [null] : await this.facilities.centersByIds([wish.centerId]);
    if (!center) refusals.push(unknown('centerId'));
    try {
      return await this.acts.perform(
        { name: 'sharedCost.create', actor, idempotencyKey: wish.idempotencyKey, input: wish },
        async (tx) => {
          if (refusals.length > 0 || !center) return refuse(refusals);
          const { code, kind } = wish;
          const id = newId(tx.now.getTime());
          await this.repository.insertPools(tx, [{ id, code, kind, name, centerId: center.id, version: 1 }]);
          return ok({
            value: { poolId: id },
            audit: {
              objectType: 'SharedPool',
              objectId: id,
              departmentId: null,
              summary: say(
                `新增公共费用 ${name.zh}（${center.name}）`,
                `Added the common cost ${code} of ${center.code}`,
              ),
              after: { code, name, kind, center: center.code },
            },
          });
        },
      );
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([codeTaken(wish.code)]);
      throw error;
    }
  }

  async addVersion(actor: Actor, wish: NewSharedVersionWish): Answer {
    const { basis, method } = wish;
    const meter = basis === 'METER' ? (wish.meter?.trim() ?? '') : null;
    const monthly = method === 'FIXED' ? wish.monthlyAmount : null;
    const refusals = checkVersion({ method, basis, meter, monthly, reason: wish.reason });
    const price = method === 'PUE' ? priceOf(wish.pricePerKwh) : null;
    if (method === 'PUE' && price === null) refusals.push(priceWrong());
    if (!/^\d{4}-\d{2}$/.test(wish.fromMonth) || !isCalendarDate(`${wish.fromMonth}-01`)) refusals.push(monthWrong());
    if (meter && !(await this.pricing.pricedItems()).some((item) => item.meter === meter))
      refusals.push(unknown('meter'));
    return this.acts.perform(
      {
        name: 'sharedCost.addVersion',
        actor,
        idempotencyKey: wish.idempotencyKey,
        input: { ...wish, monthlyAmount: monthly?.toString() ?? null },
      },
      async (tx) => {
        if (refusals.length > 0) return refuse(refusals);
        const pool = wish.poolId === undefined ? null : await this.repository.take(tx, wish.poolId);
        if (!pool) return refuse([unknown('poolId')]);
        const closed = await this.months.lastClosedFrom(wish.fromMonth, 'PROVINCE', tx);
        if (closed !== null) return refuse([monthClosed(closed)]);
        const existing = await this.repository.versionsOf([pool.id], tx.manager);
        if (existing.some(({ fromMonth }) => fromMonth === wish.fromMonth)) return refuse([monthTaken(wish.fromMonth)]);
        if (existing.length >= SHARED_VERSIONS_MAX) return refuse([tooMany()]);
        const version: SharedPoolVersion = {
          ...{ id: newId(tx.now.getTime()), poolId: pool.id, fromMonth: wish.fromMonth, method, monthly, basis, meter },
          ...{ pricePerKwh: price, reason: wish.reason.trim(), enteredBy: actor.name },
        };
        await this.repository.insertVersions(tx, [version]);
        return ok({
          value: { poolId: pool.id },
          audit: {
            objectType: 'SharedPool',
            objectId: pool.id,
            departmentId: null,
            summary: say(
              `${pool.name.zh} 自 ${wish.fromMonth} 起变更分摊规则`,
              `How ${pool.code} is shared changes from ${wish.fromMonth} on`,
            ),
            after: textOf(version),
          },
        });
      },
    );
  }

  /** Takes back a version that no closed month was shared by. */
  async withdrawVersion(
    actor: Actor,
    wish: { readonly idempotencyKey: string; readonly versionId: string | undefined },
  ): Answer {
    const [seen] = wish.versionId === undefined ? [] : await this.repository.versionsByIds([wish.versionId]);
    return this.acts.perform(
      { name: 'sharedCost.withdrawVersion', actor, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const pool = seen ? await this.repository.take(tx, seen.poolId) : null;
        const versions = pool ? await this.repository.versionsOf([pool.id], tx.manager) : [];
        const version = versions.find(({ id }) => id === seen?.id);
        if (!pool || !version) return refuse([unknown('versionId')]);
        // A city that closed first has lines that were spread by it: what those came about by is not taken away.
        const closed = await this.months.lastClosedFrom(version.fromMonth, 'ANYBODY', tx);
        if (closed !== null) return refuse([{ ...monthClosed(closed), path: ['versionId'] }]);
        await this.repository.deleteVersion(tx, version.id);
        return ok({
          value: { poolId: pool.id },
          audit: {
            objectType: 'SharedPool',
            objectId: pool.id,
            departmentId: null,
            summary: say(
              `${pool.name.zh} 撤回自 ${version.fromMonth} 起的分摊规则`,
              `Took back how ${pool.code} is shared from ${version.fromMonth} on`,
            ),
            before: textOf(version),
          },
        });
      },
    );
  }
}

function textOf({ monthly, pricePerKwh, ...version }: SharedPoolVersion) {
  return {
    ...version,
    monthly: monthly?.toString() ?? null,
    pricePerKwh: pricePerKwh === null ? null : formatUnitPrice(pricePerKwh),
  };
}

function priceOf(text: string | null): bigint | null {
  try {
    return text === null ? null : parseUnitPrice(text.trim());
  } catch {
    return null;
  }
}

function priceWrong(): Refusal {
  return invalid(
    'pricePerKwh',
    'unitPrice',
    say('电价为不小于 0 的元数，最多 6 位小数', 'A price is yuan, not negative, with at most 6 decimals'),
  );
}
function monthWrong(): Refusal {
  return invalid('fromMonth', 'month', say('月份格式如 2027-01', 'A month such as 2027-01'));
}
function codeTaken(code: string): Refusal {
  return invalid('code', 'unique', say(`代码 ${code} 已存在`, `The code ${code} is there already`));
}
function monthTaken(month: string): Refusal {
  return invalid(
    'fromMonth',
    'unique',
    say(`${month} 起已有一个版本；如需更正请先撤回`, `There is a version from ${month} on already; take it back first`),
  );
}
function tooMany(): Refusal {
  return invalid(
    'poolId',
    'count',
    say(`最多 ${SHARED_VERSIONS_MAX} 个版本`, `At most ${SHARED_VERSIONS_MAX} versions`),
  );
}
