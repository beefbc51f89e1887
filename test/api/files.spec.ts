import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FilesService } from '../../server/src/files/files.service.js';
import { ImportRegistry } from '../../server/src/imports/import-registry.service.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { thingImport } from '../support/import-kind.ts';
import { textRow, workbookOf } from '../support/workbook.ts';
import { zipOf } from '../support/zip.ts';

let console_: TestConsole;
let facility: ConsoleClient;
let applicant: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  [facility, applicant] = [await console_.signIn('facility'), await console_.signIn('applicant')];
  console_.application
    .get(ImportRegistry, { strict: false })
    .register(thingImport('things', { existing: async () => [], insert: async () => {} }));
}, 120_000);
afterAll(() => console_.close());

interface Answer {
  readonly status: number;
  readonly body: { readonly id?: string; readonly message?: string; readonly mediaType?: string };
}
async function send(
  client: ConsoleClient | null,
  name: string,
  bytes: Buffer | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${console_.url}/files`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'accept-language': 'en',
      'x-file-name': encodeURIComponent(name),
      ...(client?.cookie ? { cookie: client.cookie } : {}),
      ...headers,
    },
    body: new Uint8Array(Buffer.from(bytes)),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const get = (client: ConsoleClient, path: string): Promise<Response> =>
  fetch(`${console_.url}${path}`, { headers: { cookie: client.cookie ?? '', 'accept-language': 'en', accept: '*/*' } });

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('POST /files', () => {
  it.each([
    ['a.pdf', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['renamed.exe', PNG, 'image/png'],
    ['a.jpg', Buffer.from('ffd8ffe000104a46', 'hex'), 'image/jpeg'],
    [
      '表.xlsx',
      workbookOf({ rows: textRow(1, ['a']) }),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['a.ofd', zipOf([{ name: 'OFD.xml', content: '<OFD/>' }]), 'application/ofd'],
    ['a.csv', Buffer.from('名称,型号\n'), 'text/csv'],
    ['a.yaml', Buffer.from('a: 1\n'), 'application/yaml'],
  ])('takes %s for what its content is', async (name, bytes, mediaType) => {
    expect(await send(facility, name, bytes)).toMatchObject({ status: 201, body: { name, mediaType } });
  });

  it.each([
    ['a program called a picture', 'a.png', Buffer.from('MZ\u0090\u0000', 'latin1'), /type of file is not allowed/],
    ['a page', 'a.html', '<script>alert(1)</script>', /type of file is not allowed/],
    ['bytes called a table', 'a.csv', Buffer.from([0, 1, 2, 3]), /type of file is not allowed/],
    ['any other archive', 'a.xlsx', zipOf([{ name: 'x.txt', content: 'x' }]), /type of file is not allowed/],
    ['macros', 'a.xlsx', workbookOf({ rows: '', more: [{ name: 'xl/vbaProject.bin', content: 'x' }] }), /macros/],
    ['an old workbook', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old or password-protected/],
    ['nothing', 'a.csv', '', /empty/],
    ['no name', '///', 'a,b', /needs a name/],
  ])('refuses %s', async (_what, name, bytes, message) => {
    const { status, body } = await send(facility, name, bytes);
    expect([status, body.message]).toEqual([422, expect.stringMatching(message)]);
  });

  it('refuses strangers, other pages, other kinds of body, and what is too large', async () => {
    expect((await send(null, 'a.csv', 'a')).status).toBe(401);
    expect((await send(facility, 'a.csv', 'a', { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect((await send(facility, 'a.csv', 'a', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await send(facility, 'a.csv', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'))).status).toBe(413);
  });
});

describe('GET /files/:id', () => {
  it('gives the bytes as a download to whoever may read them, and one answer to everybody else', async () => {
    const { body } = await send(facility, '../../"evil".csv', 'a,b\n1,2\n');
    const response = await get(facility, `/files/${body.id}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('a,b\n1,2\n');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=evil.csv');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toMatch(/sandbox/);
    const [foreign, nothing] = [await get(applicant, `/files/${body.id}`), await get(applicant, '/files/nothing')];
    expect([foreign.status, nothing.status]).toEqual([404, 404]);
    expect(await foreign.text()).toBe(await nothing.text());
  });

  it('finds nothing any more of what was attached to nothing for a day', async () => {
    const { body } = await send(facility, 'a.csv', 'a');
    const files = console_.application.get(FilesService, { strict: false });
    await files.sweep(new Date(Date.now() + 23 * 60 * 60_000));
    expect((await get(facility, `/files/${body.id}`)).status).toBe(200);
    await files.sweep(new Date(Date.now() + 25 * 60 * 60_000));
    expect((await get(facility, `/files/${body.id}`)).status).toBe(404);
  });
});

describe('an import over HTTP', () => {
  it('tells its progress to whoever listens, shows the preview, and gives its template', async () => {
    const { body } = await send(facility, 'things.csv', '编号,额定功率(W),颜色\nA,1,红\nB,-1,\n');
    const START =
      'mutation S($input: StartImportInput!) { startImport(input: $input) { importRun { id state } errors { message } } }';
    const input = { kind: 'things', fileIds: [body.id], idempotencyKey: newId() };
    const { startImport } = await facility.data(START, { input });
    expect(startImport.errors).toEqual([]);
    const { id } = startImport.importRun;
    const RUN =
      'id state rowCount addedCount problemCount sample { row outcome cells } problems { cell column message } files { name sm3 url } kind { title }';
    const changes = facility.subscribe(
      `subscription S($id: ID!) { importRunChanged(id: $id) { importRun { ${RUN} } } }`,
      { id },
    );
    const ask = async () =>
      (await facility.data(`query R($id: ID!) { importRun(id: $id) { ${RUN} } }`, { id })).importRun;
    await changes.until((event) => event.data?.importRunChanged.importRun.state === 'PREVIEWED');
    await changes.stop();
    const run = await ask();
    expect(run).toMatchObject({ rowCount: 2, addedCount: 1, problemCount: 1, kind: { title: 'Things' } });
    expect(run.sample[0]).toEqual({ row: 2, outcome: 'ADD', cells: ['A', '1', 'red'] });
    expect(run.problems).toEqual([
      { cell: 'B3', column: 'Power (W)', message: '"-1" is not a whole number from 0 to 20000 W' },
    ]);
    expect((await get(facility, run.files[0].url)).status).toBe(200);
    expect((await get(applicant, run.files[0].url)).status).toBe(404);
    // The same press once more names the same run; the file is used now and cannot begin another.
    expect((await facility.data(START, { input })).startImport.importRun.id).toBe(id);
    const again = await facility.data(START, { input: { ...input, idempotencyKey: newId() } });
    expect(again.startImport).toMatchObject({ importRun: null });

    const template = await get(facility, '/imports/templates/things.xlsx');
    expect(template.headers.get('content-disposition')).toMatch(/Things\.xlsx/);
    expect(
      Buffer.from(await template.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(await (await get(facility, '/imports/templates/things.csv')).text()).toBe(
      'Code*,Power (W)*,Colour\r\nT-1,500,red\r\n',
    );
    expect((await get(applicant, '/imports/templates/things.xlsx')).status).toBe(404);
    expect((await get(facility, '/imports/templates/device-types.xlsx')).status).toBe(404);
  });
});
