import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import { checkFocusFile } from '../../server/src/exports/focus-check-command.js';
import { toNodeId } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { type AccountDesk, Wall } from './account-desk.ts';
import { closeMonths, FEW_CITY_USES } from './closed-months.ts';
import { startTestConsole, type TestConsole } from './console.ts';
import type { ConsoleClient } from './console-client.ts';

const PEOPLE = ['finance', 'head', 'cityfinance', 'secadmin', 'sysadmin', 'auditadmin', 'applicant'] as const;
/** The three lines above a table on government paper: title, period, unit. */
const ROWS_ABOVE_TABLE = 3;

export type Query = Readonly<Record<string, string>>;
export type Headers = Record<string, string>;
type Row = readonly unknown[];

/** A browser's session, and a script's token. */
export const as = (client: ConsoleClient): Headers => ({ cookie: client.cookie ?? '' });
export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

export const fenOf = (yuan: unknown): bigint => BigInt(Math.round(Number(yuan) * 100));
/** Of a column, without the rows that are sums themselves. */
export const sumOf = (rows: readonly Row[], at: number): bigint =>
  rows.reduce((sum, row) => sum + (String(row[0]).endsWith(' 小计') ? 0n : fenOf(row[at])), 0n);

const DRAFT = `query D($month: String!, $id: ID) { draftStatement(month: $month, departmentId: $id) {
  total { amount } cities { amount } byCenter { key amount } } }`;

export const CREATE_TOKEN = `mutation C($input: CreateExportTokenInput!) { createExportToken(input: $input) {
  secret token { id version state expiresAt availableActions } errors { code path ... on NotPermitted { reason } } } }`;

/** The closed months of a made-up province behind a real console, and whoever takes files out of it. */
export class ExportDesk {
  private files = 0;

  private constructor(
    private readonly console: TestConsole,
    readonly wall: Wall,
    /** Where the files that were taken out lie. */
    readonly directory: string,
    readonly accounts: AccountDesk,
    readonly centerIds: readonly string[],
    /** What the first machine of the bureau is. */
    readonly resourceId: string,
    /** Of the made-up head, who has something in the closed months, too. */
    readonly ownDepartment: string,
    readonly people: Record<(typeof PEOPLE)[number], ConsoleClient>,
  ) {}

  /** @param cityUses how much a city has: files of many pages take time to read. */
  static async open(cityUses = FEW_CITY_USES): Promise<ExportDesk> {
    const wall = new Wall();
    const directory = await mkdtemp(join(tmpdir(), 'jiyun-exports-'));
    const console = await startTestConsole({ clock: wall });
    const head = await console.test.db.query("select department_id as id from app_user where username = 'head'");
    const ownDepartment: string = head[0].id;
    const app = { context: console.application, test: console.test, close: async () => {} };
    const closed = await closeMonths(app, wall, [ownDepartment], cityUses);
    // Only now: no session outlives three months.
    const signedIn = async (name: string) => [name, await console.signIn(name)] as const;
    const people = Object.fromEntries(await Promise.all(PEOPLE.map(signedIn))) as ExportDesk['people'];
    const [first] = closed.uses;
    return new ExportDesk(
      ...([console, wall, directory, closed.desk, closed.centerIds] as const),
      ...([first?.resourceId ?? '', toNodeId('Department', ownDepartment), people] as const),
    );
  }

  async close(): Promise<void> {
    await this.console.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  get url(): string {
    return this.console.url;
  }

  signIn(name: string): Promise<ConsoleClient> {
    return this.console.signIn(name);
  }

  // biome-ignore lint/suspicious/noExplicitAny: rows have whatever the test's own statement asks for.
  sql(text: string, values: unknown[] = []): Promise<any> {
    return this.console.test.db.query(text, values);
  }

  download(path: string, query: Query, headers: Headers) {
    return fetch(`${this.url}/exports/${path}?${new URLSearchParams(query)}`, {
      headers: { 'accept-language': 'en', ...headers },
    });
  }

  /** A produced FOCUS file, read back: every row through the checker. */
  async focus(query: Query, headers = as(this.people.finance)) {
    const answer = await this.download('focus.csv', query, headers);
    const text = await answer.text();
    if (answer.status !== 200) return { status: answer.status, code: JSON.parse(text).code as string };
    this.files += 1;
    const path = join(this.directory, `${this.files}.csv`);
    await writeFile(path, text);
    const verdict = await checkFocusFile(path);
    expect(verdict.findings).toEqual([]);
    expect(answer.headers.get('x-jiyun-rows')).toBe(String(verdict.rows));
    expect(answer.headers.get('x-jiyun-billed-fen')).toBe(String(verdict.billedFen));
    return { status: 200, billed: verdict.billedFen, rows: verdict.rows, invoices: verdict.invoices, path, text };
  }

  /** A produced workbook, read back: its table as it stands there, without what is above and below it. */
  async workbook(path: string, query: Query, headers = as(this.people.finance)) {
    const answer = await this.download(path, query, headers);
    expect([path, answer.status]).toEqual([path, 200]);
    const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
    const [sheet] = sheets;
    const rows = (sheet?.rows ?? []) as (string | number | null)[][];
    const total = rows.findIndex(([first]) => first === '合计');
    const header = rows[ROWS_ABOVE_TABLE] ?? [];
    const table = rows.slice(ROWS_ABOVE_TABLE + 1, total);
    return { sheet, rows, header, table, totals: rows[total] ?? [], words: rows[total + 1] };
  }

  /** What GraphQL says of a month. */
  async draft(month: string, id: string | null = null, client = this.people.finance) {
    return (await client.data(DRAFT, { month, id })).draftStatement;
  }

  /** The answer as it comes, with whatever it refuses. */
  async askToken(client: ConsoleClient, more: Record<string, unknown> = {}) {
    const asked = { kind: 'PERSONAL', purpose: '月报脚本', exports: ['FOCUS'], days: 30 };
    return client.ask(CREATE_TOKEN, { input: { idempotencyKey: newId(), ...asked, ...more } });
  }

  async token(client: ConsoleClient, more: Record<string, unknown> = {}) {
    const { data } = await this.askToken(client, more);
    return data.createExportToken as { secret: string; token: { id: string; version: number; state: string } };
  }
}
