import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { UseFinding } from '../../../server/src/resources/domain/idle.js';
import { LifePolicies } from '../../../server/src/resources/life-policies.service.js';
import { UseWindows } from '../../../server/src/resources/use-windows.service.js';
import { UtilisationService } from '../../../server/src/utilisation/utilisation.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { offer } from '../../support/builders/catalog.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { RequestJourney } from '../../support/request-journey.ts';

const clock = new MovedClock();
const SIZE = { vcpu: 1, memoryMib: 1_024 };

describe('what machines in use say in the window of the rules', () => {
  let app: TestApplication;
  let journey: RequestJourney;
  let desk: LifeDesk;
  let windows: UseWindows;
  /** In this order: idle, too big, busy, never seen, seen on too few days. */
  let ids: string[];

  beforeAll(async () => {
    app = await openTestApplication(clock);
    journey = await RequestJourney.begin(app);
    desk = new LifeDesk(app, journey);
    windows = desk.get(UseWindows);
    await desk.get(UnitOfWork).run(async (tx) => {
      const smaller = offer({ ...SIZE, code: 'arm64-general-smaller', memoryMib: 512 });
      await desk.get(CatalogService).add(tx, { offers: [smaller], images: [] });
    });
    const { center } = await journey.openCenter('use', 1_000);
    ids = (await desk.delivered(center.id, 5)).toSorted();
    await seen(0, 30, 300, 1_000);
    await seen(1, 30, 3_000, 3_000);
    await seen(2, 30, 5_000, 7_000);
    await seen(4, 5, 300, 1_000);
    await windows.reckon(clock.now());
  });
  afterAll(() => app.close());

  async function seen(which: number, days: number, cpu: number, memory: number): Promise<void> {
    const rows = Array.from({ length: days }, (_, back) => ({
      ...{ resourceId: ids[which] as string, day: addDays(calendarDate(clock.now()), -back), ...SIZE },
      ...{ hours: 24, samples: 288, cpuP95: cpu, memoryP95: memory, cpuMean: cpu / 2, memoryMean: memory / 2 },
      ...{ figures: {}, lastSampleAt: clock.now() },
    }));
    await desk.get(UnitOfWork).run((tx) => desk.get(UtilisationService).recordPast(tx, rows));
  }
  const found = async (...uses: UseFinding[]) => {
    const page = await desk.resources.page(WHOLE_PROVINCE, { uses }, 'NAME', { first: 100, after: null });
    return page.rows.map(({ id }) => ids.indexOf(id)).toSorted();
  };

  it('name idle ones and those of which a smaller size would do, and nothing of what is not known', async () => {
    expect(await found('IDLE')).toEqual([0]);
    expect(await found('OVERSIZED')).toEqual([1]);
    expect(await found('IDLE', 'OVERSIZED')).toEqual([0, 1]);
  });

  it('amount to the sums of their department, with what could be saved', async () => {
    const total = await windows.total(WHOLE_PROVINCE, null);
    expect(total).toMatchObject({ machines: 5, seen: 4, vcpu: 5, seenVcpu: 4, idle: 1, oversized: 1 });
    expect(total.cpuMean).toBe(Math.round((150 + 1_500 + 2_500 + 150) / 4));
    const { monthlyFen } = await desk.row(ids[0] as string);
    expect(total.idleFen).toBe(monthlyFen);
    expect(total.oversizedFen).toBeGreaterThan(0n);
    expect(total.oversizedFen).toBeLessThan(monthlyFen);
    const wanted = { among: null, order: 'SAVING' } as const;
    const { rows, totalCount } = await windows.departments(journey.scope, wanted, { first: 10, after: null });
    expect([totalCount, rows[0]]).toEqual([1, { ...total, departmentId: journey.department.id }]);
    const others = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    expect((await windows.departments(others, wanted, { first: 10, after: null })).totalCount).toBe(0);
    expect(await windows.total(WHOLE_PROVINCE, [newId()])).toMatchObject({ machines: 0, idleFen: 0n, cpuMean: null });
  });

  it('are reckoned again when an hour has passed or the rules were changed, not before', async () => {
    await windows.keep(clock.now());
    await seen(2, 30, 300, 1_000);
    await windows.keep(new Date(clock.now().getTime() + 59 * 60_000));
    expect(await found('IDLE')).toEqual([0]);
    await windows.keep(new Date(clock.now().getTime() + 60 * 60_000));
    expect(await found('IDLE')).toEqual([0, 2]);

    const policies = desk.get(LifePolicies);
    const rule = (await policies.rows()).find(({ name }) => name === 'IDLE_CPU_PERCENT');
    const changes = [{ name: 'IDLE_CPU_PERCENT' as const, value: 1, expectedVersion: rule?.version ?? 0 }];
    expect(await policies.change(SYSTEM, { idempotencyKey: newId(), changes })).toMatchObject({ ok: true });
    await windows.keep(new Date(clock.now().getTime() + 61 * 60_000));
    expect(await found('IDLE')).toEqual([]);
  });

  it('go with the machine when it is given back', async () => {
    const kept = async () =>
      (await app.test.db.query('select resource_id from resource_use_window')).map((row: { resource_id: string }) =>
        ids.indexOf(row.resource_id),
      );
    expect((await kept()).toSorted()).toEqual([0, 1, 2, 4]);
    expect(await desk.release(ids[1] as string)).toMatchObject({ ok: true });
    expect(await found('OVERSIZED')).not.toContain(1);
    await windows.reckon(new Date(clock.now().getTime() + 62 * 60_000));
    expect((await kept()).toSorted()).toEqual([0, 2, 4]);
  });
});
