import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeService } from '../../../server/src/intake/intake.service.js';
import { AddressesService } from '../../../server/src/networks/addresses.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
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
      row(1, { networkCode: 'no-such-network' }),
      row(1, { address: '10.999.0.1' }),
      row(1, { address: '192.0.2.7' }),
      row(1, { systemCode: 'XT-NOBODY' }),
      row(1, { startedOn: '2099-01-01' }),
      row(9),
      row(2),
      row(2, { name: 'another' }),
    ]);
    const told = plans.map((one) => (one.outcome === 'PROBLEM' ? one.problems.map((p) => p.column) : one.outcome));
    expect(told).toEqual([
      ['networkCode'],
      ['address'],
      ['address'],
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
      expect(claim).toMatchObject({ state: 'ALLOCATED', department_id: system.department_id, subject_type: 'Intake' });
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
