import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { MaintenanceService } from '../../../server/src/facilities/maintenance.service.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import { downTimeOf } from '../../../server/src/outages/domain/down-time.js';
import { Outages, type OutageWish } from '../../../server/src/outages/outages.service.js';
import type { OutageFilter } from '../../../server/src/outages/outages.types.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center, cluster, pool } from '../../support/builders/facility.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const clock = new MovedClock();
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '吴机房' });
const site = center();
const driven = cluster(site);
const cloud = pool(driven);
const other = center({ code: 'center-b' });
let app: TestApplication;
let outages: Outages;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const at = (text: string) => new Date(`${text}:00.000+08:00`);
const ALL: OutageFilter = {
  ...{ search: null, layers: [], centerId: null, systemId: null, lastingOnly: false, withdrawn: false },
};

beforeAll(async () => {
  app = await openTestApplication(clock);
  outages = get(Outages);
  await get(UnitOfWork).run((tx) =>
    get(FacilitiesService).add(tx, { centers: [site, other], clusters: [driven], pools: [cloud] }),
  );
});
afterAll(() => app.close());

const wish = (more: Partial<OutageWish> = {}): OutageWish => ({
  ...{ idempotencyKey: newId(), layer: 'PLATFORM', centerId: site.id, poolId: null, title: '存储控制器故障' },
  ...{ fromAt: at('2026-10-03T09:00'), toAt: at('2026-10-03T10:30'), liability: 'PROVIDER', excuse: null },
  ...{ source: '监控平台告警', orderCode: null, windowCode: null, systemIds: [], fileIds: [] },
  ...more,
});
const rulesOf = (answer: { ok: boolean; error?: readonly { rule?: string; path: readonly string[] }[] }) =>
  (answer.error ?? []).map(({ rule, path }) => `${path.join('.')} ${rule ?? ''}`.trim());
const october = { from: at('2026-10-01T00:00').getTime(), to: at('2026-11-01T00:00').getTime() };

describe('an outage', () => {
  it('is kept with what it names and a code, once under one key', async () => {
    const asked = wish();
    const answers = await Promise.all(Array.from({ length: 4 }, () => outages.record(engineer, asked)));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    const [row] = await outages.byIds([idOf(answers[0] as never)]);
    expect(row).toMatchObject({ layer: 'PLATFORM', version: 1, recordedBy: '吴机房', excuse: null });
    expect(row?.code).toMatch(/^ZD-2026-\d{6}$/);
    expect((await outages.page({ ...ALL, search: row?.code ?? '' }, { first: 10, after: null })).totalCount).toBe(1);
    idOf(
      await outages.withdraw(engineer, { id: row?.id, expectedVersion: 1, reason: '重复', idempotencyKey: newId() }),
    );
  });

  it('is refused with everything that is wrong, and nothing is written', async () => {
    const before = (await outages.page(ALL, { first: 1, after: null })).totalCount;
    const answer = await outages.record(
      engineer,
      wish({
        ...{ title: ' ', source: '', fromAt: new Date(at('2026-10-03T09:00').getTime() + 1), liability: 'EXCUSED' },
        ...{
          toAt: at('2026-10-03T08:00'),
          centerId: newId(),
          orderCode: 'GD-2026-999999',
          windowCode: 'WH-2026-999999',
        },
        ...{ systemIds: [newId()], poolId: cloud.id },
      }),
    );
    expect(rulesOf(answer)).toEqual([
      ...['title length', 'source length', 'fromAt minute', 'toAt order', 'excuse required'],
      ...['centerId', 'poolId', 'systemIds.0', 'orderCode', 'windowCode'],
    ]);
    expect(rulesOf(await outages.record(engineer, wish({ fromAt: at('2099-01-01T00:00'), toAt: null })))).toEqual([
      'fromAt past',
    ]);
    expect(codesOf(await outages.record(engineer, wish({ poolId: cloud.id, centerId: other.id })))).toEqual([
      'UNKNOWN_REFERENCE',
    ]);
    // Typed in words it is unknown, too: the database does not compare Chinese with a code.
    expect(rulesOf(await outages.record(engineer, wish({ orderCode: '抢修单', windowCode: '机房检修' })))).toEqual([
      ...['orderCode', 'windowCode'],
    ]);
    expect((await outages.page(ALL, { first: 1, after: null })).totalCount).toBe(before);
  });

  it('is corrected by whoever has seen its last version, and counts for nothing once withdrawn', async () => {
    const id = idOf(await outages.record(engineer, wish({ toAt: null })));
    const act = (expectedVersion: number) => ({ id, expectedVersion });
    expect((await outages.page({ ...ALL, lastingOnly: true }, { first: 9, after: null })).totalCount).toBe(1);
    const ended = { ...wish({ toAt: at('2026-10-03T11:00') }), ...act(1) };
    idOf(await outages.correct(engineer, ended));
    expect(codesOf(await outages.correct(engineer, { ...ended, idempotencyKey: newId() }))).toEqual([
      'VERSION_CONFLICT',
    ]);
    expect(downTimeOf(await outages.spansIn(october), october)).toEqual({ downMinutes: 120, excusedMinutes: 0 });
    const away = { reason: '误报', idempotencyKey: newId() };
    expect(rulesOf(await outages.withdraw(engineer, { ...act(2), ...away, reason: ' ' }))).toEqual(['reason length']);
    idOf(await outages.withdraw(engineer, { ...act(2), ...away, idempotencyKey: newId() }));
    expect(await outages.spansIn(october)).toEqual([]);
    expect(codesOf(await outages.correct(engineer, { ...wish(), ...act(3) }))).toEqual(['NOT_PERMITTED']);
    expect((await outages.page({ ...ALL, withdrawn: true }, { first: 9, after: null })).totalCount).toBe(2);
  });

  it('does not count while maintenance took place as it was agreed on, and counts again after that', async () => {
    const maintenance = get(MaintenanceService);
    const add = (more: object) =>
      get(UnitOfWork).run((tx) =>
        maintenance.add(tx, [
          {
            ...{
              id: newId(),
              code: `WH-2026-${newId().slice(-6)}`,
              centerId: site.id,
              poolId: cloud.id,
              placeId: null,
            },
            ...{ placeLabel: null, feed: null, title: '升级', reason: '升级', extent: 'WHOLE_POOL', nodes: null },
            ...{ fromAt: at('2026-10-05T01:00'), toAt: at('2026-10-05T03:00'), state: 'ENDED', uncovered: null },
            ...{ plannedBy: '吴机房', startedAt: at('2026-10-05T01:30'), endedAt: at('2026-10-05T04:00'), version: 3 },
            ...more,
          } as never,
        ]),
      );
    await add({});
    // Called off, it excuses nothing.
    await add({ state: 'CANCELLED', fromAt: at('2026-10-05T03:00'), toAt: at('2026-10-05T06:00'), startedAt: null });
    const span = { fromAt: at('2026-10-05T01:00'), toAt: at('2026-10-05T04:00'), poolId: cloud.id };
    const id = idOf(await outages.record(engineer, wish(span)));
    // Down for 180 minutes; agreed on until three, and begun at half past one: 90 of them.
    expect(downTimeOf(await outages.spansIn(october), october)).toEqual({ downMinutes: 180, excusedMinutes: 90 });
    // Of the whole center one pool's maintenance says nothing, unless somebody says that it was that.
    const corrected = { ...wish({ ...span, poolId: null }), id, expectedVersion: 1 };
    idOf(await outages.correct(engineer, corrected));
    expect(downTimeOf(await outages.spansIn(october), october).excusedMinutes).toBe(0);
    const [window] = await app.test.db.query("select code from maintenance_window where state = 'ENDED'");
    idOf(
      await outages.correct(engineer, {
        ...wish({ ...span, poolId: null, windowCode: window.code }),
        ...{ id, expectedVersion: 2 },
      }),
    );
    expect(downTimeOf(await outages.spansIn(october), october).excusedMinutes).toBe(90);
  });

  it('keeps its papers from whoever does not read outages', async () => {
    const file = idOf(await get(FilesService).upload({ name: '告警.pdf', bytes: Buffer.from('%PDF-1.7 1') }, engineer));
    idOf(await outages.record(engineer, wish({ fileIds: [file], fromAt: at('2026-08-03T09:00') })));
    expect(await get(FilesService).readable(viewerWith(['FINANCE'], null), file)).not.toBeNull();
    for (const role of ['PROVIDER_OPERATOR', 'DEPARTMENT_HEAD', 'CITY_ADMINISTRATOR'] as const)
      expect(await get(FilesService).readable(viewerWith([role], newId()), file)).toBeNull();
  });
});
