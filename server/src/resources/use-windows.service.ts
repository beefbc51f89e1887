import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { inUseOrder, sumOfUse, type UseOrder, type UseSum } from './domain/department-use.js';
import { isIdle } from './domain/idle.js';
import { ResourceUse } from './resource-use.service.js';
import type { ResourceRow } from './resources.types.js';
import type { ResourceUseWindowEntity } from './use-window.entity.js';
import { type DepartmentUseRow, UseWindowRepository } from './use-window.repository.js';

/** A day's figures move slowly; whoever waits for a list of idle machines waits for weeks of them anyway. */
const RECKON_EVERY_MS = 60 * 60_000;
/** Short transactions: pages are answered in between. */
const MACHINES_PER_RECKONING = 200;

/** Reckons of every machine in use what its window says, so that lists and sums need not. */
@Injectable()
export class UseWindows {
  /** Of this process; two workers that reckon at once write the same. */
  private last: { readonly at: number; readonly policy: string } | undefined;

  constructor(
    private readonly use: ResourceUse,
    private readonly repository: UseWindowRepository,
    private readonly work: UnitOfWork,
  ) {}

  /** Called by the worker's housekeeping: once an hour, and when the rules were changed. */
  async keep(now: Date): Promise<void> {
    const policy = JSON.stringify(await this.use.policy());
    if (this.last && this.last.policy === policy && now.getTime() - this.last.at < RECKON_EVERY_MS) return;
    await this.reckon(now);
    this.last = { at: now.getTime(), policy };
  }

  async reckon(now: Date): Promise<void> {
    let after = '';
    for (;;) {
      const machines = await this.repository.measured(after, MACHINES_PER_RECKONING);
      const rows = await this.judged(machines, now);
      await this.work.run((tx) => this.repository.write(tx, rows));
      const last = machines.at(-1);
      if (!last || machines.length < MACHINES_PER_RECKONING) break;
      after = last.id;
    }
    await this.work.run((tx) => this.repository.removeOlder(tx, now));
  }

  private async judged(machines: readonly ResourceRow[], now: Date): Promise<ResourceUseWindowEntity[]> {
    const policy = await this.use.policy();
    const windows = await this.use.windows(machines.map(({ id }) => id));
    const pairs = machines.map((row, at) => ({ row, window: windows[at] ?? null }));
    const smaller = await this.use.suggestions(pairs);
    return pairs.flatMap(({ row, window }, at): ResourceUseWindowEntity[] => {
      if (!window) return [];
      const { days, cpuMean, cpuP95, memoryMean, memoryP95 } = window;
      const seen = { resourceId: row.id, days, cpuP95, memoryP95, cpuMean, memoryMean, reckonedAt: now };
      if (isIdle(window, policy)) return [{ ...seen, finding: 'IDLE', offerId: null, savedFen: row.monthlyFen }];
      const offer = smaller[at];
      return [
        offer
          ? { ...seen, finding: 'OVERSIZED', offerId: offer.offerId, savedFen: offer.savedFen ?? 0n }
          : { ...seen, finding: null, offerId: null, savedFen: 0n },
      ];
    });
  }

  /** How long a window is by the rules. */
  async days(): Promise<number> {
    return (await this.use.policy()).IDLE_WINDOW_DAYS;
  }

  /** Machines that are idle by the rules. For the console itself: callers scope what they show. */
  idle(): ReturnType<UseWindowRepository['idle']> {
    return this.repository.idle();
  }

  /** Of every department that has machines in use. They are hundreds at most, and one statement sums them. */
  async departments(
    scope: TenantScope,
    { among, order }: { readonly among: readonly string[] | null; readonly order: UseOrder },
    page: PageRequest,
  ): Promise<Page<DepartmentUseRow>> {
    const all = inUseOrder(await this.repository.byDepartment(scope, among), order);
    const [after] = page.after ?? [];
    const from = after === undefined ? 0 : all.findIndex(({ departmentId }) => departmentId === after) + 1;
    const rows = all.slice(from, from + page.first);
    return { rows, totalCount: all.length, hasNextPage: from + rows.length < all.length };
  }

  async total(scope: TenantScope, among: readonly string[] | null): Promise<UseSum> {
    return sumOfUse(await this.repository.byDepartment(scope, among));
  }
}
