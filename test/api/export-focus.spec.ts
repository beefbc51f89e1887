import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { ClosedLines } from '../../server/src/accounting/closed-lines.service.js';
import { focusCheckCommand } from '../../server/src/exports/focus-check-command.js';
import { FocusExport } from '../../server/src/exports/focus-export.service.js';
import { toNodeId, uuidOf } from '../../server/src/kernel/node-id.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { CITY_USES } from '../support/closed-months.ts';
import { as, ExportDesk, fenOf, type Query } from '../support/export-desk.ts';

let desk: ExportDesk;
beforeAll(async () => {
  desk = await ExportDesk.open(CITY_USES);
}, 120_000);
afterAll(() => desk.close());

describe('FOCUS of closed months', () => {
  it('comes to the fen to what statements and database say: by month, side, department and center', async () => {
    for (const month of ['2026-09', '2026-10']) {
      const whole = await desk.focus({ month });
      const { byCenter, cities, total } = await desk.draft(month);
      expect([month, whole.billed]).toEqual([month, BigInt(total.amount)]);
      const [row] = await desk.sql(
        `select sum(d.amount_fen) as fen from ${desk.accounts.audit}.closed_document d
         left join ${desk.accounts.audit}.closed_document r on r.id = d.reverses_id
         where coalesce(r.month, d.month) = ? and d.book = 'PROVINCE'`,
        [month],
      );
      expect([month, whole.billed]).toEqual([month, BigInt(row.fen)]);
      for (const { key, amount } of byCenter)
        if (key !== null) expect((await desk.focus({ month, center: key })).billed).toBe(BigInt(amount));
      for (const id of [
        desk.accounts.bureau.id,
        desk.accounts.other.id,
        uuidOf('Department', desk.ownDepartment) ?? '',
      ]) {
        const department = toNodeId('Department', id);
        expect((await desk.focus({ month, department })).billed).toBe(
          BigInt((await desk.draft(month, department)).total.amount),
        );
      }
      if (month === '2026-09') expect((await desk.focus({ month, side: 'CITIES' })).billed).toBe(BigInt(cities.amount));
    }
  });

  it('has a sum by invoice that is the statement’s, reversals and second issues with it', async () => {
    const { invoices } = await desk.focus({ month: '2026-10' });
    const rows = await desk.sql(
      `select d.kind, d.round, s.department_id, s.amount_fen, p.code from ${desk.accounts.audit}.closed_statement s
       join ${desk.accounts.audit}.closed_document d on d.id = s.document_id
       left join ${desk.accounts.audit}.closed_document r on r.id = d.reverses_id
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
    const { text = '' } = await desk.focus({ month: '2026-10' });
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

  it('has a row for each tier of a price, which together are the line’s quantity (invariants 9 and 14)', async () => {
    const { text } = (await desk.focus({ month: '2026-09' })) as { text: string };
    const [header = '', ...lines] = text.trim().split('\r\n');
    const at = (name: string) => header.split(',').indexOf(name);
    const cells = lines.map((one) => one.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    const disks = cells.filter(
      (row) => row[at('SkuMeter')] === 'STORAGE_GIB_SSD' && row[at('x_CorrectionCause')] === '',
    );
    // 333 GiB in two tiers until the 17th, 500 in three after.
    expect(disks.map((row) => [row[at('x_MeterQuantity')], row[at('ListUnitPrice')]])).toEqual([
      ...[
        ['200.0', '31.37'],
        ['133.0', '25.010003'],
      ],
      ...[
        ['200.0', '31.37'],
        ['200.0', '25.010003'],
        ['100.0', '20.010004'],
      ],
    ]);
    expect(new Set(disks.map((row) => row[at('SkuPriceId')]?.replace(/^PRICE-[0-9a-f-]{36}/, 'PRICE'))).size).toBe(3);
  });

  it('has parts of a common cost as what they are, each naming its rule, and they come to what was spread', async () => {
    let spread = 0n;
    for (const query of [{ month: '2026-09' }, { month: '2026-09', side: 'CITIES' }] as Query[]) {
      const { text = '' } = await desk.focus(query);
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
    const [center] = await desk.sql('select id, code from center where id = ?', [desk.centerIds[0]]);
    const nameOf = async (query: Query) => {
      const answer = await desk.download('focus.csv', { month: '2026-09', ...query }, as(desk.people.finance));
      await answer.text();
      return answer.headers.get('content-disposition');
    };
    expect(await nameOf({})).toBe('attachment; filename=focus-2026-09.csv');
    expect(await nameOf({ side: 'CITIES' })).toBe('attachment; filename=focus-2026-09-cities.csv');
    expect(await nameOf({ center: toNodeId('Center', center.id) })).toBe(
      `attachment; filename=focus-2026-09-${center.code}.csv`,
    );
    const nobody = { status: 404, code: 'NOT_FOUND' };
    expect(await desk.focus({ month: '2026-09', center: toNodeId('Center', newId()) })).toEqual(nobody);
    expect(await desk.focus({ month: '2026-09', department: toNodeId('Department', newId()) })).toEqual(nobody);
  });

  it('is refused for a month that is open, that is none, or that only somebody else has closed', async () => {
    expect(await desk.focus({ month: '2026-11' })).toEqual({ status: 422, code: 'INVALID_INPUT' });
    for (const month of ['', '2026-13', '2026', "2026-09' or '1'='1"])
      expect(await desk.focus({ month })).toEqual({ status: 422, code: 'INVALID_INPUT' });
    expect(await desk.focus({ month: '2026-10', side: 'CITIES' })).toEqual({ status: 422, code: 'INVALID_INPUT' });
    const nobody = { status: 404, code: 'NOT_FOUND' };
    expect(await desk.focus({ month: '2026-09', department: 'x' }, as(desk.people.head))).toEqual(nobody);
  });

  it('is read page by page as it is sent, and has each line once however many pages it takes', async () => {
    const city = await desk.focus({ month: '2026-09', side: 'CITIES' });
    expect(city.rows).toBeGreaterThan(CITY_USES);
    const lines = desk.accounts.get(ClosedLines);
    const page = jest.spyOn(lines, 'page');
    const exported = await desk.accounts
      .get(FocusExport)
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
    const { path = '', text = '' } = await desk.focus({ month: '2026-09' });
    const printed: string[] = [];
    expect(await focusCheckCommand(path, (line) => printed.push(line))).toBe(0);
    expect(printed.at(-1)).toMatch(/^\d+ rows, BilledCost \d+\.\d\d CNY; 0 findings\.$/);
    const spoiled = join(desk.directory, 'spoiled.csv');
    await writeFile(spoiled, text.replace(',CNY,', ',USD,'));
    expect(await focusCheckCommand(spoiled, (line) => printed.push(line))).toBe(1);
    expect(printed.some((line) => line.startsWith('row 2, BillingCurrency: VALUES'))).toBe(true);
    const { text: long = '' } = await desk.focus({ month: '2026-09', side: 'CITIES' });
    await writeFile(spoiled, long.replaceAll(',CNY,', ',USD,'));
    expect(await focusCheckCommand(spoiled, (line) => printed.push(line))).toBe(1);
    // No sum of what was read before it stopped is printed as the file's.
    expect(printed.at(-1)).toBe('Stopped after 200 rows with 200 findings; the rest was not read.');
    await writeFile(spoiled, `${text}"never closed`);
    expect(await focusCheckCommand(spoiled, () => {})).toBe(2);
    expect(await focusCheckCommand(join(desk.directory, 'none.csv'), () => {})).toBe(2);
  });

  it('is listed month by month with what it comes to', async () => {
    const MONTHS = 'query M($side: StatementSide!) { exportMonths(side: $side) { month amount statements lines } }';
    const { exportMonths } = await desk.people.finance.data(MONTHS, { side: 'PROVINCE' });
    expect(exportMonths.map(({ month }: { month: string }) => month)).toEqual(['2026-10', '2026-09']);
    for (const { amount, month } of exportMonths) expect(amount).toBe((await desk.draft(month)).total.amount);
    const own = await desk.people.head.data(MONTHS, { side: 'PROVINCE' });
    for (const { amount, month, statements } of own.exportMonths) {
      expect(statements).toBe(1);
      expect(amount).toBe((await desk.draft(month, desk.ownDepartment)).total.amount);
    }
  });
});
