import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { AddressesService } from '../../../server/src/networks/addresses.service.js';
import { QUARANTINE_DAYS } from '../../../server/src/networks/domain/address-state.js';
import { NetworksService } from '../../../server/src/networks/networks.service.js';
import type { NetworkWords } from '../../../server/src/networks/networks.types.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import * as build from '../../support/builders/facility.ts';

const DAY_MS = 24 * 60 * 60_000;
const CLIENTS = 64;

let app: TestApplication;
let centerId: string;
let made = 0;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const engineer = viewerWith(['FACILITY_ENGINEER'], null);

beforeAll(async () => {
  app = await openTestApplication();
  const center = build.center();
  centerId = center.id;
  await get(UnitOfWork).run((tx) => get(FacilitiesService).add(tx, { centers: [center], clusters: [], pools: [] }));
}, 60_000);
afterAll(() => app.close());

/** Numbers of its own, so that no test meets another's prefix. */
function words(length: number, more: Partial<NetworkWords> = {}): NetworkWords {
  made += 1;
  // As many as a soak asks for, beside those that tests name themselves.
  const net = `10.${made % 200}.${Math.trunc(made / 200)}`;
  return {
    code: `net-${made}`,
    name: `网络 ${made}`,
    centerId,
    zone: 'GOVERNMENT_EXTRANET',
    vlanId: 100 + made,
    ipv4Prefix: `${net}.0/${length}`,
    ipv6Prefix: `2001:db8:${made.toString(16)}::/64`,
    ipv4Gateway: `${net}.1`,
    ipv6Gateway: `2001:db8:${made.toString(16)}::1`,
    reserved: [],
    singleStackReason: null,
    ...more,
  };
}

async function network(length: number, more: Partial<NetworkWords> = {}): Promise<string> {
  const created = await get(NetworksService).create(engineer, words(length, more), newId());
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value.id;
}

const subject = (id = newId()) => ({ type: 'Test', id, departmentId: null, purpose: '测试', actorName: '测试' });
const claim = (networkId: string, id?: string) =>
  get(UnitOfWork).run((tx) =>
    get(AddressesService).claim(tx, networkId, { families: ['IPV4', 'IPV6'], count: 1 }, subject(id)),
  );

/** As if the clock stood so many days later: everything that rests does so for that much less. */
async function passDays(days: number): Promise<void> {
  await app.test.db.query(
    'update address_claim set quarantine_until = date_sub(quarantine_until, interval ? second) where quarantine_until is not null',
    [(days * DAY_MS) / 1_000],
  );
}

describe('addresses', () => {
  it(`64 clients at a /28 (13 free): 13 are granted, each its own, nobody hangs`, async () => {
    const id = await network(28);
    const answers = await Promise.all(Array.from({ length: CLIENTS }, () => claim(id)));
    const granted = answers.flatMap((answer) => (answer.ok ? answer.value : []));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(13);
    expect(new Set(granted.map((each) => each.address)).size).toBe(26);
    for (const answer of answers)
      if (!answer.ok)
        expect(answer.error).toMatchObject([{ code: 'ADDRESS_SHORTAGE', family: 'IPV4', requested: 1, free: 0 }]);
  });

  it('every client is granted where there is room for all: 64 in a /24, both families alike', async () => {
    const id = await network(24);
    const answers = await Promise.all(Array.from({ length: CLIENTS }, () => claim(id)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const [figures] = await get(NetworksService).figures([id]);
    expect(figures).toMatchObject([
      { family: 'IPV4', usable: 253n, held: CLIENTS, free: 253n - BigInt(CLIENTS) },
      { family: 'IPV6', held: CLIENTS },
    ]);
  });

  it('never gives an address to two holders, and only after its rest to another, whatever is done in whatever order', async () => {
    const command = fc.oneof(
      fc.record({ kind: fc.constant('claim' as const) }),
      fc.record({ kind: fc.constant('allocate' as const), nth: fc.nat(20) }),
      fc.record({ kind: fc.constant('release' as const), nth: fc.nat(20) }),
      fc.record({ kind: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 2 * QUARANTINE_DAYS }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
        const id = await network(29);
        let today = 0;
        const live = new Map<string, { addresses: string[]; allocated: boolean }>();
        const resting = new Map<string, number>();
        for (const each of commands) {
          const [holder] = [...live.keys()].slice('nth' in each ? each.nth % Math.max(1, live.size) : 0);
          if (each.kind === 'claim') {
            const own = newId();
            const answer = await claim(id, own);
            const taken = [...live.values()].flatMap((one) => one.addresses.filter((text) => !text.includes(':')));
            const rests = [...resting].filter(([text, until]) => until > today && !text.includes(':'));
            // First, last and gateway of the eight are nobody's.
            expect(answer.ok).toBe(taken.length + rests.length < 5);
            if (!answer.ok) continue;
            for (const { address } of answer.value) {
              expect([...live.values()].some((one) => one.addresses.includes(address))).toBe(false);
              expect(resting.get(address) ?? 0).toBeLessThanOrEqual(today);
            }
            live.set(own, { addresses: answer.value.map((one) => one.address), allocated: false });
          } else if (each.kind === 'pass') {
            today += each.days;
            await passDays(each.days);
          } else if (holder !== undefined) {
            const one = live.get(holder) as { addresses: string[]; allocated: boolean };
            await get(UnitOfWork).run((tx) =>
              each.kind === 'allocate'
                ? get(AddressesService).allocate(tx, holder)
                : get(AddressesService).release(tx, holder),
            );
            if (each.kind === 'allocate') one.allocated = true;
            else {
              live.delete(holder);
              if (one.allocated) for (const address of one.addresses) resting.set(address, today + QUARANTINE_DAYS);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('hears no objection of an address that has rested long enough, though nobody has ended its rest yet', async () => {
    const id = await network(24);
    const own = newId();
    const claimed = await claim(id, own);
    const text = claimed.ok ? (claimed.value[0]?.address ?? '') : '';
    await get(UnitOfWork).run((tx) => get(AddressesService).allocate(tx, own));
    await get(UnitOfWork).run((tx) => get(AddressesService).release(tx, own));
    const objections = () =>
      get(UnitOfWork).run((tx) =>
        get(AddressesService).objections(tx, id, [{ text, subject: subject(), path: ['address'] }]),
      );
    expect(await objections()).toMatchObject([{ rule: 'taken', path: ['address'] }]);
    await passDays(QUARANTINE_DAYS + 1);
    expect(await objections()).toEqual([]);
    const [{ state }] = await app.test.db.query(
      'select state from address_claim where address = ? and network_id = ?',
      [text, id],
    );
    expect(state).toBe('QUARANTINE');
  });

  it('takes exactly what already runs, or says which of it cannot be', async () => {
    const id = await network(24);
    const [row] = await get(NetworksService).networks([id]);
    const at = (last: number) => `${row?.ipv4Prefix}`.replace('.0/24', `.${last}`);
    const take = (texts: string[]) =>
      get(UnitOfWork).run((tx) => get(AddressesService).claimSpecific(tx, id, texts, subject(), 'ALLOCATED'));
    expect(await take([at(17), at(18)])).toMatchObject({ ok: true });
    expect(await take([at(18)])).toMatchObject({ ok: false, error: [{ rule: 'taken' }] });
    for (const text of [at(0), at(255), at(1), '192.0.2.1', 'not an address'])
      expect(await take([text])).toMatchObject({ ok: false, error: [{ rule: 'outside' }] });
  });
});

describe('networks', () => {
  const create = (more: Partial<NetworkWords>) => get(NetworksService).create(engineer, words(24, more), newId());

  it('are dual-stack, or say why not', async () => {
    const refused = await create({ ipv6Prefix: null, ipv6Gateway: null });
    expect(refused).toMatchObject({ ok: false, error: [{ rule: 'dualStack' }] });
    expect(await create({ ipv6Prefix: null, ipv6Gateway: null, singleStackReason: '专网设备不支持' })).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ['host bits', { ipv4Prefix: '10.200.0.5/24', ipv4Gateway: null }, 'hostBits'],
    ['a gateway outside', { ipv4Gateway: '10.99.0.1' }, 'outside'],
    ['a prefix too long', { ipv4Prefix: '10.200.0.0/31', ipv4Gateway: null }, 'range'],
    ['no address', { ipv4Prefix: '10.300.0.0/24' }, 'address'],
    ['a VLAN that there is not', { vlanId: 4095 }, 'range'],
  ])('refuse %s', async (_what, more, rule) => {
    const answer = await create(more);
    expect(answer.ok ? [] : answer.error.map((each) => 'rule' in each && each.rule)).toContain(rule);
  });

  it('of one center and zone never overlap, however many are entered at once', async () => {
    const same = { ipv4Prefix: '10.250.0.0/24', ipv4Gateway: null };
    const answers = await Promise.all(Array.from({ length: 16 }, () => create(same)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await create({ ...same, zone: 'INTERNET' })).toMatchObject({ ok: true });
  });

  it('are not redrawn over addresses that somebody has', async () => {
    const id = await network(24);
    await claim(id);
    const [row] = await get(NetworksService).networks([id]);
    const wish = { id, expectedVersion: row?.version as number, idempotencyKey: newId() };
    const moved = { ...(row as NetworkWords), ipv4Prefix: '10.251.0.0/24', ipv4Gateway: null };
    expect(await get(NetworksService).edit(engineer, wish, moved)).toMatchObject({
      ok: false,
      error: [{ rule: 'claimed' }],
    });
  });
});
