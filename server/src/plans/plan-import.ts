import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Cells } from '../imports/domain/cells.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SystemsService } from '../systems/systems.service.js';
import { PLAN_LINES_MAX, type PlanLineContent, tidied } from './domain/plan-line.js';
import { isEditable } from './domain/plan-state.js';
import { PLAN_COLUMNS, rowDraft, sameness } from './domain/plan-table.js';
import { PLAN_YEAR_MIN } from './domain/plan-year.js';
import { PlanCatalog, type PlanShelf, unknownOffer, withCatalog } from './plan-catalog.service.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlanLines, type PricedContent } from './plan-lines.service.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanRow } from './plans.types.js';

interface LineToAdd {
  readonly planId: string;
  readonly content: PricedContent;
}

type System = Awaited<ReturnType<SystemsService['systemsByCodes']>>[number];

interface Looked {
  readonly systems: ReadonlyMap<string, System>;
  /** By department and year. */
  readonly plans: ReadonlyMap<string, PlanRow>;
  /** What each plan says already. */
  readonly said: ReadonlyMap<string, Set<string>>;
  readonly counts: Map<string, number>;
  readonly shelf: PlanShelf;
}

const YEARS_AHEAD_MAX = 3;
const SYSTEM_CODES_MAX = 5_000;

/** Lines of plans from a table, into the drafts of their departments. */
@Injectable()
export class PlanImport implements TableImport<LineToAdd>, OnModuleInit {
  readonly source = 'TABLE';
  readonly name = 'plan-lines';
  readonly title = say('年度用云需求计划明细', 'Lines of yearly plans');
  readonly permission = { object: 'PLAN', action: 'IMPORT' } as const;
  readonly page = '/plans';
  readonly columns = PLAN_COLUMNS;

  constructor(
    private readonly plans: PlansRepository,
    private readonly repository: PlanLinesRepository,
    private readonly lines: PlanLines,
    private readonly catalog: PlanCatalog,
    private readonly systems: SystemsService,
    private readonly registry: ImportRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly TableRow[], context: ImportContext): Promise<RowPlan<LineToAdd>[]> {
    const latest = accountingYear(this.clock.now()) + YEARS_AHEAD_MAX;
    const drafts = rows.map((row) => {
      const cells = new Cells(row);
      return { row, cells, ...rowDraft(cells, PLAN_YEAR_MIN, latest) };
    });
    const looked = await this.look(drafts, context);
    return drafts.map(({ row, cells, year, systemCode, draft }): RowPlan<LineToAdd> => {
      const problems: CellProblem[] = [...cells.problems];
      const system = systemCode === null ? undefined : looked.systems.get(systemCode);
      if (systemCode !== null && !system)
        problems.push({
          column: 'systemCode',
          message: say(
            `没有编号为 ${systemCode} 的系统，或不属于您的单位`,
            `There is no system ${systemCode}, or it is not your department’s`,
          ),
        });
      const plan = system && year !== null ? looked.plans.get(`${system.departmentId} ${year}`) : undefined;
      if (system && year !== null && (!plan || !isEditable(plan.state)))
        problems.push({
          column: 'year',
          message: plan
            ? say(
                `${year} 年计划 ${plan.code} 已提交，撤回或退回后才能导入`,
                `The plan ${plan.code} of ${year} was sent; withdraw it first`,
              )
            : say(
                `该单位还没有 ${year} 年计划，请先新建`,
                `Its department has no plan of ${year} yet; begin one first`,
              ),
        });
      const unknown = draft && unknownOffer(looked.shelf, draft);
      if (unknown) problems.push({ column: 'offerCode', message: unknown });
      if (problems.length > 0 || !draft || !system || !plan) return { row: row.number, outcome: 'PROBLEM', problems };
      const content = withCatalog(
        tidied({
          ...draft,
          systemId: system.id,
          quotaMeter: null,
          localMode: draft.localMode ?? system.localMode,
          remoteMode: draft.remoteMode ?? system.remoteMode,
        }),
        looked.shelf,
      );
      return outcomeOf(row.number, plan, content, looked);
    });
  }

  async apply(
    tx: Tx,
    additions: readonly Addition<LineToAdd>[],
    { actor, scope }: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>> {
    const problems: RowProblem[] = [];
    const byPlan = [...Map.groupBy(additions, ({ value }) => value.planId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [planId, group] of byPlan) {
      const plan = await this.plans.locked(tx, scope, planId);
      if (!plan || !isEditable(plan.state))
        problems.push({
          row: group[0]?.row ?? 0,
          column: 'year',
          message: say('计划已提交或已作废', 'The plan was sent or given up'),
        });
      else
        await this.lines.append(
          tx,
          plan,
          actor.userId,
          group.map(({ value }) => value.content),
        );
    }
    return problems.length > 0 ? refuse(problems) : ok({});
  }

  private async look(
    drafts: readonly { readonly year: number | null; readonly systemCode: string | null }[],
    { scope }: ImportContext,
  ): Promise<Looked> {
    const codes = [...new Set(drafts.flatMap((draft) => draft.systemCode ?? []))].slice(0, SYSTEM_CODES_MAX);
    const found = (await this.systems.systemsByCodes(codes)).filter((system) => covers(scope, system.departmentId));
    const years = [...new Set(drafts.flatMap((draft) => draft.year ?? []))];
    const [annuals, shelf] = await Promise.all([
      years.length === 0
        ? []
        : this.plans.annualsOf(
            found.map((system) => system.departmentId),
            years,
          ),
      this.catalog.shelf(),
    ]);
    const said = new Map<string, Set<string>>();
    for (const plan of annuals) said.set(plan.id, new Set());
    for (const line of await this.repository.ofPlans(annuals.map((plan) => plan.id)))
      said.get(line.planId)?.add(sameness(contentOf(line)));
    return {
      shelf,
      said,
      systems: new Map(found.map((system) => [system.code, system])),
      plans: new Map(annuals.map((plan) => [`${plan.departmentId} ${plan.year}`, plan])),
      counts: new Map(annuals.map((plan) => [plan.id, plan.lineCount])),
    };
  }
}

function outcomeOf(row: number, plan: PlanRow, content: PricedContent, { said, counts }: Looked): RowPlan<LineToAdd> {
  const marks = said.get(plan.id) ?? new Set();
  const mark = sameness(contentOf(content));
  if (marks.has(mark)) return { row, outcome: 'UNCHANGED' };
  const count = (counts.get(plan.id) ?? 0) + 1;
  if (count > PLAN_LINES_MAX)
    return {
      row,
      outcome: 'PROBLEM',
      problems: [
        {
          column: null,
          message: say(`一份计划最多 ${PLAN_LINES_MAX} 行`, `A plan has at most ${PLAN_LINES_MAX} lines`),
        },
      ],
    };
  counts.set(plan.id, count);
  marks.add(mark);
  said.get(plan.id)?.add(mark);
  return { row, outcome: 'ADD', value: { planId: plan.id, content } };
}

/** Without its row and its price. */
function contentOf(line: PlanLineContent): PlanLineContent {
  const {
    systemId,
    kind,
    count,
    vcpu,
    memoryMib,
    ssdGib,
    hddGib,
    architecture,
    zone,
    offerCode,
    quotaMeter,
    halfUnits,
    powerW,
    localMode,
    remoteMode,
    month,
    reason,
  } = line;
  return {
    systemId,
    kind,
    count,
    vcpu,
    memoryMib,
    ssdGib,
    hddGib,
    architecture,
    zone,
    offerCode,
    quotaMeter,
    halfUnits,
    powerW,
    localMode,
    remoteMode,
    month,
    reason,
  };
}
