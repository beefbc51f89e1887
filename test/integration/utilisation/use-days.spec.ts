import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entities } from '../../../server/src/entities.js';
import type { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { isIdle } from '../../../server/src/resources/domain/idle.js';
import { INITIAL_LIFE_POLICY } from '../../../server/src/resources/domain/life-policy.js';
import { UtilisationRepository } from '../../../server/src/utilisation/utilisation.repository.js';
import { UtilisationService } from '../../../server/src/utilisation/utilisation.service.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const id = (n: number) => `019abcde-0000-7000-8000-${String(n).padStart(12, '0')}`;
const clock = { at: new Date('2026-11-28T06:00:00.000Z'), now: () => clock.at };

describe('what machines use, in the database', () => {
  let test: TestDatabase;
  let work: UnitOfWork;
  let use: UtilisationService;

  beforeAll(async () => {
    test = await openTestDatabase(entities);
    work = unitsOfWork(test.db, clock).work;
    use = new UtilisationService(new UtilisationRepository(test.db));
  });
  afterAll(() => test.close());

  const record = (n: number, ...samples: readonly (readonly [time: string, cpu: number])[]) =>
    work.run((tx) =>
      use.record(
        tx,
        samples.map(([time, cpu]) => ({ resourceId: id(n), at: new Date(time), values: { CPU: cpu, MEMORY: cpu } })),
      ),
    );
  const days = async (n: number) =>
    (await use.days([id(n)], '2026-01-01')).map(({ day, cpuP95, hours, samples }) => [day, cpuP95, samples, hours]);

  it('goes to the day in Shanghai, and changes nothing when it comes twice or out of order', async () => {
    await record(1, ['2026-11-27T16:00:00.000Z', 200], ['2026-11-27T15:59:59.999Z', 100]);
    await record(1, ['2026-11-28T05:00:00.000Z', 300]);
    const once = await days(1);
    expect(once).toEqual([
      ['2026-11-27', 100, 1, 1],
      ['2026-11-28', 300, 2, 2],
    ]);
    await record(1, ['2026-11-28T05:00:00.000Z', 300], ['2026-11-27T16:00:00.000Z', 200]);
    expect(await days(1)).toEqual(once);
  });

  it('is written by two at once without losing either', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => record(2, [`2026-11-28T0${n}:00:00.000Z`, 100 * (n + 1)] as const)),
    );
    expect(await days(2)).toEqual([['2026-11-28', 600, 6, 6]]);
  });

  it('is closed a day later, and takes nothing after', async () => {
    await record(3, ['2026-11-28T05:00:00.000Z', 400]);
    clock.at = new Date('2026-11-30T06:00:00.000Z');
    await use.sweep(clock.now());
    const [row] = await test.db.query('select slots from resource_use_day where resource_id = ?', [id(3)]);
    expect(row.slots).toBeNull();
    expect(await record(3, ['2026-11-28T05:10:00.000Z', 900])).toBe(0);
    expect(await days(3)).toEqual([['2026-11-28', 400, 1, 1]]);
    clock.at = new Date('2026-11-28T06:00:00.000Z');
  });

  it('goes after 24 months', async () => {
    const day = { hours: 1, samples: 1, cpuP95: 1, memoryP95: 1, figures: {}, lastSampleAt: clock.now() };
    await work.run((tx) =>
      use.recordPast(tx, [
        { ...day, resourceId: id(4), day: '2024-11-27' },
        { ...day, resourceId: id(4), day: '2024-11-28' },
      ]),
    );
    await use.sweep(clock.now());
    expect((await use.days([id(4)], '2024-01-01')).map((row) => row.day)).toEqual(['2024-11-28']);
  });

  it('names as idle exactly what the rule does, whatever was seen', async () => {
    const policy = { ...INITIAL_LIFE_POLICY, IDLE_SEEN_DAYS: 3 };
    const seen = fc.record({
      cpuP95: fc.option(fc.constantFrom(0, 499, 500, 4_000), { nil: null }),
      memoryP95: fc.option(fc.constantFrom(0, 1_999, 2_000), { nil: null }),
    });
    let n = 1_000;
    await fc.assert(
      fc.asyncProperty(fc.array(seen, { minLength: 1, maxLength: 5 }), async (lived) => {
        n += 1;
        await work.run((tx) =>
          use.recordPast(
            tx,
            lived.map((one, at) => ({
              ...{ resourceId: id(n), day: `2026-11-0${at + 1}`, hours: 1, samples: 1, figures: {} },
              ...{ ...one, lastSampleAt: clock.now() },
            })),
          ),
        );
        const [window] = await use.windows([id(n)], '2026-11-01');
        const idle = await use.littleUsed('2026-11-01', { seenDays: 3, cpuBelow: 500, memoryBelow: 2_000 });
        const both = lived.filter((one) => one.cpuP95 !== null && one.memoryP95 !== null);
        expect(window?.days).toBe(both.length);
        // A day of which half is unknown counts for neither: the list asks by whole days alone.
        const most = (name: 'cpuP95' | 'memoryP95') =>
          both.length === 0 ? null : Math.max(...both.map((one) => one[name] ?? 0));
        const whole = { days: both.length, cpuP95: most('cpuP95'), memoryP95: most('memoryP95') };
        expect(idle.includes(id(n))).toBe(isIdle(whole, policy));
        expect(window).toMatchObject(whole);
      }),
      { numRuns: 40 },
    );
  });
});
