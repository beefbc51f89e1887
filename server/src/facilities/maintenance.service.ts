import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import type { Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { Center, Pool } from './domain/facility.js';
import {
  type MaintenanceAction,
  type MaintenanceState,
  type MaintenanceWindow,
  maintenanceTable,
} from './domain/maintenance.js';
import { checkMaintenance, type MaintenanceForm } from './domain/pool-form.js';
import { beforeItsTime, changedMeanwhile, illegal, invalid, unknown } from './domain/refusals.js';
import { FacilitiesRepository } from './facilities.repository.js';
import { MaintainedPools, type Settle } from './maintained-pools.service.js';
import { MaintenanceRepository } from './maintenance.repository.js';

type Answer = Result<{ id: string }, readonly Refusal[]>;
type WindowWish = {
  readonly windowId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
};

/** Two letters for the code: WH, 维护. */
export const WINDOW_CODE_PREFIX = 'WH';

@Injectable()
export class MaintenanceService {
  constructor(
    private readonly repository: MaintenanceRepository,
    private readonly facilities: FacilitiesRepository,
    private readonly codes: CodeSequence,
    private readonly pools: MaintainedPools,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async plan(
    viewer: Viewer,
    wish: MaintenanceForm & { readonly poolId: string | undefined; readonly idempotencyKey: string },
  ): Promise<Answer> {
    const code = await this.codes.next(WINDOW_CODE_PREFIX, accountingYear(this.clock.now()));
    return this.acts.perform(
      { name: 'maintenance.plan', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const pool = wish.poolId === undefined ? null : await this.facilities.lockedPool(tx, wish.poolId);
        if (!pool || pool.centerId === null)
          return refuse([unknown(['poolId'], say('没有这个资源池', 'There is no such pool'))]);
        const refusals = checkMaintenance(wish, nodesOf(pool), tx.now);
        if (refusals.length > 0) return refuse(refusals);
        const window: MaintenanceWindow = {
          id: newId(tx.now.getTime()),
          code,
          centerId: pool.centerId,
          poolId: pool.id,
          placeId: null,
          placeLabel: null,
          feed: null,
          title: wish.title.trim(),
          reason: wish.reason.trim(),
          extent: wish.extent,
          nodes: wish.nodes,
          fromAt: wish.fromAt,
          toAt: wish.toAt,
          state: maintenanceTable.initial,
          uncovered: null,
          plannedBy: viewer.name,
          startedAt: null,
          endedAt: null,
          version: 1,
        };
        await this.repository.insert(tx, [window]);
        tx.changed('pool', pool.id);
        return ok({
          value: { id: window.id },
          audit: maintenanceFact(window, say('计划维护', 'Plan maintenance'), null),
        });
      },
    );
  }

  /**
   * From here on the pool promises less, as far as nothing live is lost; the rest is written down as a finding. Before its
   * planned time only for whoever says so: what it breaks then was never shown to those who agreed on the time.
   */
  start(viewer: Viewer, wish: WindowWish & { readonly early: boolean }): Promise<Answer> {
    return this.move(viewer, wish, 'START', (tx, window, pool) => this.pools.begin(tx, window, pool));
  }

  /** The pool promises again what it did, unless other windows still run. */
  end(viewer: Viewer, wish: WindowWish): Promise<Answer> {
    return this.move(viewer, wish, 'END', (tx, window, pool) => this.pools.finish(tx, window, pool));
  }

  cancel(viewer: Viewer, wish: WindowWish): Promise<Answer> {
    return this.move(viewer, wish, 'CANCEL', async () => NOTHING_TO_SETTLE);
  }

  /** Running windows of a center. */
  runningInCenter(tx: Tx, centerId: string): Promise<number> {
    return this.repository.countRunning(tx, centerId);
  }

  page(
    filter: { readonly states: readonly MaintenanceState[] | null; readonly centerId: string | null },
    page: PageRequest,
  ): Promise<Page<MaintenanceWindow>> {
    return this.repository.page(filter, page);
  }

  /** Batch for loaders. */
  readonly windows = async (ids: readonly string[]): Promise<(MaintenanceWindow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (window) => window.id);

  async windowOfCode(code: string): Promise<MaintenanceWindow | null> {
    return (await this.repository.byCodes([code]))[0] ?? null;
  }

  /** What was begun and not called off: these windows, and those that took a whole one of these pools away in the time. */
  tookPlace(
    windowIds: readonly string[],
    poolIds: readonly string[],
    time: readonly [Date, Date],
    tx?: Tx,
  ): Promise<MaintenanceWindow[]> {
    return this.repository.tookPlace(windowIds, poolIds, time, tx?.manager);
  }

  /** Batch for loaders: planned and running. */
  readonly openOfPools = async (poolIds: readonly string[]): Promise<MaintenanceWindow[][]> => {
    const windows = Map.groupBy(await this.repository.openOfPools(poolIds), (window) => window.poolId ?? '');
    return poolIds.map((id) => windows.get(id) ?? []);
  };

  add(tx: Tx, windows: readonly MaintenanceWindow[]): Promise<void> {
    return this.repository.insert(tx, windows);
  }

  private move(
    viewer: Viewer,
    wish: WindowWish & { readonly early?: boolean },
    action: MaintenanceAction,
    onPool: (tx: Tx, window: MaintenanceWindow, pool: Pool) => Promise<Settle>,
  ): Promise<Answer> {
    return this.acts.perform(
      { name: `maintenance.${action.toLowerCase()}`, actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const seen = wish.windowId === undefined ? null : await this.repository.locked(tx, wish.windowId);
        if (!seen) return refuse([unknown(['id'], say('没有这个维护窗口', 'There is no such window'))]);
        const { center, pool } = await this.ownersOf(tx, seen);
        const next = nextState(maintenanceTable, seen.state, action);
        if (!center || next === undefined)
          return refuse([
            illegal(seen.state, action, say('维护窗口的当前状态不允许', 'The window’s state does not allow it')),
          ]);
        if (wish.expectedVersion !== seen.version)
          return refuse([changedMeanwhile(wish.expectedVersion, seen.version)]);
        const wrong = action === 'START' ? startObjections(seen, center, tx.now, wish.early === true) : [];
        if (wrong.length > 0) return refuse(wrong);
        const last = pool ? await onPool(tx, seen, pool) : NOTHING_TO_SETTLE;
        await this.repository.update(tx, seen.id, {
          state: next,
          version: seen.version + 1,
          ...timeOf(action, tx.now),
        });
        if (pool) tx.changed('pool', pool.id);
        return ok({
          value: { id: seen.id },
          audit: maintenanceFact({ ...seen, state: next }, VERBS[action], { state: seen.state }),
          last: async () => {
            await last();
            return ok(undefined);
          },
        });
      },
    );
  }

  /**
   * Whose row is locked for a window: the pool's, so that two that begin at once see each other; for a place the center's,
   * which whatever comes into its rooms keeps, so that nothing comes in while it is being taken away.
   */
  private async ownersOf(
    tx: Tx,
    { poolId, centerId }: MaintenanceWindow,
  ): Promise<{ readonly center: Center | null; readonly pool: Pool | null }> {
    if (poolId === null) return { center: await this.facilities.lockedCenter(tx, centerId), pool: null };
    const pool = await this.facilities.lockedPool(tx, poolId);
    const [center] = pool ? await this.facilities.centersByIds([centerId], tx.manager) : [];
    return { center: center ?? null, pool };
  }
}

const NOTHING_TO_SETTLE: Settle = async () => undefined;

function timeOf(action: MaintenanceAction, now: Date): Partial<MaintenanceWindow> {
  if (action === 'START') return { startedAt: now };
  return action === 'END' ? { endedAt: now } : {};
}

function startObjections(window: MaintenanceWindow, center: Center, now: Date, early: boolean): Refusal[] {
  if (window.toAt <= now) return [invalid(['id'], 'past', say('维护窗口已过期', 'The window has passed'))];
  if (window.fromAt > now && !early) return [beforeItsTime(window.fromAt)];
  // A stopped center promises nothing that could be taken away, and the end of a window would promise it again.
  return center.life === 'STOPPED'
    ? [invalid(['id'], 'stopped', say('该数据中心已停用', 'The center is stopped'))]
    : [];
}

function nodesOf(pool: Pool): number | null {
  return pool.size?.nodes ?? null;
}

const VERBS: { readonly [A in MaintenanceAction]: Bilingual } = {
  START: say('开始维护', 'Start maintenance'),
  END: say('结束维护', 'End maintenance'),
  CANCEL: say('取消维护', 'Cancel maintenance'),
};

export function maintenanceFact(window: MaintenanceWindow, verb: Bilingual, before: object | null) {
  return {
    objectType: 'MaintenanceWindow',
    objectId: window.id,
    departmentId: null,
    summary: say(`${verb.zh} ${window.code} ${window.title}`, `${verb.en} ${window.code} ${window.title}`),
    ...(before ? { before } : {}),
    after: {
      state: window.state,
      poolId: window.poolId,
      place: window.placeLabel,
      feed: window.feed,
      extent: window.extent,
      nodes: window.nodes,
    },
  };
}
