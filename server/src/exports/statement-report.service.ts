import { Injectable } from '@nestjs/common';
import { type StatementSide, StatementsService } from '../accounting/statements.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { calendarDate } from '../kernel/calendar.js';
import { formatUnitPrice } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { perPricedUnit } from '../metering/domain/meter-units.js';
import { PricingService } from '../pricing/pricing.service.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  hundredthsText,
  type Report,
  type ReportCell,
  type ReportColumn,
  type ReportGroup,
} from './domain/report-layout.js';
import { noMonth, tooLong, unknownDepartment } from './export-refusals.js';
import { sideWords } from './side-words.js';

type Uses = Awaited<ReturnType<StatementsService['resources']>>['rows'];
type Use = Uses[number];
type Line = Awaited<ReturnType<StatementsService['linesOf']>>[number][number];
type Correction = Awaited<ReturnType<StatementsService['correctionsOf']>>[number][number];

/** Uses asked for at once, each with its lines. */
const USES_PER_PAGE = 200;
/** A paper of three hundred pages; whoever needs every line of more takes FOCUS. */
const LINES_MAX = 10_000;
const DEPARTMENTS_MAX = 2_000;
const CAUSES: { readonly [cause: string]: string } = {
  LATE_FACT: '补记更正',
  PRICE: '调价更正',
  OWNER: '归属更正',
  DISPUTE: '异议更正',
};
const LINE_COLUMNS: readonly ReportColumn[] = [
  { title: '资源编号', share: 1.5 },
  { title: '资源名称', share: 1.9 },
  { title: '计费项', share: 1.5 },
  { title: '数量', share: 0.9 },
  { title: '单价（元）', share: 1 },
  { title: '计费时段', share: 2.2 },
  { title: '说明', share: 1.2 },
  { title: '金额', share: 1.3, money: true },
];
const DEPARTMENT_COLUMNS: readonly ReportColumn[] = [
  { title: '单位', share: 3 },
  { title: '资源数', share: 1 },
  { title: '其中容灾', share: 1.4, money: true },
  { title: '其中更正', share: 1.4, money: true },
  { title: '金额', share: 1.6, money: true },
];

/** 月度费用核算单 on paper: of one department line by line, of all of them department by department. */
@Injectable()
export class StatementReports {
  constructor(
    private readonly statements: StatementsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly pricing: PricingService,
  ) {}

  async of(
    scope: TenantScope,
    month: string,
    departmentId: string | null,
    side: StatementSide,
  ): Promise<Result<Report, readonly Refusal[]>> {
    if (!this.statements.isMonth(month)) return refuse([noMonth()]);
    if (departmentId === null) return this.ofAll(scope, month, side);
    const [department] = covers(scope, departmentId) ? await this.departments.departments([departmentId]) : [];
    return department ? this.ofOne(scope, month, department) : refuse([unknownDepartment()]);
  }

  private async ofOne(
    scope: TenantScope,
    month: string,
    department: { readonly id: string; readonly name: string },
  ): Promise<Result<Report, readonly Refusal[]>> {
    const view = await this.statements.view(month);
    const filter = { view, departmentId: department.id };
    const uses: { use: Use; rows: ReportCell[][] }[] = [];
    let rows = 0;
    for (let after: readonly string[] | null = null; ; ) {
      const page = await this.statements.resources(scope, filter, { first: USES_PER_PAGE, after });
      const made = await this.rowsOf(scope, month, page.rows);
      uses.push(...made);
      rows += made.reduce((sum, one) => sum + one.rows.length, 0);
      if (rows > LINES_MAX) return refuse([tooLong(LINES_MAX)]);
      const last = page.rows.at(-1);
      if (!page.hasNextPage || !last) break;
      after = [last.code, last.resourceId];
    }
    const closed = view.open === null || !isOpen(view.open, department.id);
    return ok({
      title: `${department.name}政务云费用核算单`,
      subtitle: `${month}${closed ? '（已结账）' : await this.draftWords(month)}`,
      columns: LINE_COLUMNS,
      groups: await this.bySystem(uses),
      inWords: LINE_COLUMNS.length - 1,
      notes: NOTES,
    });
  }

  private async rowsOf(scope: TenantScope, month: string, uses: Uses): Promise<{ use: Use; rows: ReportCell[][] }[]> {
    const keys = uses.map(({ resourceId }) => ({ scope, month, resourceId }));
    const [lines, corrections] = await Promise.all([
      this.statements.linesOf(keys),
      this.statements.correctionsOf(keys),
    ]);
    const meters = [...new Set([...lines.flat(), ...corrections.flat()].map(({ meter }) => meter))];
    const words = await this.pricing.meterWords(meters);
    const names = new Map(meters.map((meter, at) => [meter, words[at]]));
    return uses.map((use, at) => ({
      use,
      rows: [
        ...(lines[at] ?? []).map((line) => lineRow(use, line, names.get(line.meter))),
        ...(corrections[at] ?? []).map((line) =>
          correctionRow(use, line, names.get(line.meter)?.name.zh ?? line.meter),
        ),
      ],
    }));
  }

  /** In the order of systems' names; what is of none comes last. */
  private async bySystem(uses: readonly { use: Use; rows: ReportCell[][] }[]): Promise<ReportGroup[]> {
    const groups = Map.groupBy(uses, ({ use }) => use.systemId);
    const ids = [...groups.keys()].filter((id) => id !== null);
    const systems = await this.systems.systems(ids);
    const named = ids.map((id, at) => ({ name: systems[at]?.name ?? '—', uses: groups.get(id) ?? [] }));
    const inOrder = named.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
    const rest = groups.get(null);
    return [...inOrder, ...(rest ? [{ name: '未归属系统', uses: rest }] : [])].map(({ name, uses: some }) => ({
      name,
      rows: some.flatMap(({ rows }) => rows),
    }));
  }

  private async ofAll(
    scope: TenantScope,
    month: string,
    side: StatementSide,
  ): Promise<Result<Report, readonly Refusal[]>> {
    const page = await this.statements.departments(scope, month, { first: DEPARTMENTS_MAX, after: null }, side);
    // A table that ends before its last row has a total that is none.
    if (page.hasNextPage) return refuse([tooLong(DEPARTMENTS_MAX)]);
    const names = await this.departments.departments(page.rows.map(({ departmentId }) => departmentId));
    const view = await this.statements.view(month);
    return ok({
      title: `${sideWords(scope, side)}政务云费用核算汇总表`,
      subtitle: `${month}${view.open === null ? '（已结账）' : await this.draftWords(month)}`,
      columns: DEPARTMENT_COLUMNS,
      groups: [
        {
          name: '',
          rows: page.rows.map(({ amount, correctedAmount, drAmount, resources }, at) => [
            names[at]?.name ?? '—',
            String(resources),
            ...[drAmount, correctedAmount, amount].map((fen) => ({ fen })),
          ]),
        },
      ],
      inWords: DEPARTMENT_COLUMNS.length - 1,
      notes: NOTES,
    });
  }

  private async draftWords(month: string): Promise<string> {
    const { complete, until } = await this.statements.frame(month);
    return complete ? '（未结账）' : `（未结账，算至 ${calendarDate(new Date(until.getTime() - 1))}）`;
  }
}

const NOTES = ['核算费用按计费标准与使用时长计算，为管理口径，不等同于向供应商支付的支出。'];

function isOpen(
  { departmentIds, without }: { departmentIds: readonly string[]; without: boolean },
  id: string,
): boolean {
  return departmentIds.includes(id) !== without;
}

function lineRow(
  use: Use,
  { amount, from, kind, meter, minimum, portion, quantity, state, suspended, tier, to, version }: Line,
  words: { readonly name: { readonly zh: string }; readonly unit: { readonly zh: string } } | undefined,
): ReportCell[] {
  const size = Number(quantity) / Number(perPricedUnit(meter));
  const part = kind === 'SHARED' ? `分摊 ${percentWords(portion)}` : '';
  const said = [part, tier > 0 ? `第 ${tier + 1} 档` : '', minimum ? '当日起止' : ''].filter(Boolean).join('，');
  const remark = suspended ? '异议中，暂不计费' : STATE_WORDS[state] || said;
  return [
    use.code,
    use.name,
    words?.name.zh ?? meter,
    `${Number.isInteger(size) ? size : size.toFixed(3)} ${words?.unit.zh ?? ''}`.trim(),
    version ? formatUnitPrice(version.price).replace(/0{1,4}$/, '') : '—',
    spanWords(from, to),
    remark,
    { fen: suspended ? 0n : (amount ?? 0n) },
  ];
}

const STATE_WORDS: { readonly [S in Line['state']]: string } = {
  RATED: '',
  UNPRICED: '缺计费标准',
  DISPUTED: '交付有异议',
};

function correctionRow(use: Use, { amount, cause, ofMonth }: Correction, name: string): ReportCell[] {
  return [
    use.code,
    use.name,
    name,
    '',
    '',
    ofMonth,
    cause === null ? '冲回' : (CAUSES[cause] ?? cause),
    { fen: amount },
  ];
}

/** Of what is spread: without it the unit price, which is the whole of it, explains nothing. */
function percentWords({ denominator, numerator }: Line['portion']): string {
  const hundredths = (2n * numerator * PER_MYRIAD + denominator) / (2n * denominator);
  return `${hundredthsText(hundredths, false)}%`;
}

const PER_MYRIAD = 10_000n;

/** Days where it begins and ends at midnight, else with the time. */
function spanWords(from: number, to: number): string {
  const text = (at: number) => new Date(at + SHANGHAI_OFFSET_MS).toISOString();
  const midnight = [from, to].every((at) => text(at).slice(11, 19) === '00:00:00');
  if (midnight) return `${text(from).slice(5, 10)} 至 ${text(to - 1).slice(5, 10)}`;
  return `${text(from).slice(5, 16).replace('T', ' ')} 至 ${text(to).slice(5, 16).replace('T', ' ')}`;
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
