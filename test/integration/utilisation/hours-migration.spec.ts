import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { entities } from '../../../server/src/entities.js';
import { hoursOfUse } from '../../../server/src/platform/database/migrations/202611291820-hours-of-use.js';
import { USE_METRICS } from '../../../server/src/utilisation/domain/day-use.js';
import { UtilisationRepository } from '../../../server/src/utilisation/utilisation.repository.js';
import { UtilisationService } from '../../../server/src/utilisation/utilisation.service.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const [OPEN, CLOSED] = ['019abcde-0000-7000-8000-000000000001', '019abcde-0000-7000-8000-000000000002'];
const SLOTS = 288;

describe('the samples of open days as they were before', () => {
  let test: TestDatabase;
  let owner: mysql.Connection;

  beforeAll(async () => {
    test = await openTestDatabase(entities);
    const { database, password, socketPath, user } = test.owner;
    owner = await mysql.createConnection({ database, password, socketPath, user } as mysql.ConnectionOptions);
    await owner.query('drop table resource_use_hour');
    await owner.query('alter table resource_use_day drop column is_open, add column slots blob null');
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  it('are in the rows of their hours, every one, and count on', async () => {
    // Of each metric a value at midnight, at 05:00 and at the day's last five minutes.
    const whole = Buffer.alloc(USE_METRICS.length * SLOTS * 4, 0xff);
    USE_METRICS.forEach((_, metric) => {
      for (const [slot, value] of [
        [0, 100],
        [60, 200],
        [287, 300],
      ] as const)
        whole.writeUInt32LE(value + metric, (metric * SLOTS + slot) * 4);
    });
    const row = (id: string | undefined, slots: Buffer | null) => [
      ...[id, '2026-11-28', 3, 3, 300, 301, 200, 201, 4, 8_192, '{}', new Date('2026-11-28T15:55:00.000Z'), slots],
    ];
    await owner.query(
      `insert into resource_use_day (resource_id, day, hours, samples, cpu_p95, memory_p95, cpu_mean, memory_mean, vcpu,
         memory_mib, figures, last_sample_at, slots) values ?`,
      [[row(OPEN, whole), row(CLOSED, null)]],
    );
    const sql = async (statement: string) => {
      await owner.query(statement);
    };
    await hoursOfUse.up({ auditSchema: 'none', sql });
    const [hours] = await owner.query(
      'select resource_id, hour, length(slots) as bytes from resource_use_hour order by hour',
    );
    expect(hours).toEqual([0, 5, 23].map((hour) => ({ resource_id: OPEN, hour, bytes: 336 })));

    const clock = { now: () => new Date('2026-11-28T15:58:00.000Z') };
    const use = new UtilisationService(new UtilisationRepository(test.db));
    const sample = (resourceId: string | undefined) => ({
      resourceId: resourceId as string,
      size: { vcpu: 4, memoryMib: 8_192 },
      at: new Date('2026-11-28T04:00:00.000Z'),
      values: { CPU: 400 },
    });
    const { work } = unitsOfWork(test.db, clock);
    expect(await work.run((tx) => use.record(tx, [sample(OPEN), sample(CLOSED)]))).toBe(1);
    const days = await use.days([OPEN as string, CLOSED as string], '2026-11-01');
    expect(days.map(({ hours: seen, samples }) => [seen, samples])).toEqual([
      [4, 4],
      [3, 3],
    ]);
    expect(days[0]?.figures.CPU).toEqual({ p50: 200, p95: 400, max: 400, mean: 250, samples: 4 });
    expect(days[0]?.figures.MEMORY).toEqual({ p50: 201, p95: 301, max: 301, mean: 201, samples: 3 });
  });
});
