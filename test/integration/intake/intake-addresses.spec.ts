import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AddressReconciliation } from '../../../server/src/intake/address-reconciliation.service.js';
import { IntakeService } from '../../../server/src/intake/intake.service.js';
import { IntakePreview } from '../../../server/src/intake/intake-preview.service.js';
import { SeenAddressIntake } from '../../../server/src/intake/seen-address-intake.service.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { AddressesService } from '../../../server/src/networks/addresses.service.js';
import { AddressesByHandService } from '../../../server/src/networks/addresses-by-hand.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { startTestConsole, type TestConsole } from '../../support/console.ts';
import { IntakeDesk } from '../../support/intake-desk.ts';

const NETWORK = 'a-extranet-app';
const USED = {
  systemCode: 'XT-RST-001',
  startedOn: '2021-06-01',
  sourcePlatform: '人工台账',
  networkCode: NETWORK,
};

let console_: TestConsole;
let desk: IntakeDesk;
let network: { id: string; ipv4_prefix: string };

beforeAll(async () => {
  console_ = await startTestConsole();
  desk = new IntakeDesk(console_);
  [network] = await desk.query('select id, ipv4_prefix from network where code = ?', [NETWORK]);
}, 60_000);
afterAll(() => console_.close());

/** Far above whatever others take from below. */
const at = (last: number) => network.ipv4_prefix.replace(/\.\d+\.0\/22$/, `.3.${last}`);
const row = (last: number, more: Record<string, string> = {}) => ({
  ...USED,
  name: `host-${last}`,
  address: at(last),
  ...more,
});
const claims = (id: string) =>
  desk.query(
    `select c.* from address_claim c join intake_item i on i.became_id = c.id where i.batch_id = ? order by c.address_key`,
    [id],
  );
const take = (address: string) =>
  desk
    .get(UnitOfWork)
    .run((tx) =>
      desk
        .get(AddressesService)
        .claimSpecific(
          tx,
          network.id,
          [address],
          { type: 'Manual', id: newId(), departmentId: null, purpose: '测试', actorName: '测试' },
          'ALLOCATED',
        ),
    );

describe('the table of addresses in use', () => {
  it('says at row and column what is wrong, and lets nothing through', async () => {
    expect(await take(at(9))).toMatchObject({ ok: true });
    const plans = await desk.plan('intake-addresses', [
      row(1, { networkCode: '外网应用区' }),
      row(1, { networkCode: 'no-such-network' }),
      row(1, { address: '10.999.0.1' }),
      row(1, { address: '192.0.2.7' }),
      row(1, { systemCode: '人社厅' }),
      row(1, { systemCode: 'XT-NOBODY' }),
      row(1, { startedOn: '2099-01-01' }),
      row(9),
      row(2),
      row(2, { name: 'another' }),
    ]);
    const told = plans.map((one) => (one.outcome === 'PROBLEM' ? one.problems.map((p) => p.column) : one.outcome));
    expect(told).toEqual([
      ['networkCode'],
      ['networkCode'],
      ['address'],
      ['address'],
      ['systemCode'],
      ['systemCode'],
      ['startedOn'],
      ['address'],
      'ADD',
      [null],
    ]);
  });

  it('knows an address in any spelling, and takes the same file once', async () => {
    const [{ ipv6_prefix: prefix }] = await desk.query('select ipv6_prefix from network where id = ?', [network.id]);
    const short = prefix.replace(/::\/64$/, '::abc');
    const rows = [row(3), { ...USED, name: 'v6', address: short.toUpperCase() }];
    const id = await desk.submit('intake-addresses', rows);
    expect((await desk.plan('intake-addresses', rows)).map((one) => one.outcome)).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    // Approved, they are claimed, by this very intake: the file again is still no news.
    expect((await desk.plan('intake-addresses', rows)).map((one) => one.outcome)).toEqual(['UNCHANGED', 'UNCHANGED']);
    const other = await desk.plan('intake-addresses', [row(3, { name: 'somebody else' })]);
    expect(other.map((one) => one.outcome)).toEqual(['PROBLEM']);
  });
});

describe('approval of an intake of addresses', () => {
  it('claims them for the department of the system, in use at once', async () => {
    const id = await desk.submit('intake-addresses', [row(10), row(11)]);
    expect(await desk.approve(id, desk.preparer)).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED' }] });
    expect(await claims(id)).toEqual([]);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    const [system] = await desk.query("select department_id from government_system where code = 'XT-RST-001'");
    const taken = await claims(id);
    expect(taken.map((claim: { address: string }) => claim.address)).toEqual([at(10), at(11)]);
    for (const claim of taken)
      expect(claim).toMatchObject({ state: 'ALLOCATED', department_id: system.department_id, subject_type: 'System' });
  });

  it('is all or nothing: one address that another took meanwhile is named, and none is claimed', async () => {
    const id = await desk.submit('intake-addresses', [row(20), row(21), row(22)]);
    expect(await take(at(21))).toMatchObject({ ok: true });
    expect(await desk.approve(id)).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', rule: 'taken', path: ['items', '1', 'address'] }],
    });
    expect(await claims(id)).toEqual([]);
    expect(await desk.get(IntakeService).batch(id)).toMatchObject({ state: 'SUBMITTED', version: 1 });
    expect(await take(at(20))).toMatchObject({ ok: true });
  });

  it('against 32 people who take the same addresses by hand at that moment: each address has one holder', async () => {
    const lasts = Array.from({ length: 8 }, (_, each) => 40 + each);
    const ids: string[] = [];
    for (const last of lasts) ids.push(await desk.submit('intake-addresses', [row(last)]));
    const answers = await Promise.all([
      ...ids.map((id) => desk.approve(id)),
      ...Array.from({ length: 24 }, (_, each) => take(at(40 + (each % 8)))),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(lasts.length);
    const live = await desk.query(
      'select address, count(*) as n from address_claim where network_id = ? and live = 1 and address in (?) group by address',
      [network.id, lasts.map(at)],
    );
    expect(live.map((one: { n: string }) => Number(one.n))).toEqual(lasts.map(() => 1));
    for (const id of ids) {
      const [{ state }] = await desk.query('select state from intake_batch where id = ?', [id]);
      expect(await claims(id)).toHaveLength(state === 'APPROVED' ? 1 : 0);
    }
  });
});

const ASK = `query D($networkId: ID!) {
  addressDifferences(first: 100, networkId: $networkId, search: ".2.") {
    totalCount
    nodes { address match claim { address state holder { kind code } } resources { name } }
  }
  addressReconciliation { network { code } claimed seen matched unclaimed resting otherHolder twice notSeen }
}`;

describe('claims of addresses beside what machines have', () => {
  const low = (last: number) => network.ipv4_prefix.replace(/\.\d+\.0\/22$/, `.2.${last}`);
  const machine = (name: string, addresses: string) => ({
    name,
    addresses,
    systemCode: USED.systemCode,
    startedOn: '2022-03-04',
    sourcePlatform: 'VMware',
    poolCode: 'a-amd64-extranet',
    vcpu: '1',
    memoryGib: '1',
    diskGib: '10',
    storageTier: 'SSD',
    namespace: '',
    objectName: '',
  });

  it('tell what nobody claimed, what was given back and is still in use, what two have, and what no machine has', async () => {
    // As a cluster tells later: nobody wrote their addresses down when they were taken in.
    const seen = { 'seen-1': [low(1), low(2), '192.0.2.9'], 'seen-2': [low(2), low(3), low(4)] };
    const rows = Object.keys(seen).map((name) => machine(name, ''));
    expect(await desk.approve(await desk.submit('intake-machines', rows))).toMatchObject({ ok: true });
    for (const [name, addresses] of Object.entries(seen))
      await desk.query('update resource set addresses = ? where name = ?', [JSON.stringify(addresses), name]);
    expect(await take(low(3))).toMatchObject({ ok: true });
    expect(await take(low(4))).toMatchObject({ ok: true });
    const [given] = await desk.query('select id, version from address_claim where live = 1 and address = ?', [low(4)]);
    const wish = { id: given.id, expectedVersion: given.version, idempotencyKey: newId() };
    expect(await desk.get(AddressesByHandService).release(desk.preparer, wish)).toMatchObject({ ok: true });
    expect(await take(low(5))).toMatchObject({ ok: true });

    const client = await console_.signIn('facility');
    const { data } = await client.ask(ASK, { networkId: toNodeId('Network', network.id) });
    expect(data).toMatchObject({
      addressDifferences: {
        totalCount: 4,
        nodes: [
          { address: low(1), match: 'UNCLAIMED', claim: null, resources: [{ name: 'seen-1' }] },
          {
            address: low(2),
            match: 'TWICE',
            claim: null,
            resources: expect.arrayContaining([{ name: 'seen-1' }, { name: 'seen-2' }]),
          },
          { address: low(4), match: 'RESTING', claim: { state: 'QUARANTINE' }, resources: [{ name: 'seen-2' }] },
          { address: low(5), match: 'NOT_SEEN', claim: { state: 'ALLOCATED' }, resources: [] },
        ],
      },
    });
    const figures = (await desk.get(AddressReconciliation).byNetwork()).find((one) => one.network.code === NETWORK);
    expect(figures).toMatchObject({ seen: 4, matches: { MATCHED: 1, UNCLAIMED: 1, TWICE: 1, RESTING: 1 } });
  });

  it('become a batch by one press for the system of the machine, once however many press', async () => {
    const press = () => desk.get(SeenAddressIntake).prepare(desk.preparer, network.id, newId());
    const answers = await Promise.all(Array.from({ length: 6 }, press));
    const [made] = answers.filter((answer) => answer.ok);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const id = made?.ok ? made.value.id : '';
    const items = await desk.query(
      "select name, system_id, date_format(started_on, '%Y-%m-%d') as started_on from intake_item where batch_id = ?",
      [id],
    );
    const [system] = await desk.query("select id from government_system where code = 'XT-RST-001'");
    expect(items).toMatchObject([{ name: 'seen-1', system_id: system.id, started_on: '2022-03-04' }]);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    const { data } = await (await console_.signIn('facility')).ask(
      `query D($networkId: ID!) { addressDifferences(first: 9, networkId: $networkId, matches: [MATCHED], search: "${low(1)}") {
         nodes { address claim { holder { kind code } department { name } } } } }`,
      { networkId: toNodeId('Network', network.id) },
    );
    expect(data).toMatchObject({
      addressDifferences: {
        nodes: [{ address: low(1), claim: { holder: { kind: 'System', code: 'XT-RST-001' } } }],
      },
    });
    expect(await press()).toMatchObject({ ok: false, error: [{ rule: 'nothing' }] });
  });
});

describe('machines that are taken in with their addresses', () => {
  const high = (last: number) => network.ipv4_prefix.replace(/\.\d+\.0\/22$/, `.1.${last}`);
  const machine = (name: string, addresses: string) => ({
    ...{ name, addresses, systemCode: USED.systemCode, startedOn: '2022-03-04', sourcePlatform: 'VMware' },
    ...{ poolCode: 'a-amd64-extranet', vcpu: '1', memoryGib: '1', diskGib: '10', storageTier: 'SSD' },
    ...{ namespace: '', objectName: '' },
  });
  const liveAt = async (address: string) =>
    (await desk.query('select * from address_claim where live = 1 and address = ?', [address]))[0];

  it('have them in the same act, since the day of their first use, and no network gives them out again', async () => {
    const id = await desk.submit('intake-machines', [machine('with-1', `${high(200)} 192.0.2.77`)]);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    const [resource] = await desk.query("select * from resource where name = 'with-1'");
    expect(await liveAt(high(200))).toMatchObject({
      ...{ subject_type: 'Resource', subject_id: resource.id, department_id: resource.department_id },
      ...{ state: 'ALLOCATED', origin: 'INTAKE', source_platform: 'VMware' },
      used_since: new Date('2022-03-03T16:00:00.000Z'),
    });
    expect(resource).toMatchObject({ source_platform: 'VMware' });
    expect(await take(high(200))).toMatchObject({ ok: false, error: [{ rule: 'taken' }] });
    // What no network of ours has stays with the machine as it was written.
    expect(await liveAt('192.0.2.77')).toBeUndefined();
  });

  it('are refused with the address that another has, at the preview and at approval, and nothing is written', async () => {
    const id = await desk.submit('intake-machines', [machine('with-2', `${high(201)} ${high(202)}`)]);
    expect(await take(high(202))).toMatchObject({ ok: true });
    const named = [{ code: 'INVALID_INPUT', rule: 'taken', path: ['items', '0', 'addresses'] }];
    const batch = await desk.get(IntakeService).batch(id);
    if (!batch) throw new Error('it waits');
    expect(await desk.get(IntakePreview).objections(batch)).toMatchObject(named);
    expect(await desk.approve(id)).toMatchObject({ ok: false, error: named });
    expect(await liveAt(high(201))).toBeUndefined();
    expect(await desk.query("select id from resource where name = 'with-2'")).toEqual([]);
    const plans = await desk.plan('intake-machines', [
      machine('with-3', high(202)),
      machine('with-4', high(203)),
      machine('with-5', high(203)),
    ]);
    expect(plans.map((one) => (one.outcome === 'PROBLEM' ? one.problems.map((p) => p.column) : one.outcome))).toEqual([
      ['addresses'],
      'ADD',
      ['addresses'],
    ]);
  });

  it('use what their own system has already, in the books or in the same batch of papers', async () => {
    expect(
      await desk.approve(await desk.submit('intake-addresses', [row(0, { address: high(210), name: 'own' })])),
    ).toMatchObject({ ok: true });
    expect(await desk.approve(await desk.submit('intake-machines', [machine('with-6', high(210))]))).toMatchObject({
      ok: true,
    });
    expect(await liveAt(high(210))).toMatchObject({ subject_type: 'System' });
  });

  it('let them rest when they are released', async () => {
    const [machine] = await desk.query("select id from resource where name = 'with-1'");
    await desk.query("update resource set state = 'RELEASING' where id = ?", [machine.id]);
    await desk.get(UnitOfWork).run((tx) =>
      desk.get(ResourcesService).recordObservations(tx, [
        {
          resourceId: machine.id,
          observation: {
            ...{ generation: 1, phase: 'GONE', power: 'UNKNOWN', nodeName: null, addresses: [], conditions: [] },
            ...{ statusText: say('已释放', 'Released'), progressPercent: null, observedAt: new Date() },
            actual: { presence: 'UNKNOWN', vcpu: null, memoryMib: null },
          },
        },
      ]),
    );
    expect(await liveAt(high(200))).toMatchObject({ state: 'QUARANTINE' });
  });
});

describe('an address that a person claims', () => {
  const wish = (more: Record<string, unknown>) => ({
    networkId: network.id,
    address: null,
    holder: null,
    departmentId: null,
    purpose: '测试',
    idempotencyKey: newId(),
    ...more,
  });
  const claim = (more: Record<string, unknown>) => desk.get(AddressesByHandService).claim(desk.preparer, wish(more));

  it('belongs to the department of the system, server or machine that it is for', async () => {
    const [resource] = await desk.query("select id, department_id from resource where name = 'seen-2'");
    expect(await claim({ holder: { kind: 'Resource', id: resource.id }, address: at(200) })).toMatchObject({
      ok: true,
    });
    const [row] = await desk.query('select * from address_claim where live = 1 and address = ?', [at(200)]);
    expect(row).toMatchObject({ subject_type: 'Resource', subject_id: resource.id, state: 'ALLOCATED' });
    expect(row.department_id).toBe(resource.department_id);
  });

  it.each([
    [
      'a holder that there is not',
      { holder: { kind: 'System', id: '019abcde-0000-7000-8000-000000000009' } },
      'holderId',
    ],
    ['an id of something else', { holder: undefined }, 'holderId'],
    ['a department that there is not', { departmentId: '019abcde-0000-7000-8000-000000000009' }, 'departmentId'],
  ])('is refused for %s', async (_what, more, field) => {
    expect(await claim(more)).toMatchObject({ ok: false, error: [{ code: 'UNKNOWN_REFERENCE', path: [field] }] });
  });
});
