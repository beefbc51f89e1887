import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { NetworksService } from '../../../server/src/networks/networks.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { idOf, type RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let kinds: KindsDesk;
let journey: RequestJourney;
let desk: ChangeDesk;
let a: Site;
let b: Site;
let recovery: Site;
let big: Offer;
let money: OwnBudget;
/** A year has one. */
let whole: Promise<string> | undefined;

beforeAll(async () => {
  app = await openTestApplication();
  kinds = await KindsDesk.open(app);
  ({ journey } = kinds);
  desk = new ChangeDesk(app, journey);
  [a, b, recovery] = [
    await kinds.openSite('ACTIVE_A', { vcpu: 1_000 }),
    await kinds.openSite('ACTIVE_B', { vcpu: 1_000 }),
    await kinds.openSite('RECOVERY', { vcpu: 1_000 }),
  ];
  money = new OwnBudget(app, journey, () => new Date());
  [big] = (await desk.offers({ vcpu: 4, memoryMib: 4_096 })) as [Offer];
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

type Modes = { localMode: 'SINGLE' | 'DUAL_ACTIVE'; remoteMode: 'NONE' | 'DATA' | 'APPLICATION' };

/** Machines of one line of two, with these modes, that have come into use. */
async function line(modes: Modes): Promise<string[]> {
  const centerId = modes.localMode === 'SINGLE' ? a.center.id : null;
  const requestId = await journey.submitted(kinds.content([kinds.line('VM', { ...modes, centerId })]));
  idOf(await journey.approve(requestId));
  const rows = (await desk.life.resources.ofRequests([requestId]))[0] ?? [];
  for (const { id, standby } of rows) await desk.life.observe(id, standby ? 'STOPPED' : 'RUNNING');
  return rows.map(({ id }) => id);
}

const vcpuOf = async (site: Site) => (await desk.pool(site.pool.id)).vcpu;
const gibOf = async (site: Site) => (await desk.pool(site.pool.id)).ssdGib;
const siblings = async (id: string) => {
  const row = await desk.life.row(id);
  return (await desk.life.resources.ofRequests([row.requestId]))[0] ?? [];
};
const sharesOf = async (id: string): Promise<string[]> => {
  const { lineId } = await desk.life.row(id);
  const rows: { share: string; standing: string }[] = await app.test.db.query(
    "select share, standing from claim where line_id = ? and state = 'ALLOCATED'",
    [lineId],
  );
  return rows.map(({ share, standing }) => `${share} ${standing}`).toSorted();
};

describe('a DR mode up', () => {
  it('makes the shares that are missing, of the same line as a new request would', async () => {
    const [first = ''] = await line({ localMode: 'SINGLE', remoteMode: 'NONE' });
    const [inA, inB, far] = [await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)];
    // One of the two is named: a mode is the whole line's.
    const change = await desk.submitted(
      desk.content([first], { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' }, { restartAgreed: false }),
    );
    // Two machines of one vCPU in B, and half of their compute in the recovery center; nothing more in A.
    expect([await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)]).toEqual([inA, inB + 2, far + 1]);
    idOf(await journey.approve(change));
    expect([await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)]).toEqual([inA, inB + 2, far + 1]);
    const rows = await siblings(first);
    expect(rows.map(({ name, standby }) => `${name}${standby ? ' standby' : ''}`).toSorted()).toEqual([
      'vm-1',
      'vm-2',
      'vm-b-1',
      'vm-b-2',
      'vm-r-1 standby',
      'vm-r-2 standby',
    ]);
    expect(new Set(rows.map(({ lineId }) => lineId)).size).toBe(1);
    expect(await sharesOf(first)).toEqual([
      ...['MAIN_A RUNNING', 'MAIN_A RUNNING', 'MAIN_B RUNNING', 'MAIN_B RUNNING'],
      ...['RECOVERY STANDBY', 'RECOVERY STANDBY'],
    ]);
    expect(await desk.state(change)).toBe('PROVISIONING');
    for (const { id, standby, state } of rows)
      if (state === 'PROVISIONING') await desk.life.observe(id, standby ? 'STOPPED' : 'RUNNING');
    expect(await desk.state(change)).toBe('CLOSED');
    expect((await desk.life.row(first)).openChangeId).toBeNull();
  });

  it('keeps data in the recovery center without a machine', async () => {
    const [first = ''] = await line({ localMode: 'SINGLE', remoteMode: 'NONE' });
    const [far, compute] = [await gibOf(recovery), await vcpuOf(recovery)];
    const change = await desk.granted(desk.content([first], { remoteMode: 'DATA' }));
    expect([await gibOf(recovery), await vcpuOf(recovery)]).toEqual([far + 40, compute]);
    expect(await sharesOf(first)).toEqual(['MAIN RUNNING', 'MAIN RUNNING', 'RECOVERY DATA', 'RECOVERY DATA']);
    // No cluster has anything to do for it.
    expect(await desk.state(change)).toBe('CLOSED');
  });

  it('together with another size places what is missing with the new one, and grows what is there', async () => {
    const [first = ''] = await line({ localMode: 'SINGLE', remoteMode: 'NONE' });
    const [inA, inB] = [await vcpuOf(a), await vcpuOf(b)];
    const change = await desk.granted(desk.content([first], { localMode: 'DUAL_ACTIVE', offerId: big.id }));
    expect([await vcpuOf(a), await vcpuOf(b)]).toEqual([inA + 6, inB + 8]);
    for (const { id } of await siblings(first)) await desk.life.observe(id, 'RUNNING');
    expect(await desk.state(change)).toBe('CLOSED');
    expect([await vcpuOf(a), await vcpuOf(b)]).toEqual([inA + 6, inB + 8]);
  });

  it('gives back all of it when it is withdrawn', async () => {
    const [first = ''] = await line({ localMode: 'SINGLE', remoteMode: 'NONE' });
    const before = [await vcpuOf(a), await vcpuOf(b), await gibOf(recovery)];
    const change = await desk.submitted(
      desk.content([first], { localMode: 'DUAL_ACTIVE', remoteMode: 'DATA', offerId: big.id }),
    );
    idOf(await desk.withdraw(change));
    expect([await vcpuOf(a), await vcpuOf(b), await gibOf(recovery)]).toEqual(before);
    expect(await siblings(first)).toHaveLength(2);
  });
});

/** A line of two that runs in A, and its own budget. */
async function paid() {
  whole ??= money.whole(10_000_000_000n);
  const project = await money.project();
  const item = await money.item(await whole, 100_000_000n, project);
  const reserved = async () => (await money.books(item)).reserved;
  const centerId = a.center.id;
  const asked = [kinds.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', centerId })];
  const requestId = await journey.submitted({ ...kinds.content(asked), projectId: project.id });
  const single = await reserved();
  idOf(await journey.approve(requestId));
  const machines = async () => (await desk.life.resources.ofRequests([requestId]))[0] ?? [];
  for (const { id } of await machines()) await desk.life.observe(id, 'RUNNING');
  return { reserved, machines, single };
}

describe('a DR mode down', () => {
  it('puts the surplus share into the recycle bin and keeps the center that is named', async () => {
    const ids = await line({ localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' });
    const [first = ''] = ids;
    const before = [await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)];
    expect(await desk.draft(desk.content([first], { localMode: 'SINGLE', remoteMode: 'NONE' }))).toMatchObject({
      ok: false,
      error: [{ rule: 'centerToKeep', path: ['content', 'lines', '0', 'centerId'] }],
    });
    const change = await desk.granted(
      desk.content([first], { localMode: 'SINGLE', remoteMode: 'NONE', centerId: b.center.id }),
    );
    expect(await desk.state(change)).toBe('CLOSED');
    const states = (await siblings(first)).map(({ centerId, state }) => [centerId, state]);
    for (const [centerId, state] of states) expect(state).toBe(centerId === b.center.id ? 'IN_USE' : 'IN_BIN');
    // The bin keeps the claims; they go back when it is emptied.
    expect([await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)]).toEqual(before);
    const kept = (await siblings(first)).find(({ state }) => state === 'IN_USE');
    expect((await sharesOf(kept?.id ?? '')).filter((share) => share === 'MAIN RUNNING')).toHaveLength(2);
    for (const { id, state } of await siblings(first)) if (state === 'IN_BIN') idOf(await desk.life.purge(id));
    for (const { id, state } of await siblings(first)) if (state === 'RELEASING') await desk.life.observe(id, 'GONE');
    expect([await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)]).toEqual([
      (before[0] as number) - 2,
      before[1],
      (before[2] as number) - 1,
    ]);
    expect(await sharesOf(kept?.id ?? '')).toEqual(['MAIN RUNNING', 'MAIN RUNNING']);
  });

  it('gives its budget back what the surplus share cost, once that is gone from the bin', async () => {
    const { reserved, machines, single } = await paid();
    const [{ id: first } = { id: '' }] = await machines();
    await desk.granted(desk.content([first], { localMode: 'DUAL_ACTIVE' }));
    for (const { id } of await machines()) await desk.life.observe(id, 'RUNNING');
    expect(await reserved()).toBe(2n * single);
    await desk.granted(desk.content([first], { localMode: 'SINGLE', centerId: b.center.id }));
    expect(await reserved()).toBe(2n * single);
    for (const { id, state } of await machines()) if (state === 'IN_BIN') idOf(await desk.life.purge(id));
    for (const { id, state } of await machines()) if (state === 'RELEASING') await desk.life.observe(id, 'GONE');
    expect(await reserved()).toBe(single);
  });

  it('gives its budget back what data cost that a change made, at the grant and with its machines', async () => {
    const { reserved, machines, single } = await paid();
    const [{ id: first } = { id: '' }] = await machines();
    await desk.granted(desk.content([first], { remoteMode: 'DATA' }));
    const withData = await reserved();
    expect(withData).toBeGreaterThan(single);
    await desk.granted(desk.content([first], { remoteMode: 'NONE' }));
    expect(await reserved()).toBe(single);
    await desk.granted(desk.content([first], { remoteMode: 'DATA' }));
    expect(await reserved()).toBe(withData);
    for (const { id } of await machines()) {
      idOf(await desk.life.release(id));
      idOf(await desk.life.purge(id));
      await desk.life.observe(id, 'GONE');
    }
    expect(await reserved()).toBe(0n);
  });

  it('gives back data that no machine needs any more at the grant', async () => {
    const [first = ''] = await line({ localMode: 'SINGLE', remoteMode: 'DATA' });
    const far = await gibOf(recovery);
    const change = await desk.granted(desk.content([first], { remoteMode: 'NONE' }));
    expect([await gibOf(recovery), await desk.state(change)]).toEqual([far - 40, 'CLOSED']);
  });
});

describe('the size of a line with shares', () => {
  it('is changed in all of them, the standby’s by its ratio of the whole line', async () => {
    const ids = await line({ localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' });
    const before = [await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)] as [number, number, number];
    const change = await desk.granted(desk.content([ids[0] ?? ''], { offerId: big.id }));
    // 2 × 3 more in each center that runs it; half of 8 instead of half of 2 in the recovery center.
    const after = [before[0] + 6, before[1] + 6, before[2] + 3];
    expect([await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)]).toEqual(after);
    for (const { id, standby } of await siblings(ids[0] ?? ''))
      await desk.life.observe(id, standby ? 'STOPPED' : 'RUNNING');
    expect(await desk.state(change)).toBe('CLOSED');
    const smaller = await desk.granted(desk.content([ids[0] ?? ''], { offerId: journey.offer.id }));
    for (const { id, standby } of await siblings(ids[0] ?? ''))
      await desk.life.observe(id, standby ? 'STOPPED' : 'RUNNING');
    expect(await desk.state(smaller)).toBe('CLOSED');
    expect([await vcpuOf(a), await vcpuOf(b), await vcpuOf(recovery)]).toEqual(before);
  });
});

describe('where networks are kept', () => {
  it('gives the machines of a share that is made the addresses that were held for them', async () => {
    const [first = ''] = await line({ localMode: 'SINGLE', remoteMode: 'NONE' });
    const words = {
      ...{
        code: 'net-b',
        name: '中心 B 网段',
        centerId: b.center.id,
        zone: 'GOVERNMENT_EXTRANET' as const,
        vlanId: 70,
      },
      ...{ ipv4Prefix: '10.70.0.0/24', ipv4Gateway: '10.70.0.1', singleStackReason: null, reserved: [] },
      ...{ ipv6Prefix: '2001:db8:70::/64', ipv6Gateway: '2001:db8:70::1' },
    };
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    const networkId = idOf(await kinds.get(NetworksService).create(engineer, words, newId()));
    const claims = () =>
      app.test.db.query('select subject_type as type, state from address_claim where network_id = ? and live = 1', [
        networkId,
      ]);
    const change = await desk.submitted(desk.content([first], { localMode: 'DUAL_ACTIVE' }));
    expect(await claims()).toEqual(Array.from({ length: 4 }, () => ({ type: 'Claim', state: 'HELD' })));
    idOf(await journey.approve(change));
    expect(await claims()).toEqual(Array.from({ length: 4 }, () => ({ type: 'Resource', state: 'ALLOCATED' })));
    const twins = (await siblings(first)).filter(({ centerId }) => centerId === b.center.id);
    const desired = await desk.life.resources.desiredOf(twins.map(({ id }) => id));
    expect(desired.map((machine) => machine?.claimedAddresses.length)).toEqual([2, 2]);
  });
});
