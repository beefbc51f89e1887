import { Injectable } from '@nestjs/common';
import { OF_NONE } from '../accounting/domain/narrowing.js';
import { type CostAnswer, CostPivots, type CostQuestion } from '../costs/cost-pivots.service.js';
import { type CostDimension, REST_KEY } from '../costs/domain/pivot.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { SystemsService } from '../systems/systems.service.js';
import type { Report } from './domain/report-layout.js';
import { badCosts } from './export-refusals.js';
import { KIND_WORDS } from './kind-words.js';
import { sideWords } from './side-words.js';

const DIMENSION_WORDS: { readonly [D in CostDimension]?: string } = {
  ...{ DEPARTMENT: '单位', CITY: '设区市', SYSTEM: '系统', PROJECT: '项目', CENTER: '数据中心', KIND: '资源类别' },
  ...{ BUDGET_CODE: '预算项目编码', SHARE: '份额', MONTH: '月份', QUARTER: '季度', YEAR: '年度' },
};
const SHARE_WORDS: { readonly [share: string]: string } = {
  ...{ MAIN: '单中心', MAIN_A: '双活甲', MAIN_B: '双活乙', RECOVERY: '异地容灾' },
};
/** More columns than that are no paper. */
const COLUMNS_MAX = 13;
const MONTHS_MAX = 60;
/** Departments named one by one in a note. */
const NAMED_MAX = 3;

type Named = { readonly name: string } | null | undefined;

/** A paper is of what it says: what is left out is told with it. */
export interface CostReportQuestion extends CostQuestion {
  /** With all below it. */
  readonly departmentId: string | null;
  readonly budgetCode: string | null;
}

/** 费用总览 on paper: what use costs by one or two of its sides. */
@Injectable()
export class CostReports {
  constructor(
    private readonly pivots: CostPivots,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
  ) {}

  async of(scope: TenantScope, question: CostReportQuestion): Promise<Result<Report, readonly Refusal[]>> {
    const { columns, from, rows, to } = question;
    if (![from, to].every(isMonth) || from > to || monthsBetween(from, to) > MONTHS_MAX || rows === columns)
      return refuse([badCosts()]);
    const answer = await this.pivots.pivot(scope, question);
    if (answer.columns.length > COLUMNS_MAX) return refuse([badCosts()]);
    const [rowNames, columnNames] = await Promise.all([
      this.names(
        rows,
        answer.rows.map(({ key }) => key),
      ),
      columns === null ? [] : this.names(columns, answer.columns),
    ]);
    const report = reportOf(sideWords(scope, question.side ?? 'PROVINCE'), question, answer, rowNames, columnNames);
    return ok({ ...report, notes: [...report.notes, ...(await this.narrowNotes(scope, question))] });
  }

  private async narrowNotes(scope: TenantScope, question: CostReportQuestion): Promise<string[]> {
    const { budgetCode, centerId, departmentId, kind, projectId, shares, systemId } = question;
    const said = async (dimension: CostDimension, id: string | null | undefined, find: () => Promise<Named>) => {
      const word = DIMENSION_WORDS[dimension] ?? '';
      if (!id) return [];
      return [id === OF_NONE ? `未归属${word}` : `${word}为${(await find())?.name ?? '（不在您可查看的范围内）'}`];
    };
    const only = [
      ...(await this.ownDepartments(scope)),
      ...(await said('DEPARTMENT', departmentId, () => this.departments.department(scope, departmentId ?? ''))),
      ...(await said('SYSTEM', systemId, () => this.systems.system(scope, systemId ?? ''))),
      ...(await said('PROJECT', projectId, () => this.systems.project(scope, projectId ?? ''))),
      ...(await said('CENTER', centerId, async () => (await this.facilities.centersByIds([centerId ?? '']))[0])),
      ...(budgetCode ? [`预算项目编码为 ${budgetCode}`] : []),
      ...(kind ? [`资源类别为${KIND_WORDS[kind] ?? kind}`] : []),
      ...(shares ? [`份额为${shares.map((share) => SHARE_WORDS[share] ?? share).join('、')}`] : []),
    ];
    return only.length === 0 ? [] : [`仅列示${only.join('，')}的费用。`];
  }

  /** Whoever reads less than the province, or shows a token for less, has a paper of those departments alone. */
  private async ownDepartments(scope: TenantScope): Promise<string[]> {
    if (scope.kind === 'PROVINCE') return [];
    const { departmentIds } = scope;
    const named = await this.departments.departments(departmentIds.slice(0, NAMED_MAX));
    const words = named.map((department) => department?.name ?? '—').join('、');
    return [departmentIds.length > NAMED_MAX ? `${words}等 ${departmentIds.length} 个单位` : words];
  }

  private async names(dimension: CostDimension, keys: readonly (string | null)[]): Promise<string[]> {
    const ids = keys.map((key) => key ?? '-');
    const load: { readonly [D in CostDimension]?: (ids: readonly string[]) => Promise<readonly Named[]> } = {
      ...{ DEPARTMENT: this.departments.departments, CITY: this.departments.departments },
      ...{ SYSTEM: this.systems.systems, PROJECT: this.systems.projects, CENTER: this.facilities.centersByIds },
    };
    const found = (await load[dimension]?.(ids)) ?? [];
    const nobody = dimension === 'CITY' ? '省直' : `未归属${DIMENSION_WORDS[dimension] ?? ''}`;
    return keys.map((key, at) => {
      if (key === null) return nobody;
      if (key === REST_KEY) return '其他';
      return found[at]?.name ?? KIND_WORDS[key] ?? SHARE_WORDS[key] ?? key;
    });
  }
}

function reportOf(
  whose: string,
  { basis, columns, from, rows, to }: CostQuestion,
  answer: CostAnswer,
  rowNames: readonly string[],
  columnNames: readonly string[],
): Report {
  const money = (fens: readonly bigint[]) => fens.map((fen) => ({ fen }));
  const cells = (name: string, amounts: readonly bigint[], total: bigint) => [
    name,
    ...(columns === null ? [] : money(amounts)),
    { fen: total },
  ];
  return {
    title: `${whose}政务云核算费用汇总表`,
    subtitle: `${from} 至 ${to}，按${DIMENSION_WORDS[rows] ?? rows}${columns === null ? '' : `、${DIMENSION_WORDS[columns] ?? columns}`}`,
    columns: [
      { title: DIMENSION_WORDS[rows] ?? rows, share: 2.6 },
      ...columnNames.map((title) => ({ title, share: 1.3, money: true })),
      {
        ...{ title: '合计', share: 1.4, money: true },
        ...(columns === null ? {} : { of: columnNames.map((_, at) => [at + 1, 1] as const) }),
      },
    ],
    groups: [
      {
        name: '',
        rows: [
          ...answer.rows.map(({ amounts, total }, at) => cells(rowNames[at] ?? '—', amounts, total)),
          ...(answer.rest ? [cells(`其余 ${answer.rest.rows} 项`, answer.rest.amounts, answer.rest.total)] : []),
        ],
      },
    ],
    inWords: columnNames.length + 1,
    notes: [
      basis === 'CHARGED'
        ? '按核算单所属月份列示，更正列在其所在的核算单。'
        : '按使用发生月份列示，更正计入其更正的月份。',
      ...(answer.draftedMonths.length > 0 ? [`其中 ${answer.draftedMonths.join('、')} 尚未结账。`] : []),
    ],
  };
}

function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** Both included. */
function monthsBetween(from: string, to: string): number {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return number(to) - number(from) + 1;
}
