import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wrongEdition } from '../../../server/src/approvals/domain/check-edition.js';
import { currentStep } from '../../../server/src/approvals/domain/round.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: ChainDesk;
let centerId: string;
let poolId: string;
const clock = new MovedClock();
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
let people: { head: Viewer; acceptance: Viewer; reviewer: Viewer; allocator: Viewer; leader: Viewer };

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new ChainDesk(app, journey);
  const { center, pool } = await journey.openCenter('chain', 10_000);
  [centerId, poolId] = [center.id, pool.id];
  people = {
    head: await desk.person('DEPARTMENT_HEAD'),
    acceptance: await desk.person('CENTER_ACCEPTANCE'),
    reviewer: await desk.person('CENTER_REVIEWER'),
    allocator: await desk.person('CAPACITY_ALLOCATOR'),
    leader: await desk.person('LEADER'),
  };
});
afterAll(() => app.close());

const sent = (count = 1) => journey.sent(journey.content(centerId, count));
/** Signed off: the center's acceptance has it. */
async function accepted(count = 1): Promise<string> {
  const id = await sent(count);
  idOf(await desk.sign(people.head, id));
  return id;
}
const stateOf = async (id: string) => (await journey.row(id)).state;
const stepOf = async (id: string) => currentStep(await journey.round(id))?.key;
const days = (from: Date, to: Date | null): number => ((to?.getTime() ?? 0) - from.getTime()) / 86_400_000;

describe('the shipped edition', () => {
  it('may be published as it stands, and takes a plain request through the standard chain', async () => {
    const edition = await desk.editions.inForce();
    expect(edition.number).toBe(2);
    expect(wrongEdition(edition.content)).toEqual([]);
    const id = await sent(2);
    const walked = [await stepOf(id)];
    expect(await journey.liveOf(poolId)).toEqual({ counter: 0, claims: 0 });
    for (const person of [people.head, people.acceptance, people.reviewer]) {
      idOf(await desk.sign(person, id));
      walked.push(await stepOf(id));
      expect(await journey.liveOf(poolId)).toEqual({ counter: 2, claims: 2 });
    }
    expect(walked).toEqual(['sign-off', 'acceptance', 'technical-review', 'allocation']);
    idOf(await desk.sign(people.allocator, id));
    expect(await stateOf(id)).toBe('PROVISIONING');
    expect((await journey.row(id)).dueAt).toBeNull();
  });

  it('asks the experts for a file and the cloud authority for a word where it is dear', async () => {
    const line = journey.content(centerId, 100).lines[0];
    if (!line) throw new Error('no line');
    const lines = ['a', 'b', 'c'].map((name) => ({ ...line, name }));
    // 300 machines at 220 yuan a month.
    const id = await journey.sent(journey.content(centerId, 1, { lines }));
    idOf(await desk.sign(people.head, id));
    idOf(await desk.sign(people.acceptance, id));
    expect(await stepOf(id)).toBe('expert-review');
    expect(codesOf(await desk.sign(people.reviewer, id))).toEqual(['INVALID_INPUT']);
    const files = app.context.get(FilesService, { strict: false });
    const name = '专家评审意见.pdf';
    const file = await files.upload({ name, bytes: Buffer.from('%PDF-1.7 opinion') }, people.reviewer);
    if (!file.ok) throw new Error('the file was refused');
    // Another person's file is none.
    const foreign = await files.upload({ name, bytes: Buffer.from('%PDF-1.7 foreign') }, people.leader);
    const foreignId = foreign.ok ? foreign.value.id : '';
    expect(codesOf(await desk.sign(people.reviewer, id, { fileId: foreignId }))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await desk.sign(people.reviewer, id, { fileId: file.value.id }));
    const seat = (await journey.round(id)).steps.find((one) => one.key === 'expert-review')?.seats[0];
    expect(seat?.decision?.fileId).toBe(file.value.id);
    expect(await files.readable(people.allocator, file.value.id)).not.toBeNull();
    expect(await files.readable(viewerWith(['APPLICANT'], newId()), file.value.id)).toBeNull();
    idOf(await desk.sign(people.allocator, id));
    expect(await stepOf(id)).toBe('authority');
    expect(await stateOf(id)).toBe('UNDER_REVIEW');
    expect((await desk.move(await desk.person('CLOUD_AUTHORITY'), id, 'REJECT')).ok).toBe(true);
    expect(await stateOf(id)).toBe('REJECTED');
  });
});

describe('a price that changes while a request is on its way', () => {
  it('sends it back to be sent anew where another chain would be its, and holds nothing', async () => {
    const prices = app.context.get(PricingService, { strict: false });
    // 90 machines at 220 yuan a month are 19,800: the standard chain. At three times that they are dear.
    const id = await sent(90);
    const before = await journey.liveOf(poolId);
    await app.test.db.query('update price_version set unit_price = unit_price * 3');
    expect(await prices.unitPrices()).not.toEqual([]);
    clock.pass(1);
    const refused = await desk.sign(people.head, id);
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'OTHER_CHAIN' }] });
    expect(await journey.liveOf(poolId)).toEqual(before);
    idOf(await desk.move(people.head, id, 'RETURN'));
    idOf(await desk.move(journey.applicant, id, 'SEND_FOR_SIGN_OFF'));
    expect((await journey.round(id)).chainKey).toBe('large');
    idOf(await desk.sign(people.head, id));
    idOf(await desk.move(people.acceptance, id, 'REJECT'));
    await app.test.db.query('update price_version set unit_price = unit_price / 3');
    clock.pass(6);
  });
});

describe('deadlines', () => {
  it('are counted in working days, and a return keeps the hold for five of them', async () => {
    const id = await accepted();
    const { dueAt, stateSince, holdExpiresAt } = await journey.row(id);
    // Two working days from a weekday before Friday.
    expect(days(stateSince, dueAt)).toBe(2);
    expect(days(stateSince, holdExpiresAt)).toBe(14);
    idOf(await desk.move(people.acceptance, id, 'RETURN'));
    const returned = await journey.row(id);
    expect(returned).toMatchObject({ state: 'RETURNED', dueAt: null });
    expect(days(clock.now(), returned.holdExpiresAt)).toBe(7);
    expect((await journey.rounds.rounds([id]))[0]).toMatchObject([{ state: 'RETURNED', number: 1 }]);
  });

  it('begin anew with another round, in which those of the first may decide again', async () => {
    const id = await accepted();
    idOf(await desk.move(people.acceptance, id, 'RETURN'));
    idOf(await desk.move(journey.applicant, id, 'SEND_FOR_SIGN_OFF'));
    idOf(await desk.sign(people.head, id));
    idOf(await desk.sign(people.acceptance, id));
    const [rounds = []] = await journey.rounds.rounds([id]);
    expect(rounds.map((round) => [round.number, round.state])).toEqual([
      [1, 'RETURNED'],
      [2, 'RUNNING'],
    ]);
    expect((await desk.decisions(id)).map((one) => one.verdict)).toEqual(['APPROVE', 'RETURN', 'APPROVE', 'APPROVE']);
  });

  it('that have passed are escalated once; who is told may hand the step on and decides nothing of it', async () => {
    const id = await accepted();
    clock.pass(2);
    expect(await desk.deadlines.escalateOverdue(system)).toBeGreaterThan(0);
    expect(await desk.deadlines.escalateOverdue(system)).toBe(0);
    const [notices] = await app.test.db.query(
      `select count(*) as n from approval_notice a join approval_step s on s.id = a.step_id
       join approval_round d on d.id = s.round_id where d.subject_id = ? and a.kind = 'ESCALATED'`,
      [id],
    );
    expect(Number(notices.n)).toBe(1);
    const queue = async (viewer: Viewer, filter: 'escalatedToMe' | 'awaitingMe') =>
      (
        await journey.requests.page(
          viewer,
          desk.scopeOf(viewer),
          { awaitingMe: false, overdue: true, escalatedToMe: false, [filter]: true },
          'DUE_FIRST',
          { first: 100, after: null },
        )
      ).rows.map((row) => row.id);
    expect(await queue(people.leader, 'escalatedToMe')).toContain(id);
    expect(await queue(people.leader, 'awaitingMe')).not.toContain(id);
    expect(await queue(people.acceptance, 'awaitingMe')).toContain(id);
    expect(codesOf(await desk.sign(people.leader, id))).toEqual(['NOT_PERMITTED']);
    const colleague = await desk.person('CENTER_ACCEPTANCE');
    idOf(await desk.transfer(people.leader, id, colleague));
    expect(codesOf(await desk.sign(people.acceptance, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.sign(colleague, id));
  });

  it('of holds: what ran out ends the request and gives the capacity back once', async () => {
    const before = await journey.liveOf(poolId);
    const id = await accepted(3);
    clock.pass(15);
    await desk.deadlines.expireHolds(system);
    await desk.deadlines.expireHolds(system);
    expect(await journey.row(id)).toMatchObject({ state: 'EXPIRED', heldSince: null, dueAt: null });
    expect((await journey.rounds.rounds([id]))[0]?.[0]?.state).toBe('EXPIRED');
    const after = await journey.liveOf(poolId);
    expect(after.counter).toBe(after.claims);
    expect(after.counter).toBeLessThanOrEqual(before.counter);
    expect(codesOf(await desk.sign(people.acceptance, id))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('of holds: one that is back with its department gives up the hold and goes on', async () => {
    const id = await accepted(2);
    idOf(await desk.move(people.acceptance, id, 'RETURN'));
    idOf(await desk.move(journey.applicant, id, 'SEND_FOR_SIGN_OFF'));
    clock.pass(8);
    await desk.deadlines.expireHolds(system);
    expect(await journey.row(id)).toMatchObject({ state: 'AWAITING_SIGN_OFF', heldSince: null });
    idOf(await desk.sign(people.head, id));
    expect((await journey.row(id)).heldSince).toEqual(clock.now());
  });

  it('of holds: each step of the center renews it, within sixty days in all', async () => {
    const id = await accepted();
    const { heldSince } = await journey.row(id);
    if (!heldSince) throw new Error('nothing is held');
    clock.pass(10);
    idOf(await desk.sign(people.acceptance, id));
    expect(days(heldSince, (await journey.row(id)).holdExpiresAt)).toBe(24);
    clock.pass(10);
    idOf(await desk.sign(people.reviewer, id));
    expect(days(heldSince, (await journey.row(id)).holdExpiresAt)).toBe(34);
    for (let n = 0; n < 5; n += 1) {
      clock.pass(8);
      const added = await desk.person('LEADER');
      idOf(await desk.add(people.allocator, id, added, 'BEFORE'));
      idOf(await desk.sign(added, id));
    }
    expect(days(heldSince, (await journey.row(id)).holdExpiresAt)).toBe(60);
  });
});

describe('news', () => {
  it('go to whoever may sign next, to whom it was handed, and to the applicant of what became of it', async () => {
    const id = await accepted();
    const told = async () => {
      const rows: { kind: string; audience: string }[] = await app.test.db.query(
        'select kind, audience from notice where subject_id = ? order by id',
        [id],
      );
      return rows.map(({ kind, audience }) => {
        const { roles = [], userIds = [] } = JSON.parse(audience);
        return [kind, ...roles.map((one: { role: string }) => one.role), ...userIds];
      });
    };
    expect((await told()).toSorted()).toEqual([
      ['WORK_WAITING', 'CENTER_ACCEPTANCE'],
      ['WORK_WAITING', 'DEPARTMENT_HEAD'],
    ]);
    const colleague = await desk.person('CENTER_ACCEPTANCE');
    idOf(await desk.transfer(people.acceptance, id, colleague));
    expect(await told()).toContainEqual(['WORK_WAITING', colleague.userId]);
    idOf(await desk.remind(journey.applicant, id));
    expect(await told()).toContainEqual(['DEADLINE', colleague.userId]);
    const before = (await told()).length;
    expect(codesOf(await desk.remind(journey.applicant, id))).toEqual(['NOT_PERMITTED']);
    expect(await told()).toHaveLength(before);
    idOf(await desk.move(colleague, id, 'REJECT'));
    expect(await told()).toContainEqual(['WORK_MOVED', journey.applicant.userId]);
  });
});

describe('a delegate', () => {
  it('decides in the other name, both are recorded, and neither decides again', async () => {
    const absent = await desk.person('CENTER_REVIEWER');
    const deputy = await desk.person('CAPACITY_ALLOCATOR');
    const id = await accepted();
    idOf(await desk.sign(people.acceptance, id));
    expect(codesOf(await desk.sign(deputy, id))).toEqual(['NOT_PERMITTED']);
    const delegation = idOf(await desk.delegate(absent, deputy, clock.now()));
    const awaits = await journey.requests.countAwaiting(deputy, desk.scopeOf(deputy));
    expect(awaits).toBeGreaterThan(0);
    idOf(await desk.sign(deputy, id));
    expect((await desk.decisions(id)).at(-1)).toEqual({ by: deputy.userId, for: absent.userId, verdict: 'APPROVE' });
    const [logged] = await app.test.db.query(
      'select actor_name as name from request_step where request_id = ? and actor_id = ?',
      [id, deputy.userId],
    );
    expect(logged.name).toBe(`${deputy.name}（代 ${absent.name}）`);
    // The next step is the deputy's own role, and he has had his part.
    expect(codesOf(await desk.sign(deputy, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.delegations.revoke(absent, delegation, newId()));
    const other = await accepted();
    idOf(await desk.sign(people.acceptance, other));
    expect(codesOf(await desk.sign(deputy, other))).toEqual(['NOT_PERMITTED']);
  });

  it('passes nothing on, and loses it when the time is over', async () => {
    const [absent, deputy, third] = [
      await desk.person('CENTER_REVIEWER'),
      await desk.person('CAPACITY_ALLOCATOR'),
      await desk.person('LEADER'),
    ];
    idOf(await desk.delegate(absent, deputy, clock.now(), 2));
    expect(codesOf(await desk.delegate(third, absent, clock.now(), 1))).toEqual(['INVALID_INPUT']);
    idOf(await desk.delegate(deputy, third, clock.now(), 2));
    const id = await accepted();
    idOf(await desk.sign(people.acceptance, id));
    // He has the deputy's own rights, not those that the deputy was lent.
    expect(codesOf(await desk.sign(third, id))).toEqual(['NOT_PERMITTED']);
    clock.pass(2);
    expect(codesOf(await desk.sign(deputy, id))).toEqual(['NOT_PERMITTED']);
  });
});

describe('editions', () => {
  it('are drafted by one and published by another, once, and then stay', async () => {
    const draft = idOf(await desk.editions.begin(desk.drafter, '调整', newId()));
    expect(codesOf(await desk.editions.begin(desk.drafter, '再来', newId()))).toEqual(['NOT_PERMITTED']);
    const wish = (expectedVersion: number) => ({ id: draft, expectedVersion, idempotencyKey: newId() });
    const content = oneChain(SIGN_OFF, ACCEPTANCE);
    const bad = oneChain(ACCEPTANCE, SIGN_OFF);
    idOf(await desk.editions.save(desk.drafter, wish(1), { note: '调整', content: bad }));
    expect(codesOf(await desk.editions.save(desk.drafter, wish(1), { note: '调整', content: content }))).toEqual([
      'VERSION_CONFLICT',
    ]);
    expect(codesOf(await desk.editions.publish(desk.publisher, wish(2)))).toContain('INVALID_INPUT');
    idOf(await desk.editions.save(desk.drafter, wish(2), { note: '调整', content: content }));
    expect(codesOf(await desk.editions.publish(desk.drafter, wish(3)))).toEqual(['NOT_PERMITTED']);
    const running = await accepted();
    idOf(await desk.editions.publish(desk.publisher, wish(3)));
    expect(codesOf(await desk.editions.save(desk.drafter, wish(3), { note: '再改', content: content }))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(codesOf(await desk.editions.discard(desk.drafter, wish(3)))).toEqual(['ILLEGAL_TRANSITION']);
    // What runs keeps the edition that it began with; what begins takes the new one.
    idOf(await desk.sign(people.acceptance, running));
    expect(await stepOf(running)).toBe('technical-review');
    const next = await accepted();
    idOf(await desk.sign(people.acceptance, next));
    expect(await stateOf(next)).toBe('PROVISIONING');
  });

  it('name departments that there are', async () => {
    const content = oneChain(SIGN_OFF, ACCEPTANCE);
    const [rule] = content.rules;
    if (!rule) throw new Error('no rule');
    const narrow = { ...rule, condition: { ...rule.condition, departmentIds: [newId()] } };
    await expect(desk.publish({ ...content, rules: [narrow, rule] })).rejects.toThrow('department');
    const draft = (await desk.editions.list()).find((edition) => edition.number === null);
    const wish = { id: draft?.id, expectedVersion: draft?.version ?? 0, idempotencyKey: newId() };
    idOf(await desk.editions.discard(desk.drafter, wish));
  });
});

describe('acts on the current step', () => {
  beforeAll(async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE, step('review', ['CENTER_REVIEWER'])));
  });

  it('hand it to a named person of the same kind, who has had no part in it', async () => {
    const id = await accepted();
    const colleague = await desk.person('CENTER_ACCEPTANCE');
    expect(codesOf(await desk.transfer(people.acceptance, id, people.reviewer))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await desk.transfer(people.acceptance, id, people.head))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await desk.transfer(people.reviewer, id, colleague))).toEqual(['NOT_PERMITTED']);
    const names = await desk.chainActs.candidates(
      people.acceptance,
      desk.scopeOf(people.acceptance),
      id,
      'TRANSFER',
      null,
    );
    expect(names.map((person) => person.userId)).toContain(colleague.userId);
    expect(names.map((person) => person.userId)).not.toContain(people.acceptance.userId);
    idOf(await desk.transfer(people.acceptance, id, colleague));
    expect(codesOf(await desk.sign(people.acceptance, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.sign(colleague, id));
  });

  it('ask another before it or beside it', async () => {
    const [before, beside] = [await desk.person('LEADER'), await desk.person('CLOUD_AUTHORITY')];
    const id = await accepted();
    const held = await journey.liveOf(poolId);
    idOf(await desk.add(people.acceptance, id, before, 'BEFORE'));
    expect(codesOf(await desk.sign(people.acceptance, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.sign(before, id));
    expect(await journey.liveOf(poolId)).toEqual(held);
    idOf(await desk.add(people.acceptance, id, beside, 'BESIDE'));
    expect(codesOf(await desk.add(people.acceptance, id, beside, 'BESIDE'))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await desk.sign(people.acceptance, id));
    expect(await stepOf(id)).toBe('acceptance');
    idOf(await desk.sign(beside, id));
    expect(await stepOf(id)).toBe('review');
  });

  it('remind once a working day, the weekend counting for Monday', async () => {
    const id = await accepted();
    idOf(await desk.remind(journey.applicant, id));
    expect(codesOf(await desk.remind(journey.applicant, id))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await desk.remind(people.reviewer, id))).toEqual(['NOT_PERMITTED']);
    // To the next Saturday, on to its Sunday and the Monday after: one reminder for the three.
    while (clock.now().getUTCDay() !== 6) clock.pass(1);
    idOf(await desk.remind(journey.applicant, id));
    clock.pass(1);
    expect(codesOf(await desk.remind(journey.applicant, id))).toEqual(['NOT_PERMITTED']);
    clock.pass(1);
    expect(codesOf(await desk.remind(journey.applicant, id))).toEqual(['NOT_PERMITTED']);
    clock.pass(1);
    idOf(await desk.remind(journey.applicant, id));
  });

  it('approve in a batch, each alone, with the reason of each that was not', async () => {
    const [plain, other, foreign] = [await accepted(), await accepted(), await sent()];
    const versions = await Promise.all([plain, other, foreign].map(async (id) => (await journey.row(id)).version));
    const items = [plain, other, foreign].map((requestId, at) => ({ requestId, expectedVersion: versions[at] ?? 0 }));
    const wish = {
      items: [...items, { requestId: newId(), expectedVersion: 1 }, { requestId: other, expectedVersion: 1 }],
      opinion: '同意',
      idempotencyKey: newId(),
    };
    const scope = desk.scopeOf(people.acceptance);
    const answer = await journey.review.approveMany(people.acceptance, scope, wish);
    const codes = answer.ok ? answer.value.map(codesOf) : [];
    expect(codes).toEqual([[], [], ['NOT_PERMITTED'], ['UNKNOWN_REFERENCE'], ['NOT_PERMITTED']]);
    expect(await journey.review.approveMany(people.acceptance, scope, wish)).toEqual(answer);
    expect([await stepOf(plain), await stepOf(other), await stepOf(foreign)]).toEqual(['review', 'review', 'sign-off']);
    expect((await journey.review.approveMany(people.acceptance, scope, { ...wish, items: [] })).ok).toBe(false);
  });
});
