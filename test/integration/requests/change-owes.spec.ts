import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { DebtDesk } from '../../support/debt-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, type RequestJourney } from '../../support/request-journey.ts';

/** What is on the shelf is known for a second: each change of rules or of a center's life takes a little longer. */
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };
const later = () => {
  ahead += 2_000;
};

/** A DR mode up while the recovery center is being built: what cannot be there yet is owed, as of a new request. */
let app: TestApplication;
let journey: RequestJourney;
let debts: DebtDesk;
let desk: ChangeDesk;
let near: Site;
let recovery: Site;
let big: Offer;

beforeAll(async () => {
  app = await openTestApplication(clock);
  debts = new DebtDesk(await KindsDesk.open(app));
  ({ journey } = debts.kinds);
  desk = new ChangeDesk(app, journey);
  near = await debts.kinds.openSite('ACTIVE_A', { vcpu: 1_000 });
  recovery = await debts.kinds.openSite('RECOVERY', { vcpu: 100 }, 'BUILDING');
  [big] = (await desk.offers({ vcpu: 4, memoryMib: 4_096 })) as [Offer];
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

async function machines(count = 2): Promise<string[]> {
  return desk.life.delivered(near.center.id, count);
}
const requestOf = async (id: string) => (await desk.life.row(id)).requestId;
const siblings = async (id: string) => (await desk.life.resources.ofRequests([await requestOf(id)]))[0] ?? [];
const remote = (ids: readonly string[], more: object = {}) =>
  desk.content([ids[0] ?? ''], { remoteMode: 'APPLICATION', ...more });

describe('a change whose share has no center yet', () => {
  it('is refused where no rule accepts a debt, with what is not in service', async () => {
    const change = await desk.sent(remote(await machines()));
    const refused = await desk.submit(change);
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'INVALID_INPUT', rule: 'D1' }] });
    expect(await debts.of(change)).toEqual([]);
    idOf(await desk.withdraw(change));
    expect(await debts.rules()).toMatchObject({ ok: true });
    later();
  });

  it('owes it with the hold, for all machines of the line and of their new size, and holds nothing for it', async () => {
    const ids = await machines();
    const before = await desk.pool(near.pool.id);
    const change = await desk.submitted(remote(ids, { offerId: big.id }));
    expect(await debts.states(change)).toEqual(['VM PENDING 2']);
    const [debt] = await debts.of(change);
    // Half of two machines of four vCPU.
    expect(debt).toMatchObject({ share: 'RECOVERY', standing: 'STANDBY', machines: 2, vcpu: 4, storageGib: 40 });
    expect(await desk.pool(near.pool.id)).toMatchObject({ vcpu: before.vcpu + 6 });
    expect(await desk.pool(recovery.pool.id)).toMatchObject({ vcpu: 0, ssdGib: 0 });
    idOf(await desk.withdraw(change));
    expect(await debts.states(change)).toEqual(['VM VOID 2']);
    expect(await desk.pool(near.pool.id)).toEqual(before);
  });

  it('owes nothing any more when it is rejected or its hold runs out', async () => {
    const ids = await machines();
    const rejected = await desk.submitted(remote(ids));
    const wish = journey.wish(rejected, (await journey.row(rejected)).version, '不同意');
    idOf(await journey.review.move(journey.acceptance, { kind: 'PROVINCE' }, 'REJECT', wish));
    expect(await debts.states(rejected)).toEqual(['VM VOID 2']);
    const expired = await desk.submitted(remote(ids));
    await app.test.db.query("update request set hold_expires_at = '2020-01-01' where id = ?", [expired]);
    await app.context.get(DeadlinesService, { strict: false }).expireHolds(SYSTEM);
    expect(await debts.states(expired)).toEqual(['VM VOID 2']);
  });

  it('owes it for certain at the grant, under the line whose machines it follows', async () => {
    const ids = await machines();
    const original = await requestOf(ids[0] ?? '');
    const change = await desk.granted(remote(ids));
    expect([await debts.states(change), await debts.states(original)]).toEqual([[], ['VM OPEN 2']]);
    // No cluster has anything to do for it.
    expect(await desk.state(change)).toBe('CLOSED');
    const [group] = await desk.changes.groups(journey.scope, ids);
    expect(group).toMatchObject({ remoteMode: 'APPLICATION', owesShare: true, whole: true });
    // What is owed is neither asked for again nor taken away by a second change.
    for (const mode of ['NONE', 'DATA'] as const)
      expect(await desk.draft(desk.content(ids, { remoteMode: mode }))).toMatchObject({
        ok: false,
        error: [{ code: 'NOT_PERMITTED', reason: 'DR_DEBT_OPEN' }],
      });
    idOf(await desk.life.release(ids[0] ?? ''));
    idOf(await desk.life.purge(ids[0] ?? ''));
    await desk.life.observe(ids[0] ?? '', 'GONE');
    expect(await debts.states(original)).toEqual(['VM OPEN 1']);
  });

  it('is one debt a share, however many changes of the line come at once', async () => {
    const ids = await machines();
    const drafts = await Promise.all(Array.from({ length: 8 }, async () => idOf(await desk.draft(remote(ids)))));
    const answers = await byClients(8, drafts, async (id) => ({ id, sent: await desk.send(id) }));
    const [through, ...others] = answers.filter(({ sent }) => sent.ok);
    expect([through !== undefined, others.length]).toEqual([true, 0]);
    for (const { sent } of answers.filter((one) => !one.sent.ok)) expect(codesOf(sent)).toEqual(['CHANGE_OPEN']);
    idOf(await desk.submit(through?.id ?? ''));
    idOf(await journey.approve(through?.id ?? ''));
    expect(await debts.states(await requestOf(ids[0] ?? ''))).toEqual(['VM OPEN 2']);
  });
});

describe('when the center opens', () => {
  it('is settled there in the size that its machines have then', async () => {
    const ids = await machines();
    const original = await requestOf(ids[0] ?? '');
    await desk.granted(remote(ids));
    // Bigger since: all of the line, though one is named.
    const grown = await desk.granted(desk.content([ids[0] ?? ''], { offerId: big.id, diskGib: 60 }));
    for (const id of ids) await desk.life.observe(id, 'RUNNING');
    expect(await desk.state(grown)).toBe('CLOSED');
    await debts.life(recovery.center.id, 'BEGIN_TRIAL');
    later();
    const before = await desk.pool(recovery.pool.id);
    const [debt] = await debts.of(original);
    if (!debt) throw new Error('nothing is owed');
    idOf(await debts.settle(debt));
    expect(await desk.pool(recovery.pool.id)).toMatchObject({ vcpu: before.vcpu + 4, ssdGib: before.ssdGib + 120 });
    const standby = (await siblings(ids[0] ?? '')).filter((row) => row.standby);
    expect(standby.map(({ vcpu, diskGib, lineId }) => [vcpu, diskGib, lineId === debt.lineId])).toEqual([
      [4, 60, true],
      [4, 60, true],
    ]);
    for (const { id } of standby) await desk.life.observe(id, 'STOPPED');
    expect(await debts.states(original)).toEqual(['VM SETTLED 2']);
    // Now it may go down again, and everything of it goes back.
    await desk.granted(desk.content(ids, { remoteMode: 'NONE' }));
    expect((await siblings(ids[0] ?? '')).filter((row) => row.standby).map(({ state }) => state)).toEqual([
      'IN_BIN',
      'IN_BIN',
    ]);
  });
});
