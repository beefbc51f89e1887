import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { BatchDesk, type BatchProblem } from '../support/batch-desk.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { act, createDraft, plainContent } from '../support/request-form.ts';
import { textRow, workbookOf } from '../support/workbook.ts';

let console_: TestConsole;
let desk: BatchDesk;
beforeAll(async () => {
  console_ = await startTestConsole();
  desk = new BatchDesk(console_, await console_.signIn('applicant'));
}, 120_000);
afterAll(() => console_.close());

const audit = (): string => `\`${console_.test.address.database}_audit\`.audit_event`;
const sm3 = (bytes: Buffer): string => createHash('sm3').update(bytes).digest('hex');
const problemsOf = (batch: { rows: { nodes: { number: number; problems: BatchProblem[] }[] } }): string[] =>
  batch.rows.nodes.flatMap(({ number, problems }) =>
    problems.map(({ column, kind }) => `${number} ${column ?? '-'} ${kind}`),
  );
const rulesOf = (answer: { errors: { rule?: string; code: string }[] }): string[] =>
  answer.errors.map(({ code, rule }) => rule ?? code);

describe('the template of each kind', () => {
  it.each(['VM', 'SERVER', 'CABINET', 'SERVICE'])(
    'of %s has an example that would be taken as it is, and names itself',
    async (kind) => {
      const { heading, example } = await desk.template(kind);
      expect(heading.at(-1)).toBe(`模板:${kind}-1`);
      expect(heading[0]).toBe('名称*');
      const { lineBatch, errors } = await desk.start(kind, await desk.templateBytes(kind));
      expect(errors).toEqual([]);
      // What a service asks as text has no example that would be right for every service.
      if (kind !== 'SERVICE') expect(problemsOf(lineBatch)).toEqual([]);
      expect(lineBatch.rows.nodes[0].cells[0]).toBe(example[0]);
    },
  );

  it('is only for those who may ask for something', async () => {
    const reviewer = await console_.signIn('reviewer');
    const response = await fetch(`${console_.url}/requests/templates/vm.xlsx`, {
      headers: { cookie: reviewer.cookie ?? '' },
    });
    expect(response.status).toBe(404);
  });
});

describe('a table of lines', () => {
  it('says at each cell what is wrong with it, and writes nothing', async () => {
    const bytes = await desk.table('VM', [
      { 名称: 'web' },
      { 名称: 'web' },
      { 名称: 'Web_1' },
      { 名称: 'a1', 规格: 'no-such-offer' },
      { 名称: 'a2', 数量: 'two' },
      { 名称: 'a3', 数量: '101' },
      { 名称: 'a4', '系统盘（GiB）': '1' },
      { 名称: 'a5', 数据中心: '天上的中心' },
      { 名称: 'a6', 网络区域: '' },
      { 名称: 'a7', 同城部署: '同城双活', 数据中心: '' },
    ]);
    const { lineBatch, errors } = await desk.start('VM', bytes);
    expect(errors).toEqual([]);
    expect(problemsOf(lineBatch)).toEqual([
      '3 name DUPLICATE',
      '4 name FORMAT',
      '5 offer UNKNOWN',
      '6 count FORMAT',
      '7 count RANGE',
      '8 diskGib RANGE',
      '9 center UNKNOWN',
      '10 zone REQUIRED',
    ]);
    expect(lineBatch).toMatchObject({ rowCount: 10, wrongRowCount: 8, state: 'OPEN', sm3: sm3(bytes), request: null });
    const taken = await desk.take(lineBatch, 'ALL');
    expect(taken).toMatchObject({ request: null, lineBatch: null });
    expect(rulesOf(taken)).toEqual(['rowsWrong']);
  });

  it('is mended in place: each edit is judged again, and tells of a version that is old', async () => {
    const { lineBatch } = await desk.start('VM', await desk.table('VM', [{ 名称: 'web', 数量: 'x' }, { 名称: 'web' }]));
    expect(problemsOf(lineBatch)).toEqual(['2 count FORMAT', '3 name DUPLICATE']);
    const once = await desk.edit(lineBatch, [{ row: 2, column: 'count', value: '3' }]);
    expect(problemsOf(once.lineBatch)).toEqual(['3 name DUPLICATE']);
    const late = await desk.edit(lineBatch, [{ row: 3, column: 'name', value: 'db' }]);
    expect(late.errors[0]).toMatchObject({ code: 'VERSION_CONFLICT', expected: 1, current: 2 });
    expect(late.errors[0].message).toMatch(/this change was not saved, all other cells are kept/);
    const nowhere = await desk.edit(once.lineBatch, [{ row: 9, column: 'name', value: 'x' }]);
    expect(rulesOf(nowhere)).toEqual(['unknownCell']);
    const twice = await desk.edit(once.lineBatch, [{ row: 3, column: 'name', value: 'db' }]);
    expect(problemsOf(twice.lineBatch)).toEqual([]);
    const { request, errors } = await desk.take(twice.lineBatch, 'ALL');
    expect(errors).toEqual([]);
    expect(request.lines.map(({ name, count }: { name: string; count: number }) => [name, count])).toEqual([
      ['web', 3],
      ['db', 2],
    ]);
  });

  it('gets rows below all others, empty or like another, once a press, under a number that no row of it ever had', async () => {
    const { lineBatch } = await desk.start('VM', await desk.table('VM', [{ 名称: 'web' }, { 名称: 'db', 数量: '3' }]));
    const { lineBatch: shorter } = await desk.remove(lineBatch, [3]);
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.add(shorter, null, key)));
    const [empty] = answers;
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect([empty.errors, empty.rowNumber, empty.lineBatch.openRowCount]).toEqual([[], 4, 2]);
    expect(problemsOf(empty.lineBatch)).toContain('4 name REQUIRED');
    const like = await desk.add(empty.lineBatch, 2);
    expect(like.rowNumber).toBe(5);
    // All that row 2 says but its name, which is a line's own.
    expect(problemsOf(like.lineBatch).filter((problem) => problem.startsWith('5 '))).toEqual(['5 name REQUIRED']);
    const named = await desk.edit(like.lineBatch, [{ row: 5, column: 'name', value: 'cache' }]);
    expect(rulesOf(await desk.add(named.lineBatch, 9))).toEqual(['unknownRow']);
    expect((await desk.add(like.lineBatch)).errors[0]).toMatchObject({ code: 'VERSION_CONFLICT' });
    const { lineBatch: rest } = await desk.remove(named.lineBatch, [4]);
    const { request, lineBatch: taken } = await desk.take(rest, 'ALL');
    expect(request.lines.map(({ name }: { name: string }) => name)).toEqual(['web', 'cache']);
    expect((await desk.add(taken)).errors[0]).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it('gives the number of a row that was taken out to no other', async () => {
    const { lineBatch } = await desk.start('VM', await desk.table('VM', [{ 名称: 'web' }]));
    const first = await desk.add(lineBatch);
    const { lineBatch: without } = await desk.remove(first.lineBatch, [first.rowNumber]);
    const second = await desk.add(without);
    expect([first.rowNumber, second.rowNumber]).toEqual([3, 4]);
    // The last row of the file, too.
    const { lineBatch: one } = await desk.remove(second.lineBatch, [2]);
    expect((await desk.add(one)).rowNumber).toBe(5);
  });

  it('shows a formula, a merged cell and an error value at their cells, to be typed over', async () => {
    const { heading, example } = await desk.template('VM');
    const row = (number: number, name: string, count: string): string =>
      textRow(
        number,
        example.map((text, at) => (at === 0 ? name : heading[at] === '数量*' ? '' : text)),
      ).replace('</row>', `${count}</row>`);
    const at = `${String.fromCharCode(65 + heading.indexOf('数量*'))}`;
    const bytes = workbookOf({
      rows: [
        textRow(1, heading),
        row(2, 'a', `<c r="${at}2"><f>1+1</f><v>2</v></c>`),
        row(3, 'b', `<c r="${at}3" t="e"><v>#REF!</v></c>`),
        row(4, 'c', `<c r="${at}4"><v>1</v></c>`),
      ].join(''),
      behind: '<mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells>',
    });
    const { lineBatch } = await desk.start('VM', bytes);
    expect(problemsOf(lineBatch)).toEqual(['2 count UNREADABLE', '3 count UNREADABLE', '4 name UNREADABLE']);
    const { lineBatch: mended } = await desk.edit(lineBatch, [
      { row: 2, column: 'count', value: '2' },
      { row: 3, column: 'count', value: '1' },
      { row: 4, column: 'name', value: 'c' },
    ]);
    expect(problemsOf(mended)).toEqual([]);
  });

  it('gives its right rows to the draft and keeps the rest; the file stands in the audit of submit', async () => {
    const bytes = await desk.table('VM', [{ 名称: 'one' }, { 名称: 'two', 数量: '0' }]);
    const { lineBatch } = await desk.start('VM', bytes, { name: '扩容.xlsx' });
    const first = await desk.take(lineBatch, 'RIGHT');
    expect(first.errors).toEqual([]);
    expect(first.lineBatch).toMatchObject({ state: 'OPEN', takenCount: 1, openRowCount: 1 });
    const { lineBatch: mended } = await desk.edit(first.lineBatch, [{ row: 3, column: 'count', value: '1' }]);
    const idempotencyKey = newId();
    const version = mended.request.version;
    const second = await desk.take(mended, 'ALL', { requestVersion: version, idempotencyKey });
    expect(second.errors).toEqual([]);
    expect(second.lineBatch.state).toBe('TAKEN');
    expect(second.request.lines.map(({ name }: { name: string }) => name)).toEqual(['one', 'two']);
    // The press whose answer was lost: the same answer, and no line twice.
    const again = await desk.take(mended, 'ALL', { requestVersion: version, idempotencyKey });
    expect(again.request.lines).toHaveLength(2);
    const sent = await act(desk.client, 'sendRequestForSignOff', second.request, null);
    await act(await console_.signIn('head'), 'submitRequest', sent.request);
    const rows: { action: string; after_json: string }[] = await console_.test.db.query(
      `select action, after_json from ${audit()} where object_id = ? and action in ('request.send', 'request.submit') order by id`,
      [uuidOf('Request', second.request.id)],
    );
    expect(rows.map(({ action, after_json }) => [action, JSON.parse(after_json).lineSources])).toEqual(
      ['request.send', 'request.submit'].map((action) => [
        action,
        [1, 1].map((lines) => ({
          fileName: '扩容.xlsx',
          sm3: sm3(bytes),
          kind: 'VM',
          lines,
          takenAt: expect.any(String),
        })),
      ]),
    );
  });

  it('is refused as a whole, with what to do, where no cell could be mended', async () => {
    const refused = async (kind: string, bytes: Buffer, name?: string) => {
      const { lineBatch, errors } = await desk.start(kind, bytes, name ? { name } : {});
      expect(lineBatch).toBeNull();
      return errors.map(({ message }: { message: string }) => message).join('\n');
    };
    const { heading, example } = await desk.template('VM');
    expect(await refused('SERVER', await desk.table('VM', [{}]))).toMatch(/This is the template of virtual machines/);
    const old = [textRow(1, [...heading.slice(0, -1), '模板:VM-0']), textRow(2, example)].join('');
    expect(await refused('VM', workbookOf({ rows: old }))).toMatch(/version 0 of the template; version 1 is in use/);
    expect(await refused('VM', workbookOf({ rows: textRow(1, ['名称*', '颜色']) }))).toMatch(/no column "颜色"/);
    const long = [textRow(1, heading), ...Array.from({ length: 5000 }, (_, at) => textRow(at + 2, ['x']))].join('');
    expect(await refused('VM', workbookOf({ rows: long }))).toMatch(/5000 rows; a request has 1000 lines at most/);
    expect(await desk.upload('旧.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toMatchObject({
      message: expect.stringMatching(/old or password-protected/),
    });
    expect(await refused('VM', Buffer.from('%PDF-1.7\n'), 'a.xlsx')).toMatch(/XLSX or CSV/);
  });

  it('of a draft is taken under the version of the draft that is on the screen', async () => {
    const { request } = await createDraft(desk.client, await plainContent(desk.client));
    const { lineBatch } = await desk.start('VM', await desk.table('VM', [{ 名称: 'more' }]), { requestId: request.id });
    const late = await desk.take(lineBatch, 'ALL', { requestVersion: request.version + 1 });
    expect(late.errors[0]).toMatchObject({ code: 'VERSION_CONFLICT', current: request.version });
    const taken = await desk.take(lineBatch, 'ALL', { requestVersion: request.version });
    expect(taken.request.lines.map(({ name }: { name: string }) => name)).toEqual(['web', 'more']);
    // A name that the draft has is no name for a line of the table.
    const twin = await desk.start('VM', await desk.table('VM', [{ 名称: 'more' }]), { requestId: request.id });
    expect(problemsOf(twin.lineBatch)).toEqual(['2 name DUPLICATE']);
  });
});

describe('1,000 lines', () => {
  it('come as one table, are taken and sent as one request, each by one act', async () => {
    const bytes = await desk.table(
      'VM',
      Array.from({ length: 1000 }, (_, at) => ({ 名称: `m${at}`, 数量: '1' })),
    );
    const began = performance.now();
    const { lineBatch, errors } = await desk.start('VM', bytes);
    expect(errors).toEqual([]);
    expect(lineBatch).toMatchObject({ openRowCount: 1000, wrongRowCount: 0 });
    const read = performance.now();
    const taken = await desk.take(lineBatch, 'ALL');
    expect(taken.errors).toEqual([]);
    const taking = performance.now();
    const sent = await act(desk.client, 'sendRequestForSignOff', taken.request, null);
    const done = performance.now();
    console.info(
      `1,000 lines: read and judged in ${Math.round(read - began)} ms, taken in ${Math.round(taking - read)} ms, sent in ${Math.round(done - taking)} ms`,
    );
    expect(sent.request.state).toBe('AWAITING_SIGN_OFF');
    const [{ n }] = await console_.test.db.query(`select count(*) as n from ${audit()} where object_id = ?`, [
      uuidOf('Request', taken.request.id),
    ]);
    expect(Number(n)).toBe(2);
  });
});
