import { Injectable } from '@nestjs/common';
import { type StatementSide, StatementsService } from '../accounting/statements.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { csvLines, csvText } from '../platform/spreadsheet/write-csv.js';
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
import { KIND_WORDS } from './kind-words.js';
import { sideWords } from './side-words.js';
import {
  annexNote,
  correctionRow,
  fenOf,
  freeText,
  LINE_COLUMNS,
  type Line,
  lineRow,
  plainText,
  type StatementUse,
} from './statement-rows.js';

type StatementFilter = Parameters<StatementsService['uses']>[1];
/** Whose statement, of which month: a use may have been another department's for a part of it. */
type Statement = { readonly scope: TenantScope; readonly month: string; readonly departmentId: string };
/** Uses asked for at once, each with its lines. */
const USES_AT_ONCE = 500;
const DEPARTMENTS_MAX = 2_000;
const SUM_COLUMNS: readonly ReportColumn[] = [
  { title: '系统', share: 2.6 },
  { title: '资源类别', share: 1.4 },
  { title: '资源数', share: 1, figure: true },
  { title: '其中容灾', share: 1.4, money: true },
  { title: '其中更正', share: 1.4, money: true },
  { title: '金额', share: 1.6, money: true },
];
const DEPARTMENT_COLUMNS: readonly ReportColumn[] = [
  { title: '单位', share: 3 },
  { title: '资源数', share: 1, figure: true },
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
    most: number,
  ): Promise<Result<Report, readonly Refusal[]>> {
    if (!this.statements.isMonth(month)) return refuse([noMonth()]);
    if (departmentId === null) return this.ofAll(scope, month, side);
    const [department] = covers(scope, departmentId) ? await this.departments.departments([departmentId]) : [];
    return department ? this.ofOne(scope, month, department, most) : refuse([unknownDepartment()]);
  }

  /** Line by line while that is at most `most` lines; else by system and kind, and every line is in the annex. */
  private async ofOne(
    scope: TenantScope,
    month: string,
    department: { readonly id: string; readonly name: string },
    most: number,
  ): Promise<Result<Report, readonly Refusal[]>> {
    const view = await this.statements.view(month);
    const filter = { view, departmentId: department.id };
    const closed = view.open === null || !isOpen(view.open, department.id);
    const head = {
      title: `${department.name}政务云费用核算单`,
      subtitle: `${month}${closed ? '（已结账）' : await this.draftWords(month)}`,
    };
    const { resources } = await this.statements.total(scope, filter);
    const groups =
      resources > most ? null : await this.groupsOf({ scope, month, departmentId: department.id }, filter, most);
    if (groups === null)
      return ok({ ...head, ...(await this.inSums(scope, filter)), notes: [...NOTES, annexNote(resources, most)] });
    return ok({ ...head, columns: LINE_COLUMNS, groups, inWords: LINE_COLUMNS.length - 1, notes: NOTES });
  }

  /** null = more lines than that, 小计 and 合计 among them. */
  private async groupsOf(of: Statement, filter: StatementFilter, most: number): Promise<ReportGroup[] | null> {
    const groups = await this.usesBySystem(of.scope, filter);
    let lines = groups.length + 1;
    const made: ReportGroup[] = [];
    for (const { name, uses } of groups) {
      const rows: ReportCell[][] = [];
      for (let from = 0; from < uses.length; from += USES_AT_ONCE) {
        rows.push(...(await this.rowsOf(of, uses.slice(from, from + USES_AT_ONCE))));
        if (lines + rows.length > most) return null;
      }
      lines += rows.length;
      made.push({ name, rows });
    }
    return made;
  }

  private async inSums(scope: TenantScope, filter: StatementFilter) {
    const sums = await this.statements.bySystemAndKind(scope, filter);
    const groups = (await this.bySystem(sums)).map(({ name, of }) => ({
      name,
      rows: of.map(({ amount, correctedAmount, drAmount, kind, resources }): ReportCell[] => [
        name,
        KIND_WORDS[kind] ?? kind,
        String(resources),
        ...[drAmount, correctedAmount, amount].map((fen) => ({ fen })),
      ]),
    }));
    return { columns: SUM_COLUMNS, groups, inWords: SUM_COLUMNS.length - 1 };
  }

  /** 附表: every line of a department's statement with a header and a 合计, piece by piece, however many they are. */
  async annex(
    scope: TenantScope,
    month: string,
    departmentId: string,
  ): Promise<Result<{ readonly name: string; readonly text: () => AsyncGenerator<string> }, readonly Refusal[]>> {
    if (!this.statements.isMonth(month)) return refuse([noMonth()]);
    const [department] = covers(scope, departmentId) ? await this.departments.departments([departmentId]) : [];
    if (!department) return refuse([unknownDepartment()]);
    const filter = { view: await this.statements.view(month), departmentId };
    const groups = await this.usesBySystem(scope, filter);
    const uses = groups.flatMap((group) => group.uses);
    return ok({
      name: `${department.name}政务云费用核算单-${month}.csv`,
      text: () => this.text({ scope, month, departmentId }, uses),
    });
  }

  private async *text(of: Statement, uses: readonly StatementUse[]): AsyncGenerator<string> {
    yield csvText([LINE_COLUMNS.map(({ money, title }) => (money ? `${title}（元）` : title))]);
    let total = 0n;
    for (let from = 0; from < uses.length; from += USES_AT_ONCE) {
      const rows = await this.rowsOf(of, uses.slice(from, from + USES_AT_ONCE));
      total += rows.reduce((sum, row) => sum + row.reduce((all, cell) => all + fenOf(cell), 0n), 0n);
      yield csvLines(rows.map((row) => row.map(plainText)));
    }
    yield csvLines([
      LINE_COLUMNS.map(({ money }, at) => (money ? hundredthsText(total, false) : at === 0 ? '合计' : '')),
    ]);
  }

  private async usesBySystem(scope: TenantScope, filter: StatementFilter) {
    const groups = await this.bySystem(await this.statements.uses(scope, filter));
    return groups.map(({ name, of }) => ({ name, uses: of }));
  }

  private async rowsOf(of: Statement, uses: readonly StatementUse[]): Promise<ReportCell[][]> {
    const keys = uses.map(({ resourceId }) => ({ ...of, resourceId }));
    const [lines, corrections] = await Promise.all([
      this.statements.linesOf(keys),
      this.statements.correctionsOf(keys),
    ]);
    const meters = [...new Set([...lines.flat(), ...corrections.flat()].map(({ meter }) => meter))];
    const words = await this.pricing.meterWords(meters);
    const names = new Map(meters.map((meter, at) => [meter, words[at]]));
    const free = await this.freeWords(lines.flat());
    return uses.flatMap((use, at) => [
      ...(lines[at] ?? []).map((line) =>
        lineRow(use, line, names.get(line.meter), free.get(line.version?.id ?? '') ?? ''),
      ),
      ...(corrections[at] ?? []).map((line) => correctionRow(use, line, names.get(line.meter)?.name.zh ?? line.meter)),
    ]);
  }

  /** Why a unit price is nought: by version, of those that are not charged. */
  private async freeWords(lines: readonly Line[]): Promise<ReadonlyMap<string, string>> {
    const unpaid = lines.flatMap(({ kind, version }) => (kind !== 'SHARED' && version?.price === 0n ? version.id : []));
    const ids = [...new Set(unpaid)];
    if (ids.length === 0) return new Map();
    const versions = await this.pricing.versionsByIds(ids);
    return new Map(versions.flatMap((version) => (version ? [[version.id, freeText(version)] as const] : [])));
  }

  /** In the order of systems' names; what is of none comes last. */
  private async bySystem<T extends { readonly systemId: string | null }>(
    all: readonly T[],
  ): Promise<{ readonly name: string; readonly of: readonly T[] }[]> {
    const groups = Map.groupBy(all, ({ systemId }) => systemId);
    const ids = [...groups.keys()].filter((id) => id !== null);
    const systems = await this.systems.systems(ids);
    const named = ids.map((id, at) => ({ name: systems[at]?.name ?? '—', of: groups.get(id) ?? [] }));
    const inOrder = named.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
    const rest = groups.get(null);
    return [...inOrder, ...(rest ? [{ name: '未归属系统', of: rest }] : [])];
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
