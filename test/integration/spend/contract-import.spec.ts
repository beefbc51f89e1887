import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { csvFile, runImport } from '../../support/run-import.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

let app: TestApplication;
let desk: SpendDesk;

beforeAll(async () => {
  app = await openTestApplication();
  desk = await SpendDesk.open(app);
});
afterAll(() => app.close());

const HEAD = '合同编号,合同名称,类别,供应商统一社会信用代码,合同上限（元）,开始日期,结束日期（含当日）,付费范围';
const run = (...rows: string[]) => runImport(app, 'contracts', [csvFile([HEAD, ...rows].join('\n'))]);
const count = async () => Number((await app.test.db.query('select count(*) as n from contract'))[0].n);

describe('contracts from a table', () => {
  it('are entered to the fen, and wait for the second person', async () => {
    const { said, written } = await run(
      '苏数采〔2026〕1 号,云平台服务,云平台服务,914403001922038216,5840000.05,2026-01-01,2026-12-31,center-a:5',
      'HT-2,托管,HOSTING,914403001922038216,1000,2026/3/1,2027-02-28,',
    );
    expect([said, written]).toEqual([[], true]);
    const { rows } = await desk.contracts.contracts({ search: '苏数采' }, { first: 10, after: null });
    expect(rows).toMatchObject([
      {
        state: 'ENTERED',
        ceiling: 5_840_000_05n,
        fromDate: '2026-01-01',
        toDate: '2027-01-01',
        kind: 'CLOUD_PLATFORM',
      },
    ]);
    const [shares] = await desk.contracts.sharesOf([rows[0]?.id ?? '']);
    expect(shares).toMatchObject([{ centerId: desk.center.id, weight: 5 }]);
  });

  it('with anything wrong are refused cell by cell, and nothing is written', async () => {
    const before = await count();
    const { said, written } = await run(
      'HT-3,甲,HOSTING,914403001922038216,1.0000001,2026-01-01,2026-12-31,',
      'HT-4,乙,HOSTING,914403001922038217,1,2026-12-31,2026-01-01,nowhere:1',
      'HT-5,丙,HOSTING,914403001922038216,1,2026-01-01,2026-12-31,',
      'HT-5,丙,HOSTING,914403001922038216,1,2026-01-01,2026-12-31,',
      'HT-2,丁,HOSTING,914403001922038216,0,2026-01-01,2026-12-31,',
    );
    expect(written).toBe(false);
    expect(said.map((one) => one.split(' ')[0]).toSorted()).toEqual(['A5', 'A6', 'D3', 'E2', 'E6', 'G3', 'H3']);
    expect(await count()).toBe(before);
  });
});
