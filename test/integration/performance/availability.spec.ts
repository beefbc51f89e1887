import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { Outages } from '../../../server/src/outages/outages.service.js';
import { AvailabilityReadings } from '../../../server/src/performance/availability.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';
import { system } from '../../support/builders/system.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { csvFile, runImport } from '../../support/run-import.ts';

const reviewer = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
const site = center();
const [own, other] = [newId(), newId()];
const mine = system(own, { code: 'XT-0001', name: '一网通办' });
const theirs = system(other, { code: 'XT-0002', name: '医保结算' });
const HEAD = '系统编号,月份,中断分钟,其中不计入,数据来源';
let app: TestApplication;
let readings: AvailabilityReadings;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const at = (text: string) => new Date(`${text}:00.000+08:00`);
const importing = (...rows: string[]) => runImport(app, 'availability', [csvFile([HEAD, ...rows].join('\n'))]);
const stored = (month: string) => readings.stored([mine.id, theirs.id], month, month);
const ofMonth = (month: string, scope: TenantScope = WHOLE_PROVINCE, seesOutages = true) =>
  readings.ofMonth(scope, month, null, { first: 20, after: null }, seesOutages);
const down = async (from: string, to: string, systemIds: string[]) =>
  idOf(
    await get(Outages).record(viewerWith(['DUTY_ENGINEER'], null), {
      ...{ idempotencyKey: newId(), layer: 'PLATFORM', centerId: site.id, poolId: null, title: '存储故障' },
      ...{ fromAt: at(from), toAt: at(to), liability: 'PROVIDER', excuse: null, source: '监控', orderCode: null },
      ...{ windowCode: null, systemIds, fileIds: [] },
    }),
  );

beforeAll(async () => {
  app = await openTestApplication(new MovedClock());
  readings = get(AvailabilityReadings);
  await get(UnitOfWork).run(async (tx) => {
    await get(FacilitiesService).add(tx, { centers: [site], clusters: [], pools: [] });
    await get(SystemsService).add(tx, { systems: [mine, theirs], projects: [], links: [] });
  });
});
afterAll(() => app.close());

describe('the availability of a month', () => {
  it('is of every system, with what the book of outages says where it names one', async () => {
    await down('2026-09-30T23:00', '2026-10-01T01:00', [mine.id, theirs.id]);
    await down('2026-10-01T00:30', '2026-10-01T02:00', [mine.id]);
    const { rows, totalCount } = await ofMonth('2026-10');
    expect(totalCount).toBe(2);
    expect(rows.map(({ system: { code }, reading, recorded }) => [code, reading, recorded?.downMinutes])).toEqual([
      ['XT-0001', null, 120],
      ['XT-0002', null, 60],
    ]);
    expect((await ofMonth('2026-09')).rows[0]?.recorded).toMatchObject({
      downMinutes: 60,
      codes: [expect.any(String)],
    });
    expect((await ofMonth('2026-08')).rows[0]?.recorded).toBeNull();
    // A department sees its own systems, and nothing of the book of outages.
    const scope: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [own] };
    expect((await ofMonth('2026-10', scope, false)).rows).toMatchObject([{ system: { id: mine.id }, recorded: null }]);
  });

  it('is entered by hand and corrected, and keeps who said so', async () => {
    const wish = { systemId: mine.id, month: '2026-10', downMinutes: 120, excusedMinutes: 0, source: '中断登记' };
    idOf(await readings.record(reviewer, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() }));
    const corrected = { ...wish, downMinutes: 90, idempotencyKey: newId() };
    idOf(await readings.record(reviewer, WHOLE_PROVINCE, corrected));
    expect((await ofMonth('2026-10')).rows[0]?.reading).toMatchObject({ downMinutes: 90, enteredBy: '王评审' });
    const wrong = { ...wish, month: '2026-11', excusedMinutes: 121, source: ' ', idempotencyKey: newId() };
    expect(codesOf(await readings.record(reviewer, WHOLE_PROVINCE, wrong))).toHaveLength(3);
  });

  it('comes from a table, as the provider’s report has it', async () => {
    const { said, written } = await importing('XT-0001,2026-09,60,0,月报 9 月', 'XT-0002,2026-09,44,30,月报 9 月');
    expect([said, written]).toEqual([[], true]);
    expect((await stored('2026-09')).map(({ downMinutes, excusedMinutes }) => [downMinutes, excusedMinutes])).toEqual(
      expect.arrayContaining([
        [60, 0],
        [44, 30],
      ]),
    );
    // The same table again changes nothing; with other figures it is refused, and what stands is said.
    expect(await importing('XT-0001,2026-09,60,0,月报 9 月')).toMatchObject({ said: [] });
    const again = await importing('XT-0001,2026-09,61,0,月报 9 月', 'XT-0002,2026-08,1,0,月报 8 月');
    expect(again.written).toBe(false);
    expect(again.said).toEqual([expect.stringContaining('C2')]);
    expect(again.said[0]).toContain('60');
    expect(await stored('2026-08')).toEqual([]);
  });

  it('is never overwritten from a table, whoever enters it while the table is being written', async () => {
    const reading = { systemId: mine.id, month: '2026-05', downMinutes: 7, excusedMinutes: 0, source: '中断登记' };
    idOf(await readings.record(reviewer, WHOLE_PROVINCE, { ...reading, idempotencyKey: newId() }));
    const late = get(UnitOfWork).run((tx) => readings.add(tx, { name: '导入' }, [{ ...reading, downMinutes: 99 }]));
    await expect(late).rejects.toThrow(/Duplicate entry/);
    expect(await stored('2026-05')).toMatchObject([{ downMinutes: 7, enteredBy: '王评审' }]);
  });

  it('is refused from a table cell by cell, and nothing of it is written', async () => {
    const { said, written } = await importing(
      'XT-0001,2026-07,44641,0,月报',
      'XT-9999,2026-07,1,0,月报',
      'XT-0001,2026-13,1,0,月报',
      'XT-0001,2026-11,1,0,月报',
      'XT-0001,2026-06,1,2,月报',
      'XT-0002,2026-06,1,0,月报',
      'XT-0002,2026-06,1,0,月报',
      'XT-0002,2026-02,40321,0,月报',
    );
    expect(written).toBe(false);
    expect(said.map((one) => one.split(' ')[0]).toSorted()).toEqual(['A3', 'B4', 'B5', 'B8', 'C2', 'C9', 'D6']);
    expect(await stored('2026-06')).toEqual([]);
  });
});
