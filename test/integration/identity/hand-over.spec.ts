import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandOver } from '../../../server/src/identity/hand-over.service.js';
import { type PartOfWork, WorkToHandOver } from '../../../server/src/identity/work-to-hand-over.service.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import { ok, refuse } from '../../../server/src/kernel/result.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { codesOf, openPeople, type People, SYSTEM_ADMINISTRATOR } from '../../support/people.ts';

let application: TestApplication;
let people: People;
let handOver: HandOver;
/** What the last part does when its turn comes, after all others have moved. */
let atTheEnd: 'MOVES' | 'REFUSES' | 'BREAKS' = 'MOVES';
let from: string;
let to: string;

beforeAll(async () => {
  application = await openTestApplication();
  people = await openPeople(application);
  handOver = application.context.get(HandOver, { strict: false });
  const last: PartOfWork = {
    key: 'zzz-last',
    name: say('最后', 'last'),
    count: async () => 1,
    move: async () => {
      if (atTheEnd === 'BREAKS') throw new Error('the process dies here');
      return atTheEnd === 'MOVES'
        ? ok(1)
        : refuse([{ code: 'NOT_PERMITTED', path: [], reason: 'NO', message: say('不行', 'no') }]);
    },
  };
  application.context.get(WorkToHandOver, { strict: false }).register(last);
  from = await people.add('hand.from', people.finance.id, 'APPLICANT');
  to = await people.add('hand.to', people.finance.id, 'APPLICANT');
  await people.add('hand.head', people.finance.id, 'DEPARTMENT_HEAD');
  for (const state of ['DRAFT', 'RETURNED', 'AWAITING_SIGN_OFF', 'CLOSED']) await request(state);
});
afterAll(() => application.close());

let requests = 0;
async function request(state: string, departmentId = people.finance.id): Promise<void> {
  requests += 1;
  await application.test.db.query(
    `insert into request (id, code, state, state_since, version, department_id, system_id, project_id, purpose,
       applicant_id, applicant_name, machine_count, created_at)
     values (?, ?, ?, now(), 1, ?, uuid(), uuid(), '用途', ?, '用户', 1, now())`,
    [newId(), `SQ-${requests}`, state, departmentId, from],
  );
}
const inTheNameOf = async (id: string): Promise<string[]> =>
  (await application.test.db.query('select state from request where applicant_id = ? order by state', [id])).map(
    (row: { state: string }) => row.state,
  );
const wish = (more: object = {}) => ({
  fromId: from,
  toId: to,
  reason: '调岗',
  leaves: false,
  idempotencyKey: newId(),
  ...more,
});
const signedIn = async (username: string) => (await people.signIn(username)).viewer;

describe('HandOver.handOver', () => {
  it.each(['REFUSES', 'BREAKS'] as const)('moves nothing at all when one part %s', async (what) => {
    atTheEnd = what;
    const before = await inTheNameOf(from);
    expect(before).toHaveLength(4);
    const outcome = await handOver
      .handOver(SYSTEM_ADMINISTRATOR, wish({ leaves: true }))
      .catch((error: Error) => error.message);
    expect(typeof outcome === 'string' ? outcome : codesOf(outcome)).toEqual(
      what === 'BREAKS' ? 'the process dies here' : ['NOT_PERMITTED NO'],
    );
    expect(await inTheNameOf(from)).toEqual(before);
    expect(await people.row(from)).toMatchObject({ state: 'ACTIVE' });
    atTheEnd = 'MOVES';
  });

  it('goes to an open account of the same department or city, never to oneself, never without a reason', async () => {
    const stranger = await people.add('hand.stranger', people.police.id, 'APPLICANT');
    const code = async (more: object) => codesOf(await handOver.handOver(SYSTEM_ADMINISTRATOR, wish(more)));
    expect(await code({ toId: stranger })).toEqual(['UNKNOWN_REFERENCE']);
    expect(await code({ toId: newId() })).toEqual(['UNKNOWN_REFERENCE']);
    expect(await code({ toId: from })).toEqual(['INVALID_INPUT other']);
    expect(await code({ reason: ' ' })).toEqual(['INVALID_INPUT required']);
    await application.test.db.query("update app_user set state = 'DISABLED' where id = ?", [to]);
    expect(await code({})).toEqual(['UNKNOWN_REFERENCE']);
    await application.test.db.query("update app_user set state = 'ACTIVE' where id = ?", [to]);
  });

  it('is refused to whoever looks after neither of them, as if there were nobody', async () => {
    await people.add('hand.other-head', people.police.id, 'DEPARTMENT_HEAD');
    const viewer = await signedIn('hand.other-head');
    const there = await handOver.handOver(viewer, wish());
    expect(there).toEqual(await handOver.handOver(viewer, wish({ fromId: newId() })));
    expect(codesOf(there)).toEqual(['UNKNOWN_REFERENCE']);
    expect(await handOver.preview(viewer, from)).toBeNull();
    expect(await handOver.successors(viewer, from, null)).toEqual([]);
  });

  it('needs a successor who may do the work', async () => {
    const auditor = await people.add('hand.auditor', people.finance.id, 'LEADER');
    expect(codesOf(await handOver.handOver(SYSTEM_ADMINISTRATOR, wish({ toId: auditor })))).toEqual([
      'NOT_PERMITTED SUCCESSOR_MAY_NOT',
    ]);
  });

  it('shows the head what would move, moves it in one act, and leaves disabling to administrators', async () => {
    const head = await signedIn('hand.head');
    const preview = await handOver.preview(head, from);
    expect(preview).toMatchObject({ mayDisable: false });
    expect(preview?.parts.find((part) => part.key === 'requests')?.count).toBe(2);
    expect((await handOver.people(head, null)).map((row) => row.username)).toContain('hand.from');
    expect(codesOf(await handOver.handOver(head, wish({ leaves: true })))).toEqual([
      'NOT_PERMITTED ADMINISTRATOR_ONLY',
    ]);
    const outcome = await handOver.handOver(head, wish());
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.value.moved).toContainEqual({ key: 'requests', count: 2 });
    expect(await inTheNameOf(to)).toEqual(['DRAFT', 'RETURNED']);
    // What awaits sign-off stays: else whoever drafted it could hand it over and sign it himself.
    expect(await inTheNameOf(from)).toEqual(['AWAITING_SIGN_OFF', 'CLOSED']);
  });

  it('lets anybody hand over his own', async () => {
    await application.test.db.query('update request set applicant_id = ? where applicant_id = ?', [from, to]);
    const own = await signedIn('hand.from');
    expect((await handOver.people(own, null)).map((row) => row.id)).toEqual([from]);
    expect(await handOver.handOver(own, wish())).toMatchObject({ ok: true });
    expect(await inTheNameOf(to)).toEqual(['DRAFT', 'RETURNED']);
  });

  it("ends a leaver's account and sessions in the same act", async () => {
    const { cookie } = await people.signIn('hand.from');
    expect(await handOver.preview(SYSTEM_ADMINISTRATOR, from)).toMatchObject({ mayDisable: true });
    expect(await handOver.handOver(SYSTEM_ADMINISTRATOR, wish({ leaves: true }))).toMatchObject({ ok: true });
    expect(await people.row(from)).toMatchObject({ state: 'DISABLED' });
    expect(await people.read(cookie)).toBeUndefined();
  });
});
