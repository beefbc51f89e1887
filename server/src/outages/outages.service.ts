import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { agreedTime } from '../facilities/domain/maintenance.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { MaintenanceService } from '../facilities/maintenance.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { WorkOrdersService } from '../workorders/workorders.service.js';
import { EVERY_ORDER } from '../workorders/workorders.types.js';
import type { Stretch } from './domain/down-time.js';
import { checkOutage, type OutageFacts, TEXT_LENGTH_MAX } from './domain/outage.js';
import { excuses, factOf, noReason, noSuchFile, plain } from './outage-facts.js';
import { changed, noSuchOutage, unknown, withdrawnAlready } from './outage-refusals.js';
import { OutagesRepository } from './outages.repository.js';
import type { OutageFilter, OutageRow, OutageSpan } from './outages.types.js';

export interface OutageWish extends OutageFacts {
  readonly idempotencyKey: string;
  /** undefined = no id of this kind. */
  readonly centerId: string | undefined;
  readonly poolId: string | null | undefined;
  /** As people know them. */
  readonly orderCode: string | null;
  readonly windowCode: string | null;
  readonly fileIds: readonly string[];
}
/** What is written down, with the refusals that were found while it was looked up. */
export interface PreparedOutage {
  readonly code: string;
  readonly wish: Omit<OutageWish, 'idempotencyKey'>;
  readonly facts: Pick<
    OutageRow,
    'layer' | 'title' | 'fromAt' | 'toAt' | 'liability' | 'source' | 'centerId' | 'excuse'
  > &
    Pick<OutageRow, 'poolId' | 'orderId' | 'orderCode' | 'windowId' | 'windowCode'>;
  readonly refusals: readonly Refusal[];
}
export interface OutageAct {
  readonly id: string | undefined;
  readonly expectedVersion: number;
}
type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Two letters for the code: ZD, 中断. */
const CODE_PREFIX = 'ZD';
const FILES_OF = 'Outage';
const UNCHANGED_SINCE_RECORDED = {
  changedBy: null,
  changedAt: null,
  withdrawnAt: null,
  withdrawnReason: null,
} as const;

/** 中断登记: what was down, from when to when, and whose fault it was; contracts and availability are judged by it. */
@Injectable()
export class Outages implements OnModuleInit {
  constructor(
    private readonly repository: OutagesRepository,
    private readonly facilities: FacilitiesService,
    private readonly maintenance: MaintenanceService,
    private readonly systems: SystemsService,
    private readonly orders: WorkOrdersService,
    private readonly files: FilesService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.files.registerOwner(FILES_OF, async (viewer) => scopeFor(viewer, 'OUTAGE', 'READ')?.kind === 'PROVINCE');
  }

  page(filter: OutageFilter, page: PageRequest): Promise<Page<OutageRow>> {
    return this.repository.page(filter, page);
  }

  /** Batches for loaders. */
  byIds = async (ids: readonly string[]): Promise<(OutageRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), ({ id }) => id);
  systemIdsOf = async (ids: readonly string[]): Promise<string[][]> => {
    const links = Map.groupBy(await this.repository.systemsOf(ids), ({ outageId }) => outageId);
    return ids.map((id) => (links.get(id) ?? []).map(({ systemId }) => systemId));
  };
  filesOf = (ids: readonly string[]) => this.files.filesOf(FILES_OF, ids);

  /** What stands in the record of the time, with the maintenance in which it does not count. */
  async spansIn(time: Stretch, tx?: Tx): Promise<OutageSpan[]> {
    return this.spansOf(await this.repository.standingIn(time, tx?.manager), time, tx);
  }

  /** Of each of these systems. */
  async spansOfSystems(systemIds: readonly string[], time: Stretch): Promise<ReadonlyMap<string, OutageSpan[]>> {
    const links = await this.repository.ofSystems(systemIds, time);
    const rows = new Map(links.map(({ row }) => [row.id, row]));
    const spans = new Map((await this.spansOf([...rows.values()], time)).map((span) => [span.row.id, span]));
    const found = new Map<string, OutageSpan[]>();
    for (const { systemId, row } of links) {
      const span = spans.get(row.id);
      if (span) found.set(systemId, [...(found.get(systemId) ?? []), span]);
    }
    return found;
  }

  async record(viewer: Viewer, { idempotencyKey, ...wish }: OutageWish): Answer {
    const code = await this.codes.next(CODE_PREFIX, accountingYear(this.clock.now()));
    const { refusals, facts } = await this.resolved(wish);
    return this.acts.perform(
      { name: 'outage.record', actor: viewer, idempotencyKey, input: plain(wish) },
      async (tx) => {
        const recorded = await this.recordWithin(tx, viewer, { code, facts, refusals, wish });
        if (!recorded.ok) return recorded;
        const row = recorded.value;
        return ok({ value: { id: row.id }, audit: factOf(row, say('登记中断', 'Recorded the outage'), null, wish) });
      },
    );
  }

  /** Facts of a wish, looked up before the transaction in which another feature's act writes it down. */
  async prepared(wish: Omit<OutageWish, 'idempotencyKey'>): Promise<PreparedOutage> {
    const code = await this.codes.next(CODE_PREFIX, accountingYear(this.clock.now()));
    return { ...(await this.resolved(wish)), code, wish };
  }

  /** Within the act that has confirmed it; `audit` is of the outage, for the act to add to its own words. */
  async recordWithin(
    tx: Tx,
    viewer: Viewer,
    { code, facts, refusals, wish }: PreparedOutage,
  ): Promise<Result<OutageRow, readonly Refusal[]>> {
    const wrong = [...checkOutage(wish, tx.now), ...refusals];
    if (wrong.length > 0) return refuse(wrong);
    const by = { recordedBy: viewer.name, recordedAt: tx.now };
    const row = { id: newId(tx.now.getTime()), code, version: 1, ...facts, ...by, ...UNCHANGED_SINCE_RECORDED };
    await this.repository.insert(tx, row, wish.systemIds);
    return (await this.attach(tx, viewer, wish, row.id)) ? ok(row) : refuse([noSuchFile()]);
  }

  /** One that stands, kept so until the transaction ends; null = none, or withdrawn. */
  async keptByCode(tx: Tx, code: string): Promise<OutageRow | null> {
    const id = await this.repository.idOfCode(tx, code);
    const row = id === null ? null : await this.repository.locked(tx, id);
    return row?.withdrawnAt === null ? row : null;
  }

  /** Its end, or what was wrong; what was deducted by it before stays as it was entered, and says that it differs. */
  async correct(viewer: Viewer, { idempotencyKey, id, expectedVersion, ...wish }: OutageWish & OutageAct): Answer {
    const { refusals, facts } = await this.resolved(wish);
    const input = { id, expectedVersion, ...plain(wish) };
    return this.acts.perform({ name: 'outage.correct', actor: viewer, idempotencyKey, input }, async (tx) => {
      const seen = await this.standing(tx, { id, expectedVersion });
      if (!seen.ok) return seen;
      const wrong = [...checkOutage(wish, tx.now), ...refusals];
      if (wrong.length > 0) return refuse(wrong);
      const row = seen.value;
      const values = { ...facts, version: row.version + 1, changedBy: viewer.name, changedAt: tx.now };
      await this.repository.update(tx, row.id, values);
      await this.repository.putSystems(tx, row.id, wish.systemIds);
      if (!(await this.attach(tx, viewer, wish, row.id))) return refuse([noSuchFile()]);
      const said = say('更正中断', 'Corrected the outage');
      return ok({ value: { id: row.id }, audit: factOf({ ...row, ...values }, said, row, wish) });
    });
  }

  /** It never was: the row stays, and counts for nothing. */
  withdraw(viewer: Viewer, wish: OutageAct & { readonly reason: string; readonly idempotencyKey: string }): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'outage.withdraw', actor: viewer, idempotencyKey, input }, async (tx) => {
      const seen = await this.standing(tx, wish);
      if (!seen.ok) return seen;
      const reason = wish.reason.trim();
      if (reason === '' || reason.length > TEXT_LENGTH_MAX) return refuse([noReason()]);
      const row = seen.value;
      const values = { version: row.version + 1, withdrawnAt: tx.now, withdrawnReason: reason };
      await this.repository.update(tx, row.id, { ...values, changedBy: viewer.name, changedAt: tx.now });
      const said = say('撤销中断', 'Withdrew the outage');
      return ok({ value: { id: row.id }, audit: factOf(row, said, row, { reason }) });
    });
  }

  private async standing(tx: Tx, { id, expectedVersion }: OutageAct): Promise<Result<OutageRow, readonly Refusal[]>> {
    const row = id === undefined ? null : await this.repository.locked(tx, id);
    if (!row) return refuse([noSuchOutage()]);
    if (row.withdrawnAt !== null) return refuse([withdrawnAlready()]);
    return row.version === expectedVersion ? ok(row) : refuse([changed(expectedVersion, row.version)]);
  }

  private attach(tx: Tx, viewer: Viewer, { fileIds }: Pick<OutageWish, 'fileIds'>, id: string): Promise<boolean> {
    return this.files.attach(tx, fileIds, FILES_OF, id, viewer.userId);
  }

  /** What the wish names, as it is kept; whatever is not there is refused where it was named. */
  private async resolved(wish: Omit<OutageWish, 'idempotencyKey'>) {
    const [[center], [pool], systems, order, window] = await Promise.all([
      this.facilities.centersByIds(wish.centerId ? [wish.centerId] : []),
      this.facilities.pools(wish.poolId ? [wish.poolId] : []),
      this.systems.systems(wish.systemIds),
      wish.orderCode === null ? null : this.orderOf(wish.orderCode),
      wish.windowCode === null ? null : this.maintenance.windowOfCode(wish.windowCode),
    ]);
    const refusals: Refusal[] = [];
    if (!center) refusals.push(unknown(['centerId'], '没有这个数据中心', 'There is no such center'));
    if (wish.poolId !== null && (!pool || pool.centerId !== center?.id))
      refusals.push(unknown(['poolId'], '该数据中心没有这个资源池', 'The center has no such pool'));
    for (const [at, system] of systems.entries())
      if (!system) refusals.push(unknown(['systemIds', String(at)], '没有这个系统', 'There is no such system'));
    if (wish.orderCode !== null && !order)
      refusals.push(unknown(['orderCode'], '没有这张工单', 'There is no such work order'));
    if (wish.windowCode !== null && (!window || window.centerId !== center?.id))
      refusals.push(unknown(['windowCode'], '该数据中心没有这次维护', 'The center has no such maintenance'));
    const { layer, title, fromAt, toAt, liability, source } = wish;
    const facts = {
      ...{ layer, title: title.trim(), fromAt, toAt, liability, source: source.trim(), centerId: center?.id ?? '' },
      excuse: liability === 'PROVIDER' ? null : (wish.excuse?.trim() ?? ''),
      ...{ poolId: pool?.id ?? null, orderId: order?.id ?? null, orderCode: order?.code ?? null },
      ...{ windowId: window?.id ?? null, windowCode: window?.code ?? null },
    };
    return { refusals, facts };
  }

  private async orderOf(code: string) {
    const { rows } = await this.orders.page(EVERY_ORDER, { search: code }, { first: 10, after: null });
    return rows.find((order) => order.code === code) ?? null;
  }

  private async spansOf(rows: readonly OutageRow[], time: Stretch, tx?: Tx): Promise<OutageSpan[]> {
    const now = this.clock.now();
    const windows = await this.maintenance.tookPlace(
      rows.flatMap(({ windowId }) => windowId ?? []),
      rows.flatMap(({ poolId }) => poolId ?? []),
      [new Date(time.from), new Date(time.to)],
      tx,
    );
    return rows.map((row) => ({
      ...{ row, counts: row.liability === 'PROVIDER', from: row.fromAt.getTime(), to: (row.toAt ?? now).getTime() },
      agreed: windows.filter((window) => excuses(window, row)).flatMap((window) => agreedTime(window, now) ?? []),
    }));
  }
}
