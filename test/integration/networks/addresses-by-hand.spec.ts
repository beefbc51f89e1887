import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HolderKey } from '../../../server/src/networks/address-holders.service.js';
import { AddressesByHandService } from '../../../server/src/networks/addresses-by-hand.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../../support/console.ts';
import { IntakeDesk } from '../../support/intake-desk.ts';

const MACHINE = {
  systemCode: 'XT-RST-001',
  startedOn: '2021-06-01',
  sourcePlatform: '自建机房',
  poolCode: 'czt-data-center',
  vcpu: '4',
  memoryGib: '8',
  diskGib: '100',
  storageTier: 'SSD',
  namespace: '',
  objectName: '',
  addresses: '',
};

let console_: TestConsole;
let desk: IntakeDesk;
let networkId: string;
beforeAll(async () => {
  console_ = await startTestConsole();
  desk = new IntakeDesk(console_);
  [{ id: networkId }] = await desk.query('select id from network order by code limit 1');
}, 60_000);
afterAll(() => console_.close());

const claim = (holder: HolderKey) =>
  desk.get(AddressesByHandService).claim(desk.preparer, {
    networkId,
    address: null,
    holder,
    departmentId: null,
    purpose: '测试',
    idempotencyKey: newId(),
  });
const claimsOf = (id: string) =>
  desk.query('select state, department_id as departmentId from address_claim where subject_id = ?', [id]);

/** Somebody changes the row and commits only when the claim, which has read it before, waits for it or is done. */
async function claimedWhile(holder: HolderKey, change: string, values: unknown[]) {
  const somebody = console_.test.db.createQueryRunner();
  try {
    await somebody.startTransaction();
    await somebody.query(change, values);
    let settled = false;
    const claiming = claim(holder).finally(() => {
      settled = true;
    });
    const waits = async () => {
      const [{ n }] = await desk.query(
        "select count(*) as n from information_schema.processlist where info like '%for update' and id <> connection_id()",
      );
      return Number(n) > 0;
    };
    while (!settled && !(await waits()));
    await somebody.commitTransaction();
    return await claiming;
  } finally {
    await somebody.release();
  }
}

describe('an address claimed by hand', () => {
  it('is not given to a machine that is released meanwhile, whose addresses have been given back', async () => {
    const answer = await desk.approve(await desk.submit('intake-machines', [{ ...MACHINE, name: 'by-hand-1' }]));
    expect(answer).toMatchObject({ ok: true });
    const [{ id }] = await desk.query("select id from resource where name = 'by-hand-1'");
    expect(await claim({ kind: 'Resource', id })).toMatchObject({ ok: true });
    const before = await claimsOf(id);
    expect(before.length).toBeGreaterThan(0);
    const late = await claimedWhile(
      { kind: 'Resource', id },
      "update resource set state = 'RELEASED', live = null, released_at = utc_timestamp(3) where id = ?",
      [id],
    );
    expect(late).toMatchObject({ ok: false, error: [{ code: 'UNKNOWN_REFERENCE', path: ['holderId'] }] });
    expect(await claimsOf(id)).toEqual(before);
  }, 60_000);

  it('is of the department that the system has come to meanwhile', async () => {
    const [{ id }] = await desk.query("select id from government_system where code = 'XT-RST-001'");
    const [{ id: other }] = await desk.query("select id from department where code = 'nanjing-sjj'");
    const done = await claimedWhile(
      { kind: 'System', id },
      'update government_system set department_id = ? where id = ?',
      [other, id],
    );
    expect(done).toMatchObject({ ok: true });
    const claims = await claimsOf(id);
    expect(claims.length).toBeGreaterThan(0);
    for (const one of claims) expect(one).toEqual({ state: 'ALLOCATED', departmentId: other });
  }, 60_000);
});
