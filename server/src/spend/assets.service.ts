import { Inject, Injectable } from '@nestjs/common';
import type { Month } from '../accounting/domain/accounting-units.js';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate, isCalendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { type AssetFilter, AssetsRepository, type OwnedAssetRow, type UpkeepRow } from './assets.repository.js';
import {
  type Answer,
  decisionOf,
  enteredBy,
  type SpendActWish,
  unlessTaken,
  withdrawnName,
} from './contracts.service.js';
import type { DisposalRow } from './disposals.repository.js';
import { type AssetFacts, type AssetMonth, assetMonth, checkAsset } from './domain/owned-asset.js';
import { AMOUNT_FEN_MAX, checker, invalid, NOTE_LENGTH_MAX } from './domain/spend-checks.js';
import { decideSpend, type SpendAction } from './domain/spend-state.js';
import { assetCodeTaken, changed, unknown } from './spend-refusals.js';

export type AssetWish = AssetFacts & { readonly idempotencyKey: string; readonly centerId: string };

export interface UpkeepWish {
  readonly idempotencyKey: string;
  readonly id: string | undefined;
  readonly from: Month;
  readonly maintenance: Fen;
  readonly power: Fen;
  readonly reason: string;
}

/** 自有资产: what the province owns, and what it costs month by month. */
@Injectable()
export class AssetsService {
  constructor(
    private readonly repository: AssetsRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  assets(filter: AssetFilter, page: PageRequest): Promise<Page<OwnedAssetRow>> {
    return this.repository.assets(filter, page);
  }

  /** Batch for loaders. */
  byIds = async (ids: readonly string[]): Promise<(OwnedAssetRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), ({ id }) => id);

  /** Batch for loaders: the earliest first. */
  upkeepsOf = async (ids: readonly string[]): Promise<UpkeepRow[][]> => {
    const found = Map.groupBy(await this.repository.upkeepsOf(ids), ({ assetId }) => assetId);
    return ids.map((id) => found.get(id) ?? []);
  };

  /** What it costs in the month that runs, and what it is worth at its end. */
  monthOf(
    asset: OwnedAssetRow,
    upkeeps: readonly UpkeepRow[],
    disposal: Pick<DisposalRow, 'disposedOn' | 'state'> | null = null,
  ): AssetMonth {
    const since = upkeeps.map(({ fromMonth, maintenance, power }) => ({ from: fromMonth, maintenance, power }));
    const disposedOn = disposal?.state === 'CONFIRMED' ? disposal.disposedOn : null;
    return assetMonth({ ...asset, disposedOn }, since, calendarDate(this.clock.now()).slice(0, 7));
  }

  async enter(actor: Actor, { idempotencyKey, centerId, ...facts }: AssetWish): Answer {
    const malformed: Refusal[] = checkAsset(facts);
    const [center] = await this.facilities.centersByIds([centerId]);
    if (!center) malformed.push(unknown(['centerId']));
    const { maintenance, power, cost, residual, ...rest } = facts;
    const input = { centerId, ...rest, ...texts({ maintenance, power, cost, residual }) };
    return unlessTaken(assetCodeTaken, () =>
      this.acts.perform({ name: 'ownedAsset.enter', actor, idempotencyKey, input }, async (tx) => {
        if (malformed.length > 0) return refuse(malformed);
        const id = newId(tx.now.getTime());
        const from = facts.acquiredOn.slice(0, 7);
        const name = facts.name.trim();
        await this.repository.insertAsset(tx, {
          ...{ ...rest, id, name, centerId, cost, residual, depreciatesFrom: from },
          ...enteredBy(tx, actor),
        });
        await this.repository.insertUpkeep(tx, {
          ...{ assetId: id, fromMonth: from, maintenance, power, reason: '' },
          ...{ enteredBy: actor.name, enteredAt: tx.now },
        });
        return ok({
          value: { id },
          audit: factOf(id, say(`登记自有资产 ${facts.code}`, `Registered the owned asset ${facts.code}`), input),
        });
      }),
    );
  }

  decide(viewer: Viewer, action: SpendAction, { idempotencyKey, ...wish }: SpendActWish): Answer {
    const name = action === 'CONFIRM' ? 'ownedAsset.confirm' : 'ownedAsset.withdraw';
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const [asset] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
      if (!asset) return refuse([unknown(['id'])]);
      const to = decideSpend(viewer.userId, asset, action, wish.expectedVersion);
      if (!to.ok) return to;
      if (!(await this.repository.decide(tx, asset, decisionOf(tx, viewer, to.value))))
        return refuse([changed(wish.expectedVersion, asset.version + 1)]);
      if (to.value === 'WITHDRAWN') await this.repository.rename(tx, asset.id, withdrawnName(asset.code, asset.id));
      const { code } = asset;
      const summary =
        action === 'CONFIRM'
          ? say(`复核自有资产 ${code}`, `Confirmed the owned asset ${code}`)
          : say(`撤回自有资产 ${code}`, `Withdrew the owned asset ${code}`);
      return ok({ value: { id: asset.id }, audit: factOf(asset.id, summary, { state: to.value }) });
    });
  }

  /** From a month on maintenance and power cost something else; what was before stays as it is. */
  changeUpkeep(actor: Actor, { idempotencyKey, ...wish }: UpkeepWish): Answer {
    const { from, maintenance, power, reason } = wish;
    const { check, refusals } = checker();
    const month = /^\d{4}-\d{2}$/.test(from) && isCalendarDate(`${from}-01`);
    check(month, ['from'], 'date', '请填写起始月份', 'Give the first month');
    for (const field of ['maintenance', 'power'] as const)
      check(
        wish[field] >= 0n && wish[field] <= AMOUNT_FEN_MAX,
        [field],
        'range',
        '金额不能为负',
        'An amount is not negative',
      );
    check(
      reason.trim() !== '' && reason.length <= NOTE_LENGTH_MAX,
      ['reason'],
      'length',
      '请填写依据',
      'Say on what grounds',
    );
    const input = { id: wish.id, from, reason, ...texts({ maintenance, power }) };
    return unlessTaken(monthTaken, () =>
      this.acts.perform({ name: 'ownedAsset.changeUpkeep', actor, idempotencyKey, input }, async (tx) => {
        const [asset] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
        if (!asset) return refuse([...refusals, unknown(['id'])]);
        if (refusals.length > 0) return refuse(refusals);
        const gone = await this.repository.disposedOn(tx, asset.id);
        if (gone !== null && from > gone.slice(0, 7)) return refuse([goneBefore(gone)]);
        const known = await this.repository.upkeepsOf([asset.id], tx.manager);
        if (from <= (known.at(-1)?.fromMonth ?? '')) return refuse([monthTaken()]);
        await this.repository.insertUpkeep(tx, {
          ...{ assetId: asset.id, fromMonth: from, maintenance, power, reason: reason.trim() },
          ...{ enteredBy: actor.name, enteredAt: tx.now },
        });
        return ok({
          value: { id: asset.id },
          audit: factOf(
            asset.id,
            say(`自 ${from} 起调整 ${asset.code} 的运维费`, `Changed the upkeep of ${asset.code} from ${from}`),
            input,
          ),
        });
      }),
    );
  }
}

function factOf(id: string, summary: Bilingual, after: object) {
  return { objectType: 'OwnedAsset', objectId: id, departmentId: null, summary, after };
}

const texts = (amounts: { readonly [name: string]: Fen }) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount.toString()]));

const goneBefore = (day: CalendarDate): Refusal =>
  invalid(
    ['from'],
    'disposed',
    `资产已于 ${day} 报废，之后不再有运维费`,
    `The asset was disposed of on ${day}: keeping it costs nothing after`,
  );

const monthTaken = (): Refusal =>
  invalid(
    ['from'],
    'order',
    '该月或之后已有运维费标准；过去的月份不改，请填更晚的月份',
    'There is a figure for that month or a later one; months that were are not changed, give a later one',
  );
