import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf } from '../platform/database/unit-of-work.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { UsageHistory } from '../resources/usage-history.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { PLAN_LINES_MAX, type PlanLineContent } from './domain/plan-line.js';
import { monthlyOf } from './domain/plan-price.js';
import { type PlanKind, planTable } from './domain/plan-state.js';
import { PlanCatalog } from './plan-catalog.service.js';
import type { Answer } from './plan-desk.service.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { rowsOf } from './plan-lines.service.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanRow } from './plans.types.js';

/** With what a new plan begins: nothing, what was approved for the year before, or what runs today. */
export const PLAN_STARTS = ['EMPTY', 'LAST_YEAR', 'RUNNING_NOW'] as const;
export type PlanStart = (typeof PLAN_STARTS)[number];

const REASON_LENGTH_MAX = 500;
/** Systems of one department; the largest of a province has some dozens. */
const SYSTEMS_MAX = 500;
const JANUARY = 1;

export interface NewPlanWish {
  readonly kind: PlanKind;
  readonly year: number;
  readonly departmentId: string | undefined;
  readonly start: PlanStart;
  /** Why more is needed; of additions. */
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Beginning a plan or an addition. */
@Injectable()
export class PlanStarts {
  constructor(
    private readonly plans: PlansRepository,
    private readonly lines: PlanLinesRepository,
    private readonly catalog: PlanCatalog,
    private readonly offers: CatalogService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly usage: UsageHistory,
    private readonly quotas: QuotasService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
  ) {}

  /** `scope`: of whose departments the viewer may write plans. */
  async create(viewer: Viewer, scope: TenantScope, wish: NewPlanWish): Answer {
    const { idempotencyKey, ...input } = wish;
    const departmentId = wish.departmentId ?? '-';
    const [department] = covers(scope, departmentId) ? await this.departments.departments([departmentId]) : [];
    if (!department) return refuse([unknownDepartment()]);
    const [shelf, contents] = await Promise.all([this.catalog.shelf(), this.contentsOf(wish, departmentId)]);
    try {
      return await this.acts.perform({ name: 'plan.create', actor: viewer, idempotencyKey, input }, async (tx) => {
        const wrong = await this.wrongWith(wish, departmentId, tx.manager);
        if (wrong.length > 0) return refuse(wrong);
        const id = newId(tx.now.getTime());
        const rows = rowsOf(tx, id, contents, shelf, 1);
        const plan: PlanRow = {
          id,
          code: await this.codes.nextWithin(tx.manager, wish.kind === 'ANNUAL' ? 'JH' : 'ZJ', wish.year),
          kind: wish.kind,
          annual: wish.kind === 'ANNUAL' ? 1 : null,
          year: wish.year,
          departmentId,
          state: planTable.initial,
          stateSince: tx.now,
          version: 1,
          round: 0,
          reason: wish.kind === 'ANNUAL' ? '' : wish.reason.trim(),
          authorIds: [viewer.userId],
          lineCount: rows.length,
          monthlyFen: monthlyOf(rows),
          createdAt: tx.now,
          createdByName: viewer.name,
          quotasSetAt: null,
        };
        await this.plans.insert(tx, [plan]);
        await this.lines.insert(tx, rows);
        return ok({
          value: { id },
          audit: {
            objectType: 'Plan',
            objectId: id,
            departmentId,
            summary:
              wish.kind === 'ANNUAL'
                ? say(`开始编制 ${plan.code}`, `Began the yearly plan ${plan.code}`)
                : say(`开始追加 ${plan.code}`, `Began the addition ${plan.code}`),
            after: { year: wish.year, start: wish.start, lines: rows.length },
          },
        });
      });
    } catch (error) {
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      return refuse([thereAlready(wish.year)]);
    }
  }

  private async wrongWith(
    wish: NewPlanWish,
    departmentId: string,
    manager: Parameters<PlansRepository['annualOf']>[2],
  ): Promise<Refusal[]> {
    if (!(await this.plans.year(wish.year, manager)))
      return [
        {
          code: 'UNKNOWN_REFERENCE',
          path: ['year'],
          message: say(`${wish.year} 年的计划申报尚未启动`, `The plan year ${wish.year} is not open`),
        },
      ];
    const annual = await this.plans.annualOf(departmentId, wish.year, manager);
    if (wish.kind === 'ANNUAL') return annual ? [thereAlready(wish.year)] : [];
    const wrong: Refusal[] = [];
    if (annual?.state !== 'APPROVED')
      wrong.push({
        code: 'NOT_PERMITTED',
        path: ['year'],
        reason: 'NO_APPROVED_PLAN',
        message: say(
          `${wish.year} 年计划批准后才能追加；现在可直接修改年度计划`,
          `Additions follow an approved plan; change the plan of ${wish.year} itself`,
        ),
      });
    if (wish.reason.trim() === '' || wish.reason.length > REASON_LENGTH_MAX)
      wrong.push({
        code: 'INVALID_INPUT',
        path: ['reason'],
        rule: 'length',
        message: say(
          `请说明追加理由，1 至 ${REASON_LENGTH_MAX} 字`,
          `Say why more is needed in 1 to ${REASON_LENGTH_MAX} characters`,
        ),
      });
    return wrong;
  }

  private contentsOf({ kind, start, year }: NewPlanWish, departmentId: string): Promise<PlanLineContent[]> | [] {
    if (kind === 'ADDITION' || start === 'EMPTY') return [];
    return start === 'LAST_YEAR' ? this.ofYear(year - 1, departmentId) : this.running(departmentId);
  }

  /** What was accepted for the year, additions too; all of it from January on. */
  private async ofYear(year: number, departmentId: string): Promise<PlanLineContent[]> {
    const lines = await this.lines.ofYear({ year, states: ['APPROVED'], departmentIds: [departmentId] });
    return lines
      .map((line) => ({ ...line, count: line.acceptedCount ?? line.count, month: JANUARY }))
      .filter((line) => line.count > 0)
      .slice(0, PLAN_LINES_MAX);
  }

  /** Machines by their size, servers and cabinet space as far as quotas count them. Each stands where it stands, once. */
  private async running(departmentId: string): Promise<PlanLineContent[]> {
    const scope: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [departmentId] };
    const { rows: systems } = await this.systems.list(scope, {}, { first: SYSTEMS_MAX, after: null });
    const ids = systems.map((system) => system.id);
    const [shapes, figures, classes] = await Promise.all([
      this.usage.shapesOfSystems(ids),
      this.quotas.figures(ids),
      this.offers.servers(false),
    ]);
    const machines = shapes.map(
      ({ systemId, machines, vcpu, memoryMib, diskGib, storageTier, architecture, zone }): PlanLineContent => ({
        ...blank(systemId, 'VM', machines),
        vcpu,
        memoryMib,
        ssdGib: storageTier === 'SSD' ? diskGib : 0,
        hddGib: storageTier === 'HDD' ? diskGib : 0,
        architecture,
        zone,
      }),
    );
    const things = systems.flatMap(({ id }, at): PlanLineContent[] => {
      const live = (meter: 'SERVER' | 'CABINET_HALF_UNIT' | 'POWER_W') => figures[at]?.meters[meter]?.live ?? 0;
      const [offer] = classes;
      const servers =
        offer && live('SERVER') > 0 ? [{ ...blank(id, 'SERVER', live('SERVER')), offerCode: offer.code }] : [];
      // One place a unit, so that no line is larger than a cabinet.
      const units = Math.ceil(live('CABINET_HALF_UNIT') / 2);
      const space =
        units > 0 ? [{ ...blank(id, 'CABINET', units), halfUnits: 2, powerW: Math.ceil(live('POWER_W') / units) }] : [];
      return [...servers, ...space];
    });
    return [...machines, ...things].slice(0, PLAN_LINES_MAX);
  }
}

function blank(systemId: string, kind: PlanLineContent['kind'], count: number): PlanLineContent {
  return {
    systemId,
    kind,
    count,
    vcpu: 0,
    memoryMib: 0,
    ssdGib: 0,
    hddGib: 0,
    architecture: null,
    zone: null,
    offerCode: null,
    quotaMeter: null,
    halfUnits: 0,
    powerW: 0,
    localMode: 'SINGLE',
    remoteMode: 'NONE',
    month: JANUARY,
    reason: '在用资源，继续使用',
  };
}

function unknownDepartment(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['departmentId'],
    message: say('找不到这个单位，或您不能为它编制计划', 'There is no such department, or you do not write its plans'),
  };
}

function thereAlready(year: number): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['year'],
    reason: 'THERE_ALREADY',
    message: say(
      `本单位已有 ${year} 年计划，请打开它继续编制`,
      `There is a plan of ${year} already; open it and go on`,
    ),
  };
}
