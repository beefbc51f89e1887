import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CenterOpenings } from '../facilities/center-openings.service.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { debtsDue, debtWaived } from './domain/debt-notices.js';
import { isReason, mayMove, reasonMissing, unknownDebt } from './domain/debt-refusals.js';
import { awaitedRole, debtAfter, OWED_STATES } from './domain/debt-state.js';
import { demandOf, expectedFen, owedFor } from './domain/owed-share.js';
import { DrDebtsRepository } from './drdebts.repository.js';
import type { DebtFilter, DebtRow, DebtTotal, NewDebt } from './drdebts.types.js';

export interface WaiveWish {
  readonly debtId: string | undefined;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** The line that a debt follows, where it is not the one that asked for it. */
export type DebtHome = Pick<DebtRow, 'requestId' | 'requestCode' | 'lineId' | 'lineName'>;

/**
 * 容灾欠账: registered with the hold, firm with the grant, smaller with every main that goes, and void with the last of
 * them. Whoever calls holds the request's row: that is what keeps two acts on the debts of one request apart.
 */
@Injectable()
export class DrDebts implements OnModuleInit {
  constructor(
    private readonly repository: DrDebtsRepository,
    private readonly openings: CenterOpenings,
    private readonly facilities: FacilitiesService,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  onModuleInit(): void {
    this.openings.whenOpened((tx, center) => this.opened(tx, center));
  }

  /** What the hold of a request leaves owed, in place of what an earlier hold of it did. */
  async register(tx: Tx, requestId: string, owed: readonly NewDebt[], by: string): Promise<void> {
    await this.lapse(tx, requestId, '重新预占', by);
    if (owed.length === 0) return;
    await this.repository.insert(
      tx,
      owed.map(
        ({ count, ...debt }): DebtRow => ({
          ...debt,
          ...demandOf(debt.thing, debt.standing, count),
          id: newId(tx.now.getTime()),
          kind: debt.thing.kind,
          role: awaitedRole(debt.share),
          itemCount: count,
          state: 'PENDING',
          since: tx.now,
          firmAt: null,
          settledAt: null,
          closedAt: null,
          closedBy: null,
          reason: null,
          version: 1,
        }),
      ),
    );
  }

  /** The request is granted: what it owes is owed for certain. */
  async confirm(tx: Tx, requestId: string): Promise<void> {
    for (const debt of await this.repository.ofRequest(tx, requestId, ['PENDING']))
      await this.moved(tx, debt, 'CONFIRM', { firmAt: tx.now });
  }

  /**
   * A change is granted: what it owes, by the line that asked, stands under the line whose mains it follows, and is owed for
   * certain. Whoever calls holds both requests' rows.
   */
  async adopt(tx: Tx, requestId: string, homes: ReadonlyMap<string, DebtHome>): Promise<void> {
    for (const debt of await this.repository.ofRequest(tx, requestId, ['PENDING'])) {
      const home = homes.get(debt.lineId);
      if (!home) throw new Error(`the DR debt ${debt.id} is of no line of its change`);
      await this.moved(tx, debt, 'CONFIRM', { ...home, firmAt: tx.now });
      tx.changed('request', home.requestId);
    }
  }

  /** Rejected, withdrawn, expired, or held anew: nothing is owed for what is not there. */
  async lapse(tx: Tx, requestId: string, reason: string, by: string): Promise<void> {
    for (const debt of await this.repository.ofRequest(tx, requestId, OWED_STATES))
      await this.moved(tx, debt, 'LAPSE', { reason, closedBy: by });
  }

  /** Whether anything of the request may still have to follow its mains; saves counting them where nothing does. */
  async isAnythingOwed(tx: Tx, requestId: string): Promise<boolean> {
    return (await this.repository.ofRequest(tx, requestId, OWED_STATES)).length > 0;
  }

  /** @param mains by line, things of one center that still run or wait to; a line that is absent has none. */
  async follow(tx: Tx, requestId: string, mains: ReadonlyMap<string, number>, by: string): Promise<void> {
    for (const debt of await this.repository.ofRequest(tx, requestId, OWED_STATES)) {
      const { thing, standing, itemCount } = debt;
      const now = owedFor(thing, standing, mains.get(debt.lineId) ?? 0, itemCount);
      if (now === itemCount) continue;
      if (now === 0) {
        await this.moved(tx, debt, 'LAPSE', { reason: '对应的主用资源已全部释放', closedBy: by });
        continue;
      }
      const monthlyFen = expectedFen(debt.monthlyFen, itemCount, now);
      await this.repository.update(tx, debt, { ...demandOf(thing, standing, now), itemCount: now, monthlyFen });
      tx.changed('request', debt.requestId);
    }
  }

  /** OPEN → SETTLING, with the center where it was placed; false = another was quicker. */
  async settle(tx: Tx, debt: DebtRow, centerId: string): Promise<boolean> {
    const done = await this.repository.move(tx, debt, 'SETTLING', { centerId, settledAt: tx.now });
    if (done) tx.changed('request', debt.requestId);
    return done;
  }

  /** Those of the request whose share is on its way. */
  settling(tx: Tx, requestId: string): Promise<DebtRow[]> {
    return this.repository.ofRequest(tx, requestId, ['SETTLING']);
  }

  async fulfil(tx: Tx, debt: DebtRow, by: string): Promise<void> {
    await this.moved(tx, debt, 'FULFIL', { closedBy: by });
  }

  /** The same by its id; anything but a debt that settles is passed over. */
  async fulfilNow(tx: Tx, id: string, by: string): Promise<DebtRow | null> {
    const debt = await this.repository.locked(tx, WHOLE_PROVINCE, id);
    if (debt?.state !== 'SETTLING') return null;
    await this.fulfil(tx, debt, by);
    return debt;
  }

  /** 免予补建: the share is not wanted any more, and somebody says why. */
  waive(viewer: Viewer, scope: TenantScope, wish: WaiveWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drDebt.waive', actor: viewer, idempotencyKey, input }, async (tx) => {
      const reason = wish.reason.trim();
      if (!isReason(reason)) return refuse([reasonMissing()]);
      const debt = await this.repository.locked(tx, scope, wish.debtId);
      if (!debt) return refuse([unknownDebt()]);
      const stopped = mayMove(debt, 'WAIVE', wish.expectedVersion);
      if (stopped) return refuse([stopped]);
      await this.moved(tx, debt, 'WAIVE', { reason, closedBy: viewer.name });
      await this.notices.tell(tx, debtWaived(debt, reason));
      return ok({
        value: { id: debt.id },
        audit: {
          ...auditOf(debt),
          summary: say(
            `免予补建 ${debt.requestCode} ${debt.lineName} 的容灾欠账`,
            `Waive the DR debt of ${debt.requestCode} ${debt.lineName}`,
          ),
          before: { state: debt.state, count: debt.itemCount },
          after: { state: 'WAIVED', reason },
        },
      });
    });
  }

  locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<DebtRow | null> {
    return this.repository.locked(tx, scope, id);
  }

  inScope(scope: TenantScope, id: string): Promise<DebtRow | null> {
    return this.repository.inScope(scope, id);
  }

  page(scope: TenantScope, filter: DebtFilter, page: PageRequest): Promise<Page<DebtRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** What is still owed, unless other states are asked for: nobody has to build what was settled or waived. */
  totals(scope: TenantScope, filter: DebtFilter): Promise<DebtTotal[]> {
    return this.repository.totals(scope, { ...filter, states: filter.states.length > 0 ? filter.states : OWED_STATES });
  }

  /** Batch for loaders; callers have already been let see the lines. */
  readonly ofLines = async (lineIds: readonly string[]): Promise<DebtRow[][]> => {
    const rows = Map.groupBy(await this.repository.ofLines(lineIds), (row) => row.lineId);
    return lineIds.map((id) => rows.get(id) ?? []);
  };

  /** The same for a loader: one look a page, whatever the number of rows. */
  readonly centersFor = async (keys: readonly string[]): Promise<(readonly Center[])[]> => {
    const centers = await this.centers();
    return keys.map(() => centers);
  };

  /** Every share that is owed, for certain or not yet. */
  owed(): Promise<DebtRow[]> {
    return this.repository.owed();
  }

  /** Lines of which a share is owed for certain or is being made. */
  linesOwed(): Promise<string[]> {
    return this.repository.linesOwed();
  }

  centers(): Promise<readonly Center[]> {
    return this.facilities.centers();
  }

  /** In the transaction in which a center begins to take promises: ops hear of what waits for it. */
  private async opened(tx: Tx, center: Center): Promise<void> {
    const waiting = await this.repository.countOpen(tx, center.role);
    if (waiting > 0) await this.notices.tell(tx, debtsDue(center, waiting));
  }

  private async moved(
    tx: Tx,
    debt: DebtRow,
    move: Parameters<typeof debtAfter>[1],
    values: Partial<DebtRow>,
  ): Promise<void> {
    const to = debtAfter(debt.state, move);
    if (to === undefined) throw new Error(`a DR debt has no way from ${debt.state} by ${move}`);
    if (!(await this.repository.move(tx, debt, to, values)))
      throw new Error(`the DR debt ${debt.id} was changed beside its request`);
    tx.changed('request', debt.requestId);
  }
}

export function auditOf(debt: DebtRow) {
  return { objectType: 'DrDebt', objectId: debt.id, departmentId: debt.departmentId };
}
