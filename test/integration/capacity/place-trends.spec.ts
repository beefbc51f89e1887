import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CapacityService } from '../../../server/src/capacity/capacity.service.js';
import { PlaceTrends } from '../../../server/src/capacity/place-trends.service.js';
import type { Clock } from '../../../server/src/kernel/clock.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ServerHistory } from '../../../server/src/servers/server-history.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { Rooms } from '../../support/rooms.ts';
import { ServerRoom } from '../../support/server-room.ts';

/** The last evening of a month in Shanghai, so that the running month counts whole. */
class HandClock implements Clock {
  at = new Date('2026-09-30T12:00:00Z');

  now(): Date {
    return this.at;
  }
}

const clock = new HandClock();
const monthsAgo = (months: number): Date => new Date(Date.UTC(2026, 8 - months, 15));

let app: TestApplication;
let rooms: Rooms;
let center: ServerRoom;
beforeAll(async () => {
  app = await openTestApplication(clock);
  rooms = new Rooms(app);
  center = await ServerRoom.open(app);
});
afterAll(() => app.close());

describe('PlaceTrends', () => {
  it('says of units, watts and grams how they grow and when they are used up, without holds and what moved', async () => {
    const centerId = center.center.id;
    const { ids } = await rooms.open([[{ heightUnits: 42 }, { heightUnits: 42 }]], null, centerId);
    const [first, second] = ids as [string, string];
    // Two units, 100 W and 5 kg more each month, the last of them this month.
    const holders: string[] = [];
    for (let months = 7; months >= 0; months -= 1) {
      const placed = await rooms.place({
        where: { cabinetId: first, startUnit: null },
        heightHalfUnits: 4,
        powerW: 100,
        weightGrams: 5_000,
        since: monthsAgo(months),
      });
      if (placed.ok) holders.push(placed.value.holderId);
    }
    expect(holders).toHaveLength(8);
    await rooms.place({ where: { cabinetId: second, startUnit: null }, heightHalfUnits: 20, state: 'HELD' });
    // To the neighbour: the center has no more and no less of it.
    await rooms.in((tx, space) =>
      space.move(tx, [
        {
          holderId: holders[0] as string,
          cabinetId: second,
          startUnit: null,
          face: null,
          expectedVersion: null,
          path: [],
        },
      ]),
    );
    const trends = await app.context.get(PlaceTrends, { strict: false }).of(12, 6);
    const { space } = await app.context.get(CapacityService, { strict: false }).report(12, 6);
    const totals = space.find((row) => row.centerId === centerId);
    if (!totals) throw new Error('the center has no cabinets');
    const units = trends.space(totals, 'UNITS');
    expect(units.history.map(({ amount }) => amount)).toEqual([0, 0, 0, 0, 2, 4, 6, 8, 10, 12, 14, 16]);
    expect(units.history.at(-1)).toMatchObject({ month: '2026-09', amount: totals.amounts.UNITS.used });
    expect(units.perMonth).toBeCloseTo(2);
    // 84 - 16 - 10 held = 58 free, at two a month: 29 months.
    expect(units.daysToFull).toBe(Math.floor((58 / 2) * (365.2425 / 12)));
    const watts = trends.space(totals, 'POWER_W');
    expect(watts.history.at(-1)?.amount).toBe(totals.amounts.POWER_W.used);
    expect(watts.perMonth).toBeCloseTo(100);
    const grams = trends.space(totals, 'WEIGHT_GRAMS');
    expect(grams.history.at(-1)?.amount).toBe(totals.amounts.WEIGHT_GRAMS.used);
    expect(grams.perMonth).toBeCloseTo(5_000);
  });

  it('says the same of servers by center and architecture, from what happened to them', async () => {
    const use = { departmentId: newId(), systemId: newId(), poolId: null };
    for (let months = 5; months >= 0; months -= 1) await center.fill(1, 'IN_USE', { use, since: monthsAgo(months) });
    await center.fill(9, 'FREE');
    // The memo of the other test must not answer.
    clock.at = new Date(clock.at.getTime() + 120_000);
    const trends = await app.context.get(PlaceTrends, { strict: false }).of(6, 4);
    const row = { centerId: center.center.id, architecture: 'ARM64', free: 9 };
    const { history, perMonth, daysToFull } = trends.servers(row);
    expect(history.map(({ amount }) => amount)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(perMonth).toBeCloseTo(1);
    expect(daysToFull).toBe(Math.floor(9 * (365.2425 / 12)));
    expect(trends.servers({ ...row, architecture: 'AMD64' }).perMonth).toBe(0);
  });

  it('counts a server that was taken in from its real day on, though it was registered months later', async () => {
    const room = await ServerRoom.open(app);
    const [serverId] = (await room.fill(1, 'ONBOARDING', { since: monthsAgo(2) })) as [string];
    const taken = await room.run((tx) =>
      room.get(ServerIntakeService).takeIn(
        tx,
        [
          {
            ...{ serverId, assetNumber: 'ZC-OLD', departmentId: newId(), systemId: newId() },
            ...{ usedSince: monthsAgo(5), sourcePlatform: '旧机房', path: [] },
          },
        ],
        'NG-1',
        '测试',
      ),
    );
    expect(taken.ok).toBe(true);
    const changes = async () =>
      (await room.get(ServerHistory).changes())
        .filter(({ centerId }) => centerId === room.center.id)
        .map(({ month, servers }) => [month, servers]);
    expect(await changes()).toEqual([['2026-04', 1]]);
    // Given back, its use is over.
    const [{ version }] = (await rooms.sql('select version from server where id = ?', [serverId])) as [
      { version: number },
    ];
    clock.at = new Date(clock.at.getTime() + 120_000);
    const returned = await room.get(ServerLifeService).change(room.engineer, WHOLE_PROVINCE, {
      ...{ id: serverId, action: 'RETURN', expectedVersion: version, idempotencyKey: newId() },
      ...{ reason: '退还', poolId: null },
    });
    expect(returned.ok).toBe(true);
    expect(Object.fromEntries(await changes())).toEqual({ '2026-04': 1, '2026-09': -1 });
  });

  it('reads the past by two statements, however many cabinets there are', async () => {
    clock.at = new Date(clock.at.getTime() + 120_000);
    const { statements } = await countStatements(app.test.db, () =>
      app.context.get(PlaceTrends, { strict: false }).of(24, 6),
    );
    expect(statements).toBe(2);
  });
});
