import { Inject, Injectable } from '@nestjs/common';
import { type Month, monthAfter } from '../accounting/domain/accounting-units.js';
import { Acts } from '../audit/acts.service.js';
import { AccountedCosts, type AccountedInDepartment } from '../costs/accounted-costs.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate, isCalendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { AssetsRepository, type DifferenceRow } from './assets.repository.js';
import { ContractsRepository } from './contracts.repository.js';
import { type Answer, unlessTaken } from './contracts.service.js';
import { firstDayOf, monthsBetween } from './domain/months.js';
import { ASSET_COSTS, costsOfAsset } from './domain/owned-asset.js';
import { type DifferenceReason, type ReconciledCell, reconcile } from './domain/reconciliation.js';
import { AMOUNT_FEN_MAX, checker, invalid, NOTE_LENGTH_MAX } from './domain/spend-checks.js';
import { spreadOutlay } from './domain/spread.js';
import { EntriesRepository } from './entries.repository.js';
import { unknown } from './spend-refusals.js';

export const SPEND_SOURCES = ['PAYMENT', ...ASSET_COSTS] as const;
export type SpendSource = (typeof SPEND_SOURCES)[number];

/** One part of a center's spend of a month, down to the payment or the asset that it is of. */
export interface SpendPart {
  readonly source: SpendSource;
  readonly month: Month;
  readonly centerId: string | null;
  readonly amount: Fen;
  readonly contractId: string | null;
  readonly entryId: string | null;
  readonly assetId: string | null;
}

export interface DifferenceWish {
  readonly idempotencyKey: string;
  readonly month: Month;
  readonly centerId: string | null;
  readonly reason: DifferenceReason;
  readonly amount: Fen;
  readonly note: string;
}

/** 支出与核算费用对账, by center and month: what is different stays visible until a named person has said why. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly entries: EntriesRepository,
    private readonly contracts: ContractsRepository,
    private readonly assets: AssetsRepository,
    private readonly accounted: AccountedCosts,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  isMonth(text: string): boolean {
    return /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
  }

  /** The months of the year as far as it has come; of a past year all of them. */
  monthsOf(year: number): { readonly first: Month; readonly last: Month } {
    const now = calendarDate(this.clock.now()).slice(0, 7);
    const last = `${year}-12`;
    return { first: `${year}-01`, last: last < now ? last : now < `${year}-01` ? `${year}-01` : now };
  }

  async cells(scope: TenantScope, first: Month, last: Month): Promise<ReconciledCell[]> {
    const [spend, accounted, explained] = await Promise.all([
      this.parts(first, last),
      this.accounted.byCenter(scope, first, last),
      this.assets.differences(first, last),
    ]);
    return reconcile({ spend, accounted, explained });
  }

  /** What the spend of one cell is made of, the largest first. */
  async partsOfCell(month: Month, centerId: string | null): Promise<SpendPart[]> {
    const parts = await this.parts(month, month);
    return parts
      .filter((part) => part.centerId === centerId)
      .toSorted((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1));
  }

  accountedOfCell(scope: TenantScope, month: Month, centerId: string | null): Promise<AccountedInDepartment[]> {
    return this.accounted.byDepartment(scope, month, centerId);
  }

  async differencesOfCell(month: Month, centerId: string | null): Promise<DifferenceRow[]> {
    const rows = await this.assets.differences(month, month);
    return rows.filter((row) => row.centerId === centerId);
  }

  /** Whole sources are spread and then cut to the months: a part never depends on which months somebody looks at. */
  private async parts(first: Month, last: Month): Promise<SpendPart[]> {
    const months = monthsBetween(first, last);
    const payments = await this.entries.paymentsFor(firstDayOf(first), firstDayOf(monthAfter(last)));
    const ids = [...new Set(payments.map(({ contractId }) => contractId))];
    const shares = Map.groupBy(await this.contracts.sharesOf(ids), ({ contractId }) => contractId);
    const paid = payments.flatMap((entry) =>
      spreadOutlay({
        amount: entry.amount,
        from: entry.fromDate ?? entry.onDate,
        to: entry.toDate ?? entry.onDate,
        centers: shares.get(entry.contractId) ?? [],
      })
        .filter(({ month }) => month >= first && month <= last)
        .map(
          (cell): SpendPart => ({
            ...cell,
            ...{ source: 'PAYMENT', contractId: entry.contractId, entryId: entry.id, assetId: null },
          }),
        ),
    );
    const assets = await this.assets.confirmedUntil(last);
    const upkeeps = Map.groupBy(await this.assets.upkeepsOf(assets.map(({ id }) => id)), ({ assetId }) => assetId);
    const owned = assets.flatMap((asset) =>
      costsOfAsset(
        asset,
        (upkeeps.get(asset.id) ?? []).map(({ fromMonth, maintenance, power }) => ({
          from: fromMonth,
          maintenance,
          power,
        })),
        months,
      ).map(
        ({ cost, month, amount }): SpendPart => ({
          ...{ source: cost, month, amount, centerId: asset.centerId },
          ...{ contractId: null, entryId: null, assetId: asset.id },
        }),
      ),
    );
    return [...paid, ...owned];
  }

  async explain(actor: Actor, { idempotencyKey, ...wish }: DifferenceWish): Answer {
    const { check, refusals } = checker();
    const { month, centerId, reason, amount, note } = wish;
    check(this.isMonth(month), ['month'], 'date', '请填写月份', 'Give the month');
    check(
      amount !== 0n && amount >= -AMOUNT_FEN_MAX && amount <= AMOUNT_FEN_MAX,
      ['amount'],
      'range',
      '金额不能为零',
      'An amount is not zero',
    );
    check(
      note.length <= NOTE_LENGTH_MAX && (reason !== 'OTHER' || note.trim() !== ''),
      ['note'],
      'length',
      `其他原因须写明，最多 ${NOTE_LENGTH_MAX} 个字`,
      `Another reason is given in words, at most ${NOTE_LENGTH_MAX} characters`,
    );
    const malformed: Refusal[] = refusals;
    if (centerId !== null && !(await this.facilities.centersByIds([centerId]))[0])
      malformed.push(unknown(['centerId']));
    const input = { ...wish, amount: amount.toString() };
    return this.acts.perform({ name: 'spend.explain', actor, idempotencyKey, input }, async (tx) => {
      if (malformed.length > 0) return refuse(malformed);
      const id = newId(tx.now.getTime());
      await this.assets.insertDifference(tx, {
        ...{ id, month, centerId, reason, amount, note: note.trim(), reversesId: null },
        ...{ enteredById: actor.userId, enteredBy: actor.name, enteredAt: tx.now },
      });
      return ok({
        value: { id },
        audit: {
          objectType: 'SpendDifference',
          objectId: id,
          departmentId: null,
          summary: say(`说明 ${month} 对账差异`, `Explained a difference of ${month}`),
          after: input,
        },
      });
    });
  }

  /** Takes an explanation back by one of the other sign; both stay. */
  takeBack(
    actor: Actor,
    { idempotencyKey, id, note }: { idempotencyKey: string; id: string | undefined; note: string },
  ): Answer {
    return unlessTaken(takenBack, () =>
      this.acts.perform({ name: 'spend.takeBack', actor, idempotencyKey, input: { id, note } }, async (tx) => {
        const row = id === undefined ? null : await this.assets.difference(tx, id);
        if (!row) return refuse([unknown(['id'])]);
        if (note.trim() === '' || note.length > NOTE_LENGTH_MAX)
          return refuse([invalid(['note'], 'required', '请写明原因', 'Say why')]);
        if (row.reversesId !== null) return refuse([takenBack()]);
        const reversal = newId(tx.now.getTime());
        await this.assets.insertDifference(tx, {
          ...{ ...row, id: reversal, amount: -row.amount, note: note.trim(), reversesId: row.id },
          ...{ enteredById: actor.userId, enteredBy: actor.name, enteredAt: tx.now },
        });
        return ok({
          value: { id: reversal },
          audit: {
            objectType: 'SpendDifference',
            objectId: reversal,
            departmentId: null,
            summary: say(`撤销 ${row.month} 对账差异说明`, `Took back an explanation of ${row.month}`),
            after: { reverses: row.id },
          },
        });
      }),
    );
  }
}

const takenBack = (): Refusal =>
  invalid(['id'], 'reversed', '这条说明已经撤销', 'This explanation has been taken back already');
