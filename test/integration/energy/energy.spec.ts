import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnergyRepository } from '../../../server/src/energy/energy.repository.js';
import { EnergyService } from '../../../server/src/energy/energy.service.js';
import { ReadingSources } from '../../../server/src/energy/reading-sources.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';

const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
const NOW = new Date('2026-11-24T08:30:00.000Z');
const a = center();

let app: TestApplication;
let energy: EnergyService;
let repository: EnergyRepository;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication({ now: () => NOW });
  energy = get(EnergyService);
  repository = get(EnergyRepository);
  await get(UnitOfWork).run((tx) => get(FacilitiesService).add(tx, { centers: [a], clusters: [], pools: [] }));
});
afterAll(() => app.close());

const reading = (kind: 'CENTER_TOTAL' | 'IT_TOTAL' | 'CABINET', at: string, powerW: number, subject = a.code) => ({
  subjectKind: kind,
  subject,
  at: new Date(at),
  powerW,
});
const push = (readings: ReturnType<typeof reading>[], sourceId = 'source-1') =>
  get(UnitOfWork).run((tx) => repository.push(tx, sourceId, readings));
const hours = () =>
  app.test.db.query('select subject_kind, hour, samples, sum_w, max_w from power_hour order by subject_kind, hour');

describe('readings', () => {
  it('are one, however often they are pushed, by one or by sixteen at once', async () => {
    const batch = [
      reading('CENTER_TOTAL', '2026-11-24T07:00:00Z', 1_000),
      reading('CENTER_TOTAL', '2026-11-24T07:30:00Z', 1_600),
      reading('CENTER_TOTAL', '2026-11-24T08:20:00Z', 1_400),
      reading('IT_TOTAL', '2026-11-24T07:15:00Z', 1_000),
      reading('IT_TOTAL', '2026-11-24T08:20:00Z', 1_000),
    ];
    const added = await Promise.all(Array.from({ length: 16 }, () => push(batch)));
    expect(added.reduce((sum, n) => sum + n, 0)).toBe(batch.length);
    const before = await hours();
    expect(before).toMatchObject([
      { subject_kind: 'CENTER_TOTAL', samples: 2, sum_w: '2600', max_w: 1_600 },
      { subject_kind: 'CENTER_TOTAL', samples: 1, sum_w: '1400', max_w: 1_400 },
      { subject_kind: 'IT_TOTAL', samples: 1 },
      { subject_kind: 'IT_TOTAL', samples: 1 },
    ]);
    expect(await push(batch)).toBe(0);
    expect(await hours()).toEqual(before);
  });

  it('come in any order from two senders of one hour at once, and the hour knows them all', async () => {
    const minutes = Array.from({ length: 20 }, (_, i) => String(i + 10));
    await Promise.all(
      minutes.map((minute, i) =>
        push([reading('CABINET', `2026-11-24T05:${minute}:00Z`, 100 + i, `${a.code}/r1/A-01`)], `source-${i % 2}`),
      ),
    );
    const [hour] = await app.test.db.query("select samples, sum_w from power_hour where subject_kind = 'CABINET'");
    expect(hour).toEqual({ samples: 20, sum_w: String(minutes.reduce((sum, _, i) => sum + 100 + i, 0)) });
  });

  it('are measured power only while they are young', async () => {
    await push([reading('CABINET', '2026-11-24T08:29:00Z', 777, `${a.code}/r1/A-02`)]);
    expect(await energy.measuredOf([`${a.code}/r1/A-01`, `${a.code}/r1/A-02`, 'nothing'])).toMatchObject([
      null,
      { powerW: 777, at: new Date('2026-11-24T08:29:00Z') },
      null,
    ]);
  });
});

describe('the energy of a center', () => {
  it('adds up hours, compares what both know, and leaves the rest unknown', async () => {
    const [found] = await energy.ofCenters([a.id], 3);
    expect(found?.now).toMatchObject({ totalW: 1_400, itW: 1_000 });
    expect(found?.months.map((m) => m.month)).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(found?.months[0]).toMatchObject({ totalKwh: null, pue: null, source: null });
    const running = found?.months[2];
    expect(running).toMatchObject({ knownHours: 2, hours: 569, source: 'READINGS', itKwh: 2 });
    expect(running?.totalKwh).toBeCloseTo(2.7, 9);
    expect(running?.pue).toBeCloseTo(1.35, 9);
  });

  it('takes the meter’s word for a month, said again, and its target by year', async () => {
    const record = (totalKwh: number, itKwh: number | null) =>
      energy.recordMonth(engineer, { centerId: a.id, month: '2026-10', totalKwh, itKwh, idempotencyKey: newId() });
    expect((await record(1_000, 2_000)).ok).toBe(false);
    expect((await record(1_000, null)).ok).toBe(true);
    expect((await record(1_500, 1_000)).ok).toBe(true);
    for (const [fromYear, hundredths] of [
      [2025, 145],
      [2027, 125],
    ] as const)
      expect(
        (await energy.setTarget(engineer, { centerId: a.id, fromYear, hundredths, idempotencyKey: newId() })).ok,
      ).toBe(true);
    const [found] = await energy.ofCenters([a.id], 2);
    expect(found).toMatchObject({ target: 145, months: [{ month: '2026-10', pue: 1.5, source: 'METER' }, {}] });
  });

  it('lets a source in by its token only, told once', async () => {
    const key = newId();
    const sources = get(ReadingSources);
    const made = await sources.register(engineer, { name: '一号楼动环', idempotencyKey: key });
    const token = made.ok ? made.value.token : null;
    expect(await sources.sourceOf(token ?? '')).not.toBeNull();
    expect(await sources.sourceOf('another')).toBeNull();
    expect(await sources.register(engineer, { name: '一号楼动环', idempotencyKey: key })).toMatchObject({
      ok: true,
      value: { token: null },
    });
    const rows = await app.test.db.query('select token_hash from reading_source');
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
