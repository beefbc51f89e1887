import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { idOf } from '../../support/request-journey.ts';

/** Each run is a whole request on a real database. */
const RUNS = 10;
const WHOLE = 10_000_000_000n;

let app: TestApplication;
let desk: KindsDesk;
let life: LifeDesk;
let money: OwnBudget;
let project: Project;
let item: string;
let sites: Site[] = [];
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  money = new OwnBudget(app, desk.journey);
  project = await money.project();
  item = await money.item(await money.whole(WHOLE), WHOLE / 2n, project);
  const big = { vcpu: 1_000, servers: 200, cabinets: [{}, {}] };
  sites = [
    await desk.openSite('ACTIVE_A', big),
    await desk.openSite('ACTIVE_B', big),
    await desk.openSite('RECOVERY', big),
  ];
});
afterAll(() => app.close());

type Thing = { readonly kind: string; readonly goes: () => Promise<boolean> };

/** Everything that a delivered request has, each with the act by which it goes. */
async function delivered(modes: object, counts: readonly number[]): Promise<{ id: string; things: Thing[] }> {
  const { journey } = desk;
  const lines = desk.lines(modes).map((line, at) => ({ ...line, count: counts[at] ?? 1 }));
  const id = await journey.submitted({ ...desk.content(lines), projectId: project.id });
  idOf(await journey.approve(id));
  const rows = (await journey.requests.linesOf([id]))[0] ?? [];
  const follow = desk.get(FollowUpService);
  for (const line of rows)
    if (line.kind !== 'VM') await desk.get(UnitOfWork).run((tx) => follow.lineFulfilled(tx, line.id, 'GD-1'));
  const machines = (await life.resources.ofRequests([id]))[0] ?? [];
  for (const machine of machines) await life.observe(machine.id, machine.standby ? 'STOPPED' : 'RUNNING');
  expect((await journey.row(id)).state).toBe('DELIVERED');
  const claims: { subject_id: string }[] = await app.test.db.query(
    "select subject_id from item_claim where request_id = ? and state = 'ALLOCATED' and kind = 'SERVER'",
    [id],
  );
  const things: Thing[] = [
    ...machines.map((machine) => ({ kind: 'VM', goes: () => machineGoes(machine.id) })),
    ...claims.map(({ subject_id: subject }) => ({ kind: 'SERVER', goes: () => serverGoes(subject) })),
    ...rows
      .filter(({ kind }) => kind === 'SERVICE' || kind === 'CABINET')
      .map(({ kind, id: lineId }) => ({ kind, goes: () => lineGoes(id, lineId) })),
  ];
  return { id, things };
}

async function machineGoes(id: string): Promise<boolean> {
  if ((await life.row(id)).state === 'RELEASED') return false;
  await life.release(id);
  await life.purge(id);
  await life.observe(id, 'GONE');
  return true;
}

async function serverGoes(id: string): Promise<boolean> {
  const [{ version, state }] = await app.test.db.query('select version, state from server where id = ?', [id]);
  if (state !== 'IN_USE') return false;
  const wish = { id, expectedVersion: version, action: 'RETURN' as const, reason: '退回', poolId: null };
  return (await desk.get(ServerLifeService).change(engineer, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() })).ok;
}

async function lineGoes(requestId: string, lineId: string): Promise<boolean> {
  const { version } = await desk.journey.row(requestId);
  const wish = { lineId, expectedVersion: version, reason: '不再使用', idempotencyKey: newId() };
  return (await desk.get(GivingBackLines).giveBack(desk.journey.applicant, desk.journey.scope, wish)).ok;
}

const leftOf = async (id: string): Promise<bigint> =>
  (await money.ledger.encumbrancesOf('REQUEST', [id])).reduce((sum, { left }) => sum + left, 0n);

async function expectAllBack(id: string, before: Awaited<ReturnType<KindsDesk['books']>>): Promise<void> {
  expect((await desk.journey.row(id)).state).toBe('CLOSED');
  expect(await leftOf(id)).toBe(0n);
  // A server that came back is cleaned before it is free: nobody's, and counted nowhere.
  const { servers: _, ...books } = await desk.books();
  const { servers: __, ...was } = before;
  expect(books).toEqual(was);
  const { reserved, entries, left } = await money.books(item);
  expect([reserved, entries]).toEqual([left, left]);
}

describe('what a request had goes back', () => {
  it('in any order of all kinds: the last closes it, its encumbrance is nothing, and no figure is given back twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('SINGLE' as const, 'DUAL_ACTIVE' as const),
        fc.constantFrom('NONE' as const, 'DATA' as const, 'APPLICATION' as const),
        fc.tuple(
          fc.integer({ min: 1, max: 2 }),
          fc.integer({ min: 1, max: 2 }),
          fc.constant(1),
          fc.integer({ min: 1, max: 2 }),
        ),
        fc.infiniteStream(fc.integer({ min: 0, max: 1_000 })),
        async (localMode, remoteMode, counts, draw) => {
          const before = await desk.books();
          const { id, things } = await delivered({ localMode, remoteMode }, counts);
          let reserved = await leftOf(id);
          expect(reserved).toBeGreaterThan(0n);
          const left = [...things];
          while (left.length > 0) {
            expect((await desk.journey.row(id)).state).toBe('DELIVERED');
            const [thing] = left.splice((draw.next().value as number) % left.length, 1) as [Thing];
            expect([thing.kind, await thing.goes()]).toEqual([thing.kind, true]);
            const now = await leftOf(id);
            expect(now).toBeLessThan(reserved);
            expect(now).toBeGreaterThanOrEqual(0n);
            reserved = now;
            // What is gone does not go again, and moves nothing.
            await thing.goes().catch(() => false);
            expect(await leftOf(id)).toBe(now);
          }
          await expectAllBack(id, before);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('once, where two let go of each thing at the same moment and all at once', async () => {
    const before = await desk.books();
    const { id, things } = await delivered({ localMode: 'DUAL_ACTIVE', remoteMode: 'DATA' }, [2, 1, 1, 1]);
    const others = things.filter(({ kind }) => kind !== 'VM');
    await Promise.all([...others, ...others].map((thing) => thing.goes().catch(() => false)));
    // Acts that met each other were refused by their version: whoever was refused presses again.
    for (const thing of others) await thing.goes().catch(() => false);
    for (const thing of things) await thing.goes().catch(() => false);
    await expectAllBack(id, before);
    expect(sites).toHaveLength(3);
  });
});
