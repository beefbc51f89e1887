import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SimulatedDesk } from '../../support/simulated-desk.ts';

const closed = ({ state }: { state: string }) => state === 'CLOSED';

let desk: SimulatedDesk;
beforeAll(async () => {
  desk = await SimulatedDesk.open({ machines: 2 });
}, 300_000);
afterAll(() => desk?.close());

describe('executions on simulated clusters', () => {
  it('moves a running group from A to B', async () => {
    expect(await desk.look()).toEqual({ writers: [desk.a.center.id], primaries: [2, 0, 0], running: [2, 2, 0] });
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    const row = await desk.play(id, (now) => closed(now) || now.pausedAt !== null);
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', epoch: 1, pausedWhy: null });
    expect(await desk.look()).toEqual({ writers: [desk.b.center.id], primaries: [0, 2, 0], running: [0, 2, 0] });
  }, 300_000);
});
