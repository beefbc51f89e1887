import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnergyRepository } from '../../../server/src/energy/energy.repository.js';
import { EnergyService } from '../../../server/src/energy/energy.service.js';
import { ReadingSources } from '../../../server/src/energy/reading-sources.service.js';
import { Readings } from '../../../server/src/energy/readings.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';
import { Rooms } from '../../support/rooms.ts';

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

  it('names the feeds that are measured now, each with its newest reading', async () => {
    const feed = (name: string, at: string, powerW: number, code = a.code) => ({
      subjectKind: 'FEED' as const,
      subject: `${code}/${name}`,
      at: new Date(at),
      powerW,
    });
    await get(UnitOfWork).run((tx) =>
      repository.push(tx, 'source-1', [
        feed('f2', '2026-11-24T08:29:00Z', 20),
        feed('f1', '2026-11-24T08:20:00Z', 1),
        feed('f1', '2026-11-24T08:25:00Z', 10),
        feed('old', '2026-11-24T08:00:00Z', 99),
        feed('f1', '2026-11-24T08:29:00Z', 77, `${a.code}-2`),
      ]),
    );
    const [found] = await energy.ofCenters([a.id], 1);
    expect(found?.feeds).toEqual([
      { name: 'f1', powerW: 10, measuredAt: new Date('2026-11-24T08:25:00Z') },
      { name: 'f2', powerW: 20, measuredAt: new Date('2026-11-24T08:29:00Z') },
    ]);
  });
});

describe('sources of readings', () => {
  const register = (name: string, centerIds: (string | undefined)[] = [a.id], idempotencyKey = newId()) =>
    get(ReadingSources).register(engineer, { name, centerIds, idempotencyKey });
  const push = (token: string, subject: string, kind = 'CENTER_TOTAL') =>
    get(Readings).take(token, {
      readings: [{ kind, subject, at: '2026-11-24T08:10:00Z', powerW: 5 }],
    });

  it('are let in by their token only, told once', async () => {
    const key = newId();
    const sources = get(ReadingSources);
    const made = await register('一号楼动环', [a.id], key);
    const token = made.ok ? made.value.token : null;
    expect(await sources.sourceOf(token ?? '')).toMatchObject({ centerIds: [a.id] });
    expect(await sources.sourceOf('another')).toBeNull();
    expect(await register('一号楼动环', [a.id], key)).toMatchObject({ ok: true, value: { token: null } });
    const rows = await app.test.db.query('select token_hash from reading_source');
    expect(JSON.stringify([rows, await sources.list()])).not.toContain(token);
  });

  it('name themselves and the centers that they write', async () => {
    const paths = async (...of: Parameters<typeof register>) => {
      const made = await register(...of);
      return made.ok ? [] : made.error.map((refusal) => [refusal.code, ...refusal.path]);
    };
    expect(await paths('一号楼动环')).toEqual([['INVALID_INPUT', 'name']]);
    expect(await paths(' ', [])).toEqual([
      ['INVALID_INPUT', 'name'],
      ['INVALID_INPUT', 'centerIds'],
    ]);
    expect(await paths('x', [newId()])).toEqual([['UNKNOWN_REFERENCE', 'centerIds']]);
    expect(await paths('y', [undefined])).toEqual([['UNKNOWN_REFERENCE', 'centerIds']]);
  });

  it('write their own centers and cabinets that are there, and say when they were heard', async () => {
    const other = center({ code: 'center-other', role: 'RECOVERY' });
    await get(UnitOfWork).run((tx) => get(FacilitiesService).add(tx, { centers: [other], clusters: [], pools: [] }));
    const rooms = new Rooms(app);
    const { roomId, ids } = await rooms.open([[{ code: 'A-01' }]]);
    await app.test.db.query('update room set center_id = ? where id = ?', [a.id, roomId]);
    await app.test.db.query('update cabinet set center_id = ? where id = ?', [a.id, ids[0]]);
    const [{ code: room }] = await app.test.db.query('select code from room where id = ?', [roomId]);
    const made = await register('二号楼动环');
    const { id, token } = made.ok ? made.value : { id: '', token: null };
    const heard = async () => (await get(ReadingSources).sources([id]))[0]?.lastReadingAt ?? null;
    const count = async () => Number((await app.test.db.query('select count(*) as n from power_reading'))[0].n);
    const before = await count();
    expect(await push(token ?? '', other.code)).toMatchObject({ ok: false, error: [{ index: 0, field: 'subject' }] });
    expect(await push(token ?? '', `${a.code}/${room}/A-02`, 'CABINET')).toMatchObject({ ok: false });
    expect(await push(token ?? '', `${a.code}/nowhere/A-01`, 'CABINET')).toMatchObject({ ok: false });
    expect([await count(), await heard()]).toEqual([before, null]);
    expect(await push(token ?? '', `${a.code}/${room}/A-01`, 'CABINET')).toMatchObject({ ok: true });
    expect([await count(), await heard()]).toEqual([before + 1, new Date('2026-11-24T08:10:00Z')]);
  });

  it('are revoked once, with a reason, by one of sixteen at once; their token then opens nothing', async () => {
    const made = await register('泄露的令牌');
    const { id, token } = made.ok ? made.value : { id: '', token: null };
    const revoke = (reason: string) =>
      get(ReadingSources).revoke(engineer, { sourceId: id, reason, idempotencyKey: newId() });
    expect(await revoke(' ')).toMatchObject({ ok: false, error: [{ path: ['reason'] }] });
    const all = await Promise.all(Array.from({ length: 16 }, (_, i) => revoke(`第 ${i} 人`)));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
    expect(all.filter((one) => !one.ok && one.error[0]?.code === 'ILLEGAL_TRANSITION')).toHaveLength(15);
    expect(await push(token ?? '', a.code)).toBeNull();
    const audit = await app.test.db.query(
      `select count(*) as n from ${auditSchemaOf(app.test.owner.database)}.audit_event where action = 'energy.revokeSource'`,
    );
    expect(Number(audit[0].n)).toBe(1);
  });

  it('keep nothing of a push whose token is revoked while it is on its way', async () => {
    const made = await register('在途');
    const { id, token } = made.ok ? made.value : { id: '', token: null };
    const count = async () =>
      Number((await app.test.db.query('select count(*) as n from power_reading where source_id = ?', [id]))[0].n);
    const pushes = Array.from({ length: 8 }, (_, i) =>
      get(Readings).take(token ?? '', {
        readings: [{ kind: 'IT_TOTAL', subject: a.code, at: `2026-11-24T06:0${i}:00Z`, powerW: 5 }],
      }),
    );
    const [, ...answers] = await Promise.all([
      get(ReadingSources).revoke(engineer, { sourceId: id, reason: '换新', idempotencyKey: newId() }),
      ...pushes,
    ]);
    expect(await count()).toBe(answers.filter((answer) => answer?.ok).length);
  });
});
