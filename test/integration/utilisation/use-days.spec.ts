import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entities } from '../../../server/src/entities.js';
import type { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
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
        samples.map(([time, cpu]) => ({
          ...{ resourceId: id(n), size: { vcpu: 4, memoryMib: 8_192 }, at: new Date(time) },
          values: { CPU: cpu, MEMORY: cpu },
        })),
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
    expect(await test.db.query('select hour from resource_use_hour where resource_id = ?', [id(3)])).toEqual([]);
    expect(await record(3, ['2026-11-28T05:10:00.000Z', 900])).toBe(0);
    expect(await days(3)).toEqual([['2026-11-28', 400, 1, 1]]);
    clock.at = new Date('2026-11-28T06:00:00.000Z');
  });

  it('goes after 24 months', async () => {
    const day = {
      ...{ hours: 1, samples: 1, cpuP95: 1, memoryP95: 1, cpuMean: 1, memoryMean: 1, vcpu: 1, memoryMib: 1_024 },
      ...{ figures: {}, lastSampleAt: clock.now() },
    };
    await work.run((tx) =>
      use.recordPast(tx, [
        { ...day, resourceId: id(4), day: '2024-11-27' },
        { ...day, resourceId: id(4), day: '2024-11-28' },
      ]),
    );
    await use.sweep(clock.now());
    expect((await use.days([id(4)], '2024-01-01')).map((row) => row.day)).toEqual(['2024-11-28']);
  });

  it('makes a window of the days on which both were seen, whatever was seen on the others', async () => {
    const seen = fc.record({
      cpuP95: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
      memoryP95: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
      vcpu: fc.integer({ min: 1, max: 64 }),
      memoryMib: fc.integer({ min: 512, max: 262_144 }),
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
              ...{ ...one, cpuMean: one.cpuP95, memoryMean: one.memoryP95, lastSampleAt: clock.now() },
            })),
          ),
        );
        const [window] = await use.windows([id(n)], '2026-11-01');
        const both = lived.flatMap(({ cpuP95, memoryP95, ...size }) =>
          cpuP95 === null || memoryP95 === null ? [] : [{ cpuP95, memoryP95, ...size }],
        );
        const most = (of: (one: (typeof both)[number]) => number) =>
          both.length === 0 ? null : Math.max(...both.map(of));
        expect(window).toMatchObject({
          days: both.length,
          cpuP95: most((one) => one.cpuP95),
          memoryP95: most((one) => one.memoryP95),
          cpuNeed: most((one) => one.cpuP95 * one.vcpu),
          memoryNeed: most((one) => one.memoryP95 * one.memoryMib),
        });
        const sum = both.reduce((total, { cpuP95 }) => total + cpuP95, 0);
        expect(window?.cpuMean).toBe(both.length === 0 ? null : Math.round(sum / both.length));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the greater size of a day on which a machine was resized: its shares are of both', async () => {
    const sized = (vcpu: number, time: string) =>
      work.run((tx) =>
        use.record(tx, [
          { resourceId: id(5), size: { vcpu, memoryMib: 2_048 }, at: new Date(time), values: { CPU: 5_000 } },
        ]),
      );
    await sized(8, '2026-11-28T01:00:00.000Z');
    await sized(4, '2026-11-28T02:00:00.000Z');
    expect((await use.days([id(5)], '2026-11-01')).map(({ vcpu }) => vcpu)).toEqual([8]);
  });
});
