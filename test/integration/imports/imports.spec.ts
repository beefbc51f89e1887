import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { FilesService } from '../../../server/src/files/files.service.js';
import type { ImportRun } from '../../../server/src/imports/domain/import-run.js';
import { importCommand } from '../../../server/src/imports/import-command.js';
import { ImportPlanner } from '../../../server/src/imports/import-planner.service.js';
import { ImportRegistry } from '../../../server/src/imports/import-registry.service.js';
import { ImportWork } from '../../../server/src/imports/import-work.service.js';
import { ImportWriter } from '../../../server/src/imports/import-writer.service.js';
import { ImportsService } from '../../../server/src/imports/imports.service.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { type Thing, thingImport } from '../../support/import-kind.ts';
import { idOf } from '../../support/request-journey.ts';
import { until } from '../../support/until.ts';
import { textRow, workbookOf } from '../../support/workbook.ts';

let application: TestApplication;
let imports: ImportsService;
let files: FilesService;
const engineer = viewerWith(['FACILITY_ENGINEER'], null);
/** Awaited by the kind right after its rows are written and before they are committed. */
let beforeCommit: () => Promise<void> = async () => {};

beforeAll(async () => {
  application = await openTestApplication();
  const get = <T>(type: new (...args: never[]) => T): T => application.context.get(type, { strict: false });
  imports = get(ImportsService);
  files = get(FilesService);
  const { owner, db } = application.test;
  const admin = await mysql.createConnection({
    socketPath: owner.socketPath as string,
    user: owner.user as string,
    password: owner.password as string,
    database: owner.database,
  });
  await admin.query('create table thing (code varchar(20) primary key, watts int not null, colour varchar(10) null)');
  await admin.end();
  get(ImportRegistry).register(
    thingImport('things', {
      existing: () => db.query('select code, watts, colour from thing'),
      insert: async (query, things) => {
        await query('insert into thing (code, watts, colour) values ?', [
          things.map((t) => [t.code, t.watts, t.colour]),
        ]);
        await beforeCommit();
      },
    }),
  );
}, 60_000);
beforeEach(async () => {
  beforeCommit = async () => {};
  await application.test.db.query('delete from thing');
});
afterAll(() => application.close());

async function previewed(bytes: Buffer | string, name = 'things.csv', viewer = engineer): Promise<ImportRun> {
  const file = await files.upload({ name, bytes: Buffer.from(bytes) }, viewer);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  const id = idOf(await imports.start(viewer, 'things', [file.value.id], newId()));
  return settled(id);
}
async function settled(id: string): Promise<ImportRun> {
  let run: ImportRun | null = null;
  await until('the preview', async () => {
    run = await imports.run(engineer, id);
    return run !== null && !['UPLOADED', 'READING'].includes(run.state);
  });
  return run as unknown as ImportRun;
}
const apply = (run: ImportRun, key = newId()) => imports.apply(engineer, run.id, run.version, key);
const things = (): Promise<Thing[]> => application.test.db.query('select code, watts, colour from thing order by code');
const said = (run: ImportRun) => run.problemList.map((p) => `${p.cell ?? '-'} ${p.column?.en ?? '-'}: ${p.message.en}`);
const audits = async (): Promise<number> => {
  const schema = auditSchemaOf(application.test.owner.database);
  const [row] = await application.test.db.query(
    `select count(*) as n from \`${schema}\`.audit_event where action = 'import.apply'`,
  );
  return Number(row.n);
};

const GOOD = '编号*,颜色,Power (W)\nA-1,红,500\nA-2,,0\nA-3,blue,20000\n';

describe('an import', () => {
  it('is previewed, writes nothing, and is applied as one act', async () => {
    const run = await previewed(GOOD);
    expect(run).toMatchObject({ state: 'PREVIEWED', rows: 3, added: 3, unchanged: 0, problems: 0, percent: 100 });
    expect(run.sample[0]).toEqual({ row: 2, outcome: 'ADD', cells: ['A-1', '500', 'RED'] });
    expect(await things()).toEqual([]);
    const before = await audits();
    const key = newId();
    expect(await apply(run, key)).toEqual({ ok: true, value: { id: run.id } });
    // The same press again answers the same; another press is told that it is done.
    expect(await apply(run, key)).toEqual({ ok: true, value: { id: run.id } });
    expect(await apply(run)).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
    expect((await things()).map((t) => ({ ...t }))).toEqual([
      { code: 'A-1', watts: 500, colour: 'RED' },
      { code: 'A-2', watts: 0, colour: null },
      { code: 'A-3', watts: 20_000, colour: 'BLUE' },
    ]);
    expect(await audits()).toBe(before + 1);
    expect(await imports.run(engineer, run.id)).toMatchObject({ state: 'DONE', added: 3 });
  });

  it('of the same file again adds nothing; a row that differs is told and not overwritten', async () => {
    await apply(await previewed(GOOD));
    const again = await previewed(GOOD);
    expect(again).toMatchObject({ state: 'PREVIEWED', added: 0, unchanged: 3, problems: 0 });
    expect(await apply(again)).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
    const other = await previewed(GOOD.replace('500', '501').concat('A-4,,1\n'));
    expect(other).toMatchObject({ added: 1, unchanged: 2, problems: 1 });
    expect(said(other)).toEqual(['C2 Power (W): is 500 in the record']);
    expect(await apply(other)).toMatchObject({ ok: false });
    expect(await things()).toHaveLength(3);
  });

  it('applied by two at once is written once', async () => {
    const run = await previewed(GOOD);
    const answers = await Promise.all([apply(run), apply(run), apply(run)]);
    expect(answers.filter((answer) => answer?.ok)).toHaveLength(1);
    expect(await things()).toHaveLength(3);
  });

  it('tells every problem at its cell, and imports none of the good rows', async () => {
    const run = await previewed(
      workbookOf({
        rows: [
          textRow(1, ['编号', '额定功率(W)', '颜色']),
          textRow(2, ['A-1', '-5', '红']),
          textRow(3, ['', '5', '绿']),
          textRow(5, ['A-3', '1.5', '']),
          textRow(6, ['A-4', '5', '', 'x']),
          textRow(7, ['A-5', '5']),
        ].join(''),
      }),
      'things.xlsx',
    );
    expect(said(run)).toEqual([
      'B2 Power (W): "-5" is not a whole number from 0 to 20000 W',
      'A3 Code: "Code" is required',
      'C3 Colour: "绿" is none of red, blue',
      '4 -: is an empty row; delete it',
      'B5 Power (W): "1.5" is not a whole number from 0 to 20000 W',
      '6 -: holds something beyond the heading',
    ]);
    expect(run).toMatchObject({ state: 'PREVIEWED', rows: 6, problems: 6, added: 1 });
    // Bad rows stand in their place, with what was written there.
    expect(run.sample).toEqual([
      { row: 2, outcome: 'PROBLEM', cells: ['A-1', '-5', 'RED'] },
      { row: 3, outcome: 'PROBLEM', cells: ['', '5', '绿'] },
      { row: 4, outcome: 'PROBLEM', cells: [] },
      { row: 5, outcome: 'PROBLEM', cells: ['A-3', '1.5', ''] },
      { row: 6, outcome: 'PROBLEM', cells: ['A-4', '5', ''] },
      { row: 7, outcome: 'ADD', cells: ['A-5', '5', ''] },
    ]);
    expect(await apply(run)).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
    expect(await things()).toEqual([]);
  });

  it('tells of one row what the table sees and what the kind sees, each cell once', async () => {
    await apply(await previewed(GOOD));
    const run = await previewed('编号,颜色,Power (W)\n,绿,-1\nA-1,绿,7\nA-2,绿,0\n');
    expect(said(run)).toEqual([
      'A2 Code: "Code" is required',
      'B2 Colour: "绿" is none of red, blue',
      'C2 Power (W): "-1" is not a whole number from 0 to 20000 W',
      'B3 Colour: "绿" is none of red, blue',
      'C3 Power (W): is 500 in the record',
      'B4 Colour: "绿" is none of red, blue',
    ]);
    expect(run).toMatchObject({ rows: 3, added: 0, unchanged: 0, problems: 6 });
  });

  it.each([
    [
      'an unknown, an empty and a missing column',
      '编号,,电压\nA,1,2\n',
      [
        'B1 -: the heading has an empty column',
        'C1 -: there is no column "电压"; use the heading of the template',
        '1 -: the column "Power (W)" is missing',
      ],
    ],
    ['a column twice', '编号,code,watts\nA,1,2\n', ['B1 -: the column "Code" stands there twice']],
    ['a heading alone', '编号,watts\n', ['1 -: there is no row below the heading']],
    ['nothing', '\n,\n', ['- -: the table is empty']],
  ])('with %s in the heading is refused there', async (_what, text, problems) => {
    const run = await previewed(text);
    expect(said(run)).toEqual(problems);
    expect(run).toMatchObject({ rows: 0, added: 0 });
  });

  it('is undone as a whole by one row that stands in the way while writing', async () => {
    const run = await previewed(`${GOOD}UNLUCKY,,1\n`);
    expect(run).toMatchObject({ added: 4, problems: 0 });
    expect(await apply(run)).toMatchObject({ ok: false });
    expect(await things()).toEqual([]);
    const after = (await imports.run(engineer, run.id)) as ImportRun;
    expect(after).toMatchObject({ state: 'PREVIEWED', problems: 1 });
    expect(said(after)).toEqual(['A5 Code: has no luck']);
  });

  it('that meets rows written since the preview says so and writes nothing', async () => {
    const run = await previewed(GOOD);
    await application.test.db.query("insert into thing values ('A-2', 7, null)");
    expect(await apply(run)).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
    const after = (await imports.run(engineer, run.id)) as ImportRun;
    expect(said(after)).toEqual(['C3 Power (W): is 7 in the record']);
    expect(after.failure?.en).toMatch(/changed the data since the preview/);
    expect(await things()).toHaveLength(1);
  });

  it('that breaks inside the transaction leaves nothing and may be tried again', async () => {
    const run = await previewed(GOOD);
    beforeCommit = async () => {
      throw new Error('the process dies here');
    };
    await expect(apply(run)).rejects.toThrow('the process dies here');
    expect(await things()).toEqual([]);
    beforeCommit = async () => {};
    const after = (await imports.run(engineer, run.id)) as ImportRun;
    expect(after).toMatchObject({ state: 'PREVIEWED', problems: 0 });
    expect(await apply(after)).toMatchObject({ ok: true });
  });

  it('whose connection is cut in the middle is written once all the same', async () => {
    const run = await previewed(GOOD);
    const before = await audits();
    let cut = 0;
    beforeCommit = async () => {
      cut += 1;
      if (cut > 1) return;
      const { owner } = application.test;
      const admin = await mysql.createConnection({
        socketPath: owner.socketPath as string,
        user: owner.user as string,
        password: owner.password as string,
        database: owner.database,
      });
      // Whoever holds the rows of the import, in this test's own database: others run beside it, at the moment when they are written and not committed.
      const [writers] = await admin.query<mysql.RowDataPacket[]>(
        `select trx_mysql_thread_id as id from information_schema.innodb_trx
         join information_schema.processlist own on own.id = trx_mysql_thread_id and own.db = database()
         where trx_rows_modified > 0`,
      );
      for (const { id } of writers) await admin.query(`kill ${Number(id)}`);
      await admin.end();
    };
    expect(await apply(run)).toMatchObject({ ok: true });
    expect(cut).toBe(2);
    expect(await things()).toHaveLength(3);
    expect(await audits()).toBe(before + 1);
  });

  it('whose process is gone is given back: what was being applied may be applied, what was being read has failed', async () => {
    const [applying, reading] = [await previewed(GOOD), await previewed(GOOD)];
    const { db } = application.test;
    await db.query("update import_run set state = 'APPLYING' where id = ?", [applying.id]);
    await db.query("update import_run set state = 'READING' where id = ?", [reading.id]);
    const recover = (minutes: number) =>
      application.context.get(ImportWork, { strict: false }).recover(new Date(Date.now() + minutes * 60_000));
    await recover(1);
    expect(await imports.run(engineer, applying.id)).toMatchObject({ state: 'APPLYING' });
    await recover(3);
    const back = (await imports.run(engineer, applying.id)) as ImportRun;
    expect(back).toMatchObject({ state: 'PREVIEWED' });
    expect(await imports.run(engineer, reading.id)).toMatchObject({ state: 'FAILED' });
    expect(await apply(back)).toMatchObject({ ok: true });
  });

  it('of a file of another person, of none, or by somebody without the right, is refused alike', async () => {
    const stranger = viewerWith(['FACILITY_ENGINEER'], null);
    const file = await files.upload({ name: 'a.csv', bytes: Buffer.from(GOOD) }, stranger);
    if (!file.ok) throw new Error('not uploaded');
    for (const id of [file.value.id, newId(), undefined])
      expect(await imports.start(engineer, 'things', [id], newId())).toMatchObject({
        ok: false,
        error: [{ code: 'UNKNOWN_REFERENCE', path: ['fileIds'] }],
      });
    const applicant = viewerWith(['APPLICANT'], newId());
    expect(await imports.start(applicant, 'things', [newId()], newId())).toEqual(
      await imports.start(applicant, 'nothing-of-that-name', [newId()], newId()),
    );
  });
});

describe('the command', () => {
  const run = async (bytes: string | Buffer, options = {}): Promise<[number, string[]]> => {
    const lines: string[] = [];
    const get = <T>(type: new (...args: never[]) => T): T => application.context.get(type, { strict: false });
    const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
    const directory = await mkdtemp('/tmp/jiyun-import-');
    await writeFile(`${directory}/things.csv`, bytes);
    const services = { registry: get(ImportRegistry), planner: get(ImportPlanner), writer: get(ImportWriter) };
    const code = await importCommand('things', [`${directory}/things.csv`], services, (line) => lines.push(line), {
      now: new Date(),
      ...options,
    });
    await rm(directory, { recursive: true });
    return [code, lines];
  };

  it('imports, imports nothing again, and prints problems with their cells', async () => {
    expect(await run(GOOD, { preview: true })).toEqual([
      0,
      ['3 rows read: 3 new, 0 there already. Nothing was imported.'],
    ]);
    expect(await run(GOOD)).toEqual([0, ['3 rows imported, 0 were there already.']]);
    expect(await run(GOOD)).toEqual([0, ['3 rows read: 0 new, 3 there already. Nothing to import.']]);
    expect(await run('code,watts\nB-1,-1\n')).toEqual([
      1,
      ['B2, Power (W): "-1" is not a whole number from 0 to 20000 W', 'Nothing was imported.'],
    ]);
    expect(await run(Buffer.from('c3fbb3c62cd0cdbac50a', 'hex'), { locale: 'zh' })).toEqual([
      1,
      ['A1: 文件编码是 GBK/GB18030 而不是 UTF-8，请另存为“CSV UTF-8”或 XLSX', 'Nothing was imported.'],
    ]);
    expect(await things()).toHaveLength(3);
  });
});
