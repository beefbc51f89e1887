import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RoundsService } from '../../../server/src/approvals/rounds.service.js';
import { HandOver } from '../../../server/src/identity/hand-over.service.js';
import { type PartOfWork, WorkToHandOver } from '../../../server/src/identity/work-to-hand-over.service.js';
import { decideIntake } from '../../../server/src/intake/domain/intake-state.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import { ok, refuse } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { RequestsService } from '../../../server/src/requests/requests.service.js';
import { SubmissionService } from '../../../server/src/requests/submission.service.js';
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
    expect(preview?.parts.find((part) => part.key === 'requests')?.count).toBe(3);
    expect((await handOver.people(head, null)).map((row) => row.username)).toContain('hand.from');
    expect(codesOf(await handOver.handOver(head, wish({ leaves: true })))).toEqual([
      'NOT_PERMITTED ADMINISTRATOR_ONLY',
    ]);
    const outcome = await handOver.handOver(head, wish());
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.value.moved).toContainEqual({ key: 'requests', count: 3 });
    expect(await inTheNameOf(to)).toEqual(['AWAITING_SIGN_OFF', 'DRAFT', 'RETURNED']);
    expect(await inTheNameOf(from)).toEqual(['CLOSED']);
  });

  it('lets anybody hand over his own', async () => {
    await application.test.db.query('update request set applicant_id = ? where applicant_id = ?', [from, to]);
    const own = await signedIn('hand.from');
    expect((await handOver.people(own, null)).map((row) => row.id)).toEqual([from]);
    expect(await handOver.handOver(own, wish())).toMatchObject({ ok: true });
    expect(await inTheNameOf(to)).toEqual(['AWAITING_SIGN_OFF', 'DRAFT', 'RETURNED']);
  });

  it('keeps who drafted a request from signing it, through how many hands it may have gone', async () => {
    const drafter = await people.add('hand.drafter', people.finance.id, 'DEPARTMENT_HEAD', 'APPLICANT');
    const between = await people.add('hand.between', people.finance.id, 'DEPARTMENT_HEAD', 'APPLICANT');
    const id = newId();
    await application.test.db.query(
      `insert into request (id, code, state, state_since, version, department_id, system_id, project_id, purpose,
         applicant_id, applicant_name, machine_count, created_at)
       values (?, 'SQ-DRAFTED', 'AWAITING_SIGN_OFF', now(), 1, ?, uuid(), uuid(), '用途', ?, '用户', 1, now())`,
      [id, people.finance.id, drafter],
    );
    const rounds = application.context.get(RoundsService, { strict: false });
    const chosen = await rounds.choose(
      { kinds: [], monthlyFen: null, localMode: '', remoteMode: '', insidePlan: false, poor: false },
      people.finance.id,
    );
    const calendar = await rounds.calendar();
    await application.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => rounds.begin(tx, chosen, { id, applicantId: drafter, formerApplicantIds: null }, calendar));
    const give = async (fromId: string, toId: string) =>
      expect(await handOver.handOver(SYSTEM_ADMINISTRATOR, wish({ fromId, toId }))).toMatchObject({ ok: true });
    await give(drafter, between);
    await give(between, to);
    const requests = application.context.get(RequestsService, { strict: false });
    const row = await requests.inScope(WHOLE_PROVINCE, id);
    expect(row).toMatchObject({ applicantId: to, formerApplicantIds: [drafter, between] });
    const submission = application.context.get(SubmissionService, { strict: false });
    for (const username of ['hand.drafter', 'hand.between']) {
      const viewer = await signedIn(username);
      const act = { requestId: id, expectedVersion: row?.version ?? 0, opinion: null, idempotencyKey: newId() };
      expect(codesOf(await submission.submit(viewer, WHOLE_PROVINCE, act))).toEqual(['NOT_PERMITTED role']);
      // Nor is it shown to them as theirs to do.
      expect(await requests.countAwaiting(viewer, { kind: 'DEPARTMENTS', departmentIds: [people.finance.id] })).toBe(0);
    }
    const head = await signedIn('hand.head');
    expect(await requests.countAwaiting(head, { kind: 'DEPARTMENTS', departmentIds: [people.finance.id] })).toBe(1);
  });

  it('moves prepared intakes and begun imports, to whoever may go on with them', async () => {
    const engineer = await people.add('hand.engineer', people.finance.id, 'FACILITY_ENGINEER');
    const colleague = await people.add('hand.colleague', people.finance.id, 'FACILITY_ENGINEER');
    const batch = newId();
    await application.test.db.query(
      `insert into intake_batch (id, code, state, version, source, item_count, prepared_by_id, prepared_by_name, prepared_at)
       values (?, 'NG-1', 'SUBMITTED', 1, 'FILE', 0, ?, '工程师', now())`,
      [batch, engineer],
    );
    for (const state of ['PREVIEWED', 'DONE'])
      await application.test.db.query(
        `insert into import_run (id, kind, state, started_by, starter_name, started_at, changed_at, percent, row_count,
           added_count, unchanged_count, problem_count, problems, sample, version, applied_at)
         values (?, 'servers', ?, ?, '工程师', now(), now(), 100, 0, 0, 0, 0, '[]', '[]', 1, ?)`,
        [newId(), state, engineer, state === 'DONE' ? new Date() : null],
      );
    const counts = async (id: string) =>
      Object.fromEntries(
        ((await handOver.preview(SYSTEM_ADMINISTRATOR, id))?.parts ?? []).map((part) => [part.key, part.count]),
      );
    expect(await counts(engineer)).toMatchObject({ intakes: 1, imports: 1 });
    expect(codesOf(await handOver.handOver(SYSTEM_ADMINISTRATOR, wish({ fromId: engineer, toId: to })))).toEqual([
      'NOT_PERMITTED SUCCESSOR_MAY_NOT',
    ]);
    const outcome = await handOver.handOver(SYSTEM_ADMINISTRATOR, wish({ fromId: engineer, toId: colleague }));
    expect(outcome).toMatchObject({ ok: true });
    expect(await counts(colleague)).toMatchObject({ intakes: 1, imports: 1 });
    expect(await counts(engineer)).toMatchObject({ intakes: 0, imports: 0 });
    const [row] = await application.test.db.query('select former_preparer_ids from intake_batch where id = ?', [batch]);
    expect(JSON.parse(row.former_preparer_ids)).toEqual([engineer]);
    const facts = { state: 'SUBMITTED', version: 2, preparedById: colleague, formerPreparerIds: [engineer] } as const;
    expect(codesOf(decideIntake(engineer, facts, 'APPROVE', { expectedVersion: 2 }))).toEqual([
      'NOT_PERMITTED OWN_INTAKE',
    ]);
  });

  it("ends a leaver's account and sessions in the same act", async () => {
    const { cookie } = await people.signIn('hand.from');
    expect(await handOver.preview(SYSTEM_ADMINISTRATOR, from)).toMatchObject({ mayDisable: true });
    expect(await handOver.handOver(SYSTEM_ADMINISTRATOR, wish({ leaves: true }))).toMatchObject({ ok: true });
    expect(await people.row(from)).toMatchObject({ state: 'DISABLED' });
    expect(await people.read(cookie)).toBeUndefined();
  });
});
