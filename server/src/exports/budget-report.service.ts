import { Injectable } from '@nestjs/common';
import type { StatementSide } from '../accounting/statements.service.js';
import { BudgetsService } from '../budgets/budgets.service.js';
import { availableOf, type Budget } from '../budgets/domain/budget.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { ofEveryPage, type PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { Report, ReportCell, ReportColumn } from './domain/report-layout.js';
import { noYear, tooLong } from './export-refusals.js';

const PAGE = 500;
const NATURE_WORDS: { readonly [N in Budget['fundNature']]: string } = {
  GENERAL_BUDGET: '一般公共预算',
  GOVERNMENT_FUND: '政府性基金',
  STATE_CAPITAL: '国有资本经营',
  SPECIAL_BOND: '专项债券',
  OWN_FUNDS: '单位自有资金',
};
const COLUMNS: readonly ReportColumn[] = [
  { title: '预算单位', share: 2 },
  { title: '预算项目', share: 2.4 },
  { title: '项目编码', share: 1.7 },
  { title: '功能分类', share: 1 },
  { title: '经济分类', share: 0.9 },
  { title: '资金性质', share: 1.3 },
  { title: '预算数', share: 1.5, money: true },
  { title: '已占用', share: 1.4, money: true },
  { title: '已列支', share: 1.4, money: true },
  {
    ...{ title: '可用', share: 1.5, money: true },
    of: [
      [6, 1],
      [7, -1],
      [8, -1],
    ],
  },
  { title: '执行率', share: 0.8, figure: true },
];
const PER_MILLE = 1_000n;

/** 预算执行情况表: every budget item of a year, with a 小计 of each department that is what the department has. */
@Injectable()
export class BudgetReports {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly departments: DepartmentsService,
  ) {}

  /** Of the whole province one side: what cities have never enters the province's sum. */
  async of(
    scope: TenantScope,
    year: number,
    departmentId: string | null,
    side: StatementSide,
    most: number,
  ): Promise<Result<Report, readonly Refusal[]>> {
    if (!Number.isInteger(year) || year < 2000 || year > 2199) return refuse([noYear()]);
    const isOfAll = scope.kind === 'PROVINCE' && departmentId === null;
    const asked = { year, departmentId };
    const filter = isOfAll ? await this.budgets.ofSide(side, asked) : asked;
    // Rows are not read only to be thrown away.
    if ((await this.budgets.list(scope, filter, { first: 1, after: null })).totalCount > most)
      return refuse([tooLong(most)]);
    const all = await this.all(scope, filter);
    const byDepartment = Map.groupBy(all, (budget) => budget.departmentId);
    const names = await this.departments.departments([...byDepartment.keys()]);
    return ok({
      title: '政务云预算执行情况表',
      subtitle: isOfAll && side === 'CITIES' ? `${year} 年度（设区市）` : `${year} 年度`,
      columns: COLUMNS,
      groups: [...byDepartment.values()].map((some, at) => {
        const name = names[at]?.name ?? '—';
        return { name, rows: some.flatMap((budget) => rowsOf(name, budget)) };
      }),
      inWords: COLUMNS.findIndex(({ title }) => title === '已列支'),
      notes: [
        '执行率 = 已列支 ÷ 预算数；“未分配”为单位预算中尚未分到项目的部分。可用为负的是既往使用超支。',
        ...(isOfAll && side === 'PROVINCE' ? ['设区市的预算自行管理，不计入本表。'] : []),
      ],
    });
  }

  private all(scope: TenantScope, filter: Parameters<BudgetsService['list']>[1]): Promise<Budget[]> {
    const pageOf = (page: PageRequest) => this.budgets.list(scope, filter, page);
    return ofEveryPage({ pageOf, keyOf: ({ key }) => [key], atOnce: PAGE }, async (rows) => rows);
  }
}

/** Of a department's whole budget only what none of its items has: the items say the rest, and all together the whole. */
function rowsOf(department: string, budget: Budget): ReportCell[][] {
  const { allotted, amount, budgetCode, economicClass, functionClass, fundNature, grain, name, reserved, spent } =
    budget;
  const nature = NATURE_WORDS[fundNature];
  if (grain === 'ITEM')
    return [
      [
        ...[department, name, budgetCode, functionClass, economicClass, nature],
        ...[amount, reserved, spent, availableOf(budget)].map((fen) => ({ fen })),
        rate(spent, amount),
      ],
    ];
  const left = amount - allotted;
  if (left === 0n) return [];
  return [
    [...[department, '未分配', '', '', '', nature], ...[left, 0n, 0n, left].map((fen) => ({ fen })), rate(0n, left)],
  ];
}

/** To a tenth of a percent. */
function rate(spent: bigint, amount: bigint): string {
  if (amount <= 0n) return '—';
  const mille = (spent * PER_MILLE) / amount;
  return `${mille / 10n}.${(mille < 0n ? -mille : mille) % 10n}%`;
}
