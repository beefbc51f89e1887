import { Inject, Injectable } from '@nestjs/common';
import { type Month, monthAfter, monthBefore, monthOfMoment } from '../accounting/domain/accounting-units.js';
import { Acts } from '../audit/acts.service.js';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { CostSums } from '../costs/cost-sums.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { StandingGrades } from '../grades/standing-grades.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope, Viewer } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { ReclaimService } from '../reclaim/reclaim.service.js';
import { SystemSites } from '../resources/system-sites.service.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { UtilisationService } from '../utilisation/utilisation.service.js';
import type { UseSum } from '../utilisation/utilisation.types.js';
import { type SystemInNotice, type UsageContent, usageNoticeMade } from './domain/usage-notice.js';
import { type NoticeFilter, type UsageNoticeRow, UsageRepository } from './usage.repository.js';
import { readAlready, unknownNotice } from './usage-refusals.js';

/** The first days of a month bring the last samples and late facts of the month before. */
const MADE_FROM_DAY = 3;
const SYSTEMS_PER_READING = 200;
const FIRST = { first: 1, after: null };

type Machine = Awaited<ReturnType<SystemSites['machinesInUse']>>[number];

interface Ground {
  readonly month: Month;
  readonly systems: readonly GovernmentSystem[];
  readonly machines: ReadonlyMap<string, readonly Machine[]>;
  readonly uses: ReadonlyMap<string, UseSum>;
  readonly costs: ReadonlyMap<string, Fen>;
  readonly costsOfDepartments: ReadonlyMap<string, Fen>;
  readonly costsBefore: ReadonlyMap<string, Fen>;
}

/** 资源使用通报: once a month to the head of each department, what it has, uses and costs, and what wants something done. */
@Injectable()
export class UsageNotices {
  /** Of this process: every department was looked at for that month. */
  private doneMonth: Month | null = null;

  constructor(
    private readonly repository: UsageRepository,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly sites: SystemSites,
    private readonly utilisation: UtilisationService,
    private readonly costs: CostSums,
    private readonly grades: StandingGrades,
    private readonly reclaim: ReclaimService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(scope: TenantScope, filter: NoticeFilter, page: PageRequest): Promise<Page<UsageNoticeRow>> {
    return this.repository.notices(scope, filter, page);
  }

  inScope(scope: TenantScope, id: string): Promise<UsageNoticeRow | null> {
    return this.repository.notice(scope, id);
  }

  /** Called by housekeeping: of the month before, from its third day on. */
  async run(actor: Actor): Promise<void> {
    const now = this.clock.now();
    if (Number(calendarDate(now).slice(8)) < MADE_FROM_DAY) return;
    const month = monthBefore(monthOfMoment(now.getTime()));
    if (this.doneMonth === month) return;
    await this.make(actor, month);
    this.doneMonth = month;
  }

  /** Of every department that has machines or had cost, and has none of that month yet. */
  async make(actor: Actor, month: Month): Promise<void> {
    const [ground, known] = await Promise.all([this.ground(month), this.repository.noticed(month)]);
    const bySystems = Map.groupBy(ground.systems, ({ departmentId }) => departmentId);
    const ids = [...new Set([...bySystems.keys(), ...ground.costsOfDepartments.keys()])].filter((id) => !known.has(id));
    const departments = (await this.departments.departments(ids)).flatMap((one) => one ?? []);
    await eachAlone(departments, async ({ id, name }) => {
      const content = await this.contentOf(ground, id, name, bySystems.get(id) ?? []);
      try {
        await this.write(actor, id, content);
      } catch (error) {
        // Another worker was as quick.
        if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      }
    });
  }

  private write(actor: Actor, departmentId: string, content: UsageContent) {
    const hash = this.crypto.sm3(canonicalJson(content)).toString('hex');
    const input = { departmentId, month: content.month };
    return this.acts.perform({ name: 'performance.usageNotice', actor, input }, async (tx) => {
      const row: UsageNoticeRow = {
        ...{ id: newId(tx.now.getTime()), month: content.month, departmentId, departmentName: content.departmentName },
        ...{ content, hash, madeAt: tx.now, readBy: null, readAt: null },
      };
      await this.repository.insertNotice(tx, row);
      await this.notices.tell(tx, usageNoticeMade(row.id, departmentId, content));
      return ok({
        value: { id: row.id },
        audit: {
          ...{ objectType: 'UsageNotice', objectId: row.id, departmentId },
          summary: say(`生成 ${content.month} 资源使用通报`, `Made the notice of use of ${content.month}`),
          after: { hash },
        },
      });
    });
  }

  /** 阅知, by the head of the department; once. */
  acknowledge(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly id: string | undefined; readonly idempotencyKey: string },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'performance.readNotice', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.notice(scope, wish.id ?? '-', tx.manager);
      if (!row) return refuse([unknownNotice()]);
      if (!(await this.repository.markRead(tx, row.id, viewer.name))) return refuse([readAlready()]);
      return ok({
        value: { id: row.id },
        audit: {
          ...{ objectType: 'UsageNotice', objectId: row.id, departmentId: row.departmentId },
          summary: say(`阅知 ${row.month} 资源使用通报`, `Read the notice of use of ${row.month}`),
        },
      });
    });
  }

  private async ground(month: Month): Promise<Ground> {
    const before = monthBefore(month);
    const [running, costs, costsOfDepartments, costsBefore] = await Promise.all([
      this.sites.systemsInUse(),
      this.costs.used('SYSTEM', month, month),
      this.costs.used('DEPARTMENT', month, month),
      this.costs.used('DEPARTMENT', before, before),
    ]);
    const ids = [...new Set([...running, ...costs.keys()])];
    const systems: GovernmentSystem[] = [];
    const machines: Machine[] = [];
    const uses: UseSum[] = [];
    for (let at = 0; at < ids.length; at += SYSTEMS_PER_READING) {
      const some = ids.slice(at, at + SYSTEMS_PER_READING);
      systems.push(...(await this.systems.systems(some)).flatMap((one) => one ?? []));
      const found = await this.sites.machinesInUse(some);
      machines.push(...found);
      const seen = found.map(({ id }) => id);
      uses.push(...(await this.utilisation.sums(seen, `${month}-01`, `${monthAfter(month)}-01`)));
    }
    return {
      ...{ month, systems, costs, costsOfDepartments, costsBefore },
      machines: Map.groupBy(machines, ({ systemId }) => systemId),
      uses: new Map(uses.map((use) => [use.resourceId, use])),
    };
  }

  private async contentOf(
    ground: Ground,
    departmentId: string,
    departmentName: string,
    systems: readonly GovernmentSystem[],
  ): Promise<UsageContent> {
    const inOrder = systems.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    const scope = { kind: 'DEPARTMENTS', departmentIds: [departmentId] } as const;
    const [grades, { totalCount: openCases }] = await Promise.all([
      this.grades.of([departmentId, ...inOrder.map(({ id }) => id)]),
      this.reclaim.page(scope, { states: ['NOTICED', 'UNANSWERED'], search: null }, FIRST),
    ]);
    const [own = null, ...ofSystems] = grades;
    const machinesOf = (id: string) => ground.machines.get(id) ?? [];
    const all = inOrder.flatMap(({ id }) => machinesOf(id));
    const province = meansOf([...ground.uses.values()]);
    const mine = meansOf(all.flatMap(({ id }) => ground.uses.get(id) ?? []));
    return {
      ...{ month: ground.month, departmentName, ...sizeOf(all), ...mine },
      systems: inOrder.map(({ id, code, name }, at): SystemInNotice => {
        const machines = machinesOf(id);
        return {
          ...{ code, name, ...sizeOf(machines) },
          ...meansOf(machines.flatMap((one) => ground.uses.get(one.id) ?? [])),
          cost: (ground.costs.get(id) ?? 0n).toString(),
          grade: ofSystems[at]?.grade ?? null,
        };
      }),
      ...{ provinceCpuMean: province.cpuMean, provinceMemoryMean: province.memoryMean },
      cost: (ground.costsOfDepartments.get(departmentId) ?? 0n).toString(),
      costBefore: (ground.costsBefore.get(departmentId) ?? 0n).toString(),
      ...{ openCases, grade: own?.grade ?? null, gradeCode: own?.code ?? null },
    };
  }
}

function sizeOf(machines: readonly Machine[]) {
  const sum = (of: 'vcpu' | 'memoryMib') => machines.reduce((total, one) => total + one[of], 0);
  return { machines: machines.length, vcpu: sum('vcpu'), memoryMib: sum('memoryMib') };
}

/** Weighted by size; null = none was seen. */
function meansOf(uses: readonly UseSum[]): { readonly cpuMean: number | null; readonly memoryMean: number | null } {
  const mean = (used: 'cpu' | 'memory', size: 'vcpuDays' | 'mibDays') => {
    const whole = uses.reduce((sum, use) => sum + use[size], 0n);
    return whole === 0n ? null : Number(uses.reduce((sum, use) => sum + use[used], 0n) / whole);
  };
  return { cpuMean: mean('cpu', 'vcpuDays'), memoryMean: mean('memory', 'mibDays') };
}
