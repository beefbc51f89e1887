import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MeteringService } from '../../../server/src/metering/metering.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';

let app: TestApplication;
const [before, since] = [new Date('2026-11-01T00:00:00+08:00'), new Date('2026-11-02T03:00:00Z')];
const later = new Date('2026-11-03T03:00:00Z');

beforeAll(async () => {
  app = await openTestApplication();
});
afterAll(() => app.close());

const factsOf = async () => {
  const sources = app.context.get(MeteringService, { strict: false }).sources;
  const counts = await Promise.all(
    sources.map(async ({ name, factsSince }) => [name, await factsSince?.(since, before)] as const),
  );
  return Object.fromEntries(counts);
};

/** A place in a cabinet that was so from `at` on, as it was written down later. */
const place = (state: string, at: string, recordedAt = later) =>
  app.test.db.query(
    `insert into cabinet_holder_event (holder_id, version, at, recorded_at, state, cabinet_id, start_half_unit,
       height_half_units, face, power_w, weight_grams, label) values (?, 1, ?, ?, ?, ?, 1, 2, 'FRONT', 100, 1000, 'x')`,
    [newId(), new Date(at), recordedAt, state, newId()],
  );

describe('facts of a month that were written after it was looked at', () => {
  it('are counted of whatever has a record that can tell: not of machines alone', async () => {
    expect(await factsOf()).toEqual({ MACHINE: 0, THING: 0, ADDRESS: 0, DATA: 0, DISK: 0 });
    await place('OCCUPIED', '2026-10-20T00:00:00Z');
    await place('RELEASED', '2026-10-21T00:00:00Z');
    // Promised only, of the next month, or written before everything was looked at.
    await place('HELD', '2026-10-20T00:00:00Z');
    await place('OCCUPIED', '2026-11-02T00:00:00Z');
    await place('OCCUPIED', '2026-10-20T00:00:00Z', new Date('2026-11-01T03:00:00Z'));
    expect((await factsOf()).THING).toBe(2);
  });
});
