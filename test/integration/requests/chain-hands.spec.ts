import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { currentStep } from '../../../server/src/approvals/domain/round.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { RequestCustody } from '../../../server/src/requests/request-custody.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

/** Attacks on "nobody approves their own request, and nobody twice", and on steps that nobody could decide any more. */

let app: TestApplication;
let journey: RequestJourney;
let desk: ChainDesk;
let centerId: string;
let people: { head: Viewer; other: Viewer; acceptance: Viewer; reviewers: Viewer[]; leader: Viewer };
const clock = new MovedClock();
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
/** Past every deadline of the test's chain, long before a hold runs out. */
const PAST_DEADLINE_DAYS = 5;

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new ChainDesk(app, journey);
  centerId = (await journey.openCenter('chain-hands', 10_000)).center.id;
  people = {
    head: await desk.person('DEPARTMENT_HEAD'),
    other: await desk.person('DEPARTMENT_HEAD'),
    acceptance: await desk.person('CENTER_ACCEPTANCE'),
    reviewers: [await desk.person('CENTER_REVIEWER'), await desk.person('CENTER_REVIEWER')],
    leader: await desk.person('LEADER'),
  };
  await desk.publish(
    oneChain(
      SIGN_OFF,
      ACCEPTANCE,
      step('review', ['CENTER_REVIEWER'], { mode: 'ALL', count: 2 }),
      step('end', ['LEADER']),
    ),
  );
});
afterAll(() => app.close());

const sent = () => journey.sent(journey.content(centerId));
async function accepted(): Promise<string> {
  const id = await sent();
  idOf(await desk.sign(people.head, id));
  return id;
}
async function underReview(): Promise<string> {
  const id = await accepted();
  idOf(await desk.sign(people.acceptance, id));
  return id;
}
const stepOf = async (id: string) => currentStep(await journey.round(id))?.key;
const edit = async (by: Viewer, id: string, count: number) =>
  journey.requests.updateDraft(
    by,
    journey.scope,
    journey.content(centerId, count),
    journey.wish(id, (await journey.row(id)).version),
  );

describe('whoever had a hand in a request', () => {
  it('does not sign off what he sent himself, though a colleague had drafted it', async () => {
    const id = await journey.draft(journey.content(centerId));
    idOf(await desk.move(people.head, id, 'SEND_FOR_SIGN_OFF'));
    expect(codesOf(await desk.sign(people.head, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.sign(people.other, id));
    expect(await stepOf(id)).toBe('acceptance');
  });

  it('does not sign off what he wrote into a colleague’s draft, in this round or the next', async () => {
    const id = await journey.draft(journey.content(centerId));
    idOf(await edit(people.head, id, 3));
    idOf(await desk.move(journey.applicant, id, 'SEND_FOR_SIGN_OFF'));
    expect(codesOf(await desk.sign(people.head, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.move(people.other, id, 'RETURN'));
    idOf(await edit(journey.applicant, id, 2));
    idOf(await desk.move(journey.applicant, id, 'SEND_FOR_SIGN_OFF'));
    expect(codesOf(await desk.sign(people.head, id))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.sign(people.other, id));
    const [steps = []] = await journey.requests.stepsOf([id]);
    // Only the hand of another is news: the applicant's own saves are not.
    expect(steps.filter((one) => one.action === 'EDIT').map((one) => one.actorId)).toEqual([people.head.userId]);
  });

  it('does not choose who decides it, though the late step is escalated to his role', async () => {
    const applicant = await desk.person('APPLICANT', 'LEADER');
    const made = await journey.requests.createDraft(applicant, journey.scope, journey.content(centerId), newId());
    const id = idOf(made);
    idOf(await desk.move(applicant, id, 'SEND_FOR_SIGN_OFF'));
    clock.pass(PAST_DEADLINE_DAYS);
    await desk.deadlines.escalateOverdue(system);
    expect(codesOf(await desk.transfer(applicant, id, people.other))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.transfer(people.leader, id, people.other));
  });
});

describe('a signature that nobody could give', () => {
  it('is not made by handing two of one step to the same person', async () => {
    const [first, second] = people.reviewers as [Viewer, Viewer];
    const third = await desk.person('CENTER_REVIEWER');
    const id = await underReview();
    idOf(await desk.transfer(first, id, third));
    expect(codesOf(await desk.transfer(second, id, third))).toEqual(['UNKNOWN_REFERENCE']);
    const names = await desk.chainActs.candidates(second, desk.scopeOf(second), id, 'TRANSFER', null);
    expect(names.map((person) => person.userId)).not.toContain(third.userId);
    idOf(await desk.sign(second, id));
    idOf(await desk.sign(third, id));
    expect(await stepOf(id)).toBe('end');
  });

  it('is not made by asking somebody before a step that waits for him alone', async () => {
    const [first] = people.reviewers as [Viewer, Viewer];
    const [named, asked] = [await desk.person('CENTER_REVIEWER'), await desk.person('CLOUD_AUTHORITY')];
    const id = await underReview();
    idOf(await desk.transfer(first, id, named));
    idOf(await desk.add(first, id, asked, 'BEFORE'));
    expect(codesOf(await desk.add(asked, id, named, 'BEFORE'))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await desk.transfer(asked, id, named))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('of an added person may be handed on to whoever sees the request, and to nobody else', async () => {
    const asked = await desk.person('CLOUD_AUTHORITY');
    const elsewhere = department();
    await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => app.context.get(DepartmentsService, { strict: false }).add(tx, [elsewhere]));
    const foreign = await desk.personOf(elsewhere.id, 'DEPARTMENT_HEAD');
    const id = await accepted();
    idOf(await desk.add(people.acceptance, id, asked, 'BEFORE'));
    expect(codesOf(await desk.transfer(asked, id, foreign))).toEqual(['UNKNOWN_REFERENCE']);
    const names = await desk.chainActs.candidates(asked, desk.scopeOf(asked), id, 'TRANSFER', foreign.name);
    expect(names).toEqual([]);
    idOf(await desk.transfer(asked, id, people.leader));
  });

  it('of an added person who is gone is handed on by whom it was escalated to', async () => {
    const gone = await desk.person('CLOUD_AUTHORITY');
    const id = await accepted();
    idOf(await desk.add(people.acceptance, id, gone, 'BEFORE'));
    clock.pass(PAST_DEADLINE_DAYS);
    await desk.deadlines.escalateOverdue(system);
    const heir = await desk.person('CLOUD_AUTHORITY');
    idOf(await desk.transfer(people.leader, id, heir));
    idOf(await desk.sign(heir, id));
    expect(await stepOf(id)).toBe('acceptance');
  });
});

describe('a batch', () => {
  it('of sign-offs that is pressed again answers the same again, and signs nothing twice', async () => {
    const [one, other] = [await sent(), await sent()];
    const wish = {
      items: [
        { requestId: one, expectedVersion: 2 },
        { requestId: other, expectedVersion: 7 },
      ],
      opinion: '同意',
      idempotencyKey: newId(),
    };
    const press = () => journey.review.approveMany(people.head, journey.scope, wish);
    const answer = await press();
    expect(answer.ok ? answer.value.map(codesOf) : []).toEqual([[], ['VERSION_CONFLICT']]);
    expect(await press()).toEqual(answer);
    expect([await stepOf(one), await stepOf(other)]).toEqual(['acceptance', 'sign-off']);
    expect(await desk.decisions(one)).toHaveLength(1);
  });
});

describe('a hold', () => {
  it('outlives the deadline of somebody who was asked before the step that took it', async () => {
    await desk.publish(
      oneChain(SIGN_OFF, { ...ACCEPTANCE, deadlineWorkingDays: 10 }, step('review', ['CENTER_REVIEWER'])),
    );
    const id = await accepted();
    clock.pass(11);
    idOf(await desk.add(people.acceptance, id, await desk.person('CLOUD_AUTHORITY'), 'BEFORE'));
    const { dueAt, holdExpiresAt } = await journey.row(id);
    expect(holdExpiresAt?.getTime()).toBeGreaterThan(dueAt?.getTime() ?? Infinity);
  });

  it('outlives the deadline of the step that takes it', async () => {
    const id = await accepted();
    const { dueAt, holdExpiresAt } = await journey.row(id);
    expect(holdExpiresAt?.getTime()).toBeGreaterThan(dueAt?.getTime() ?? Infinity);
  });
});

describe('asking another beside', () => {
  it('does not make the step look as if it had just begun', async () => {
    const id = await accepted();
    const { stateSince } = await journey.row(id);
    clock.pass(1);
    idOf(await desk.add(people.acceptance, id, await desk.person('CLOUD_AUTHORITY'), 'BESIDE'));
    expect((await journey.row(id)).stateSince).toEqual(stateSince);
  });
});

describe('a request that is handed over on its way', () => {
  it('is never decided by its new applicant, also in a seat that was his alone or in a borrowed name', async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE));
    const heir = await desk.person('APPLICANT', 'DEPARTMENT_HEAD');
    const id = await sent();
    idOf(await desk.transfer(people.head, id, heir));
    idOf(await desk.delegate(people.other, heir, clock.now()));
    const custody = app.context.get(RequestCustody, { strict: false });
    const moved = await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => custody.move(tx, { ...journey.applicant, active: true }, { ...heir, active: true }));
    expect(moved.ok).toBe(true);
    expect(codesOf(await desk.sign(heir, id))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await desk.sign(journey.applicant, id))).toEqual(['NOT_PERMITTED']);
    clock.pass(PAST_DEADLINE_DAYS);
    await desk.deadlines.escalateOverdue(system);
    idOf(await desk.transfer(people.leader, id, people.other));
    idOf(await desk.sign(people.other, id));
  });

  it('is not given to whoever has signed it: he would be the applicant of what he approved', async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE));
    const signer = await desk.person('APPLICANT', 'DEPARTMENT_HEAD');
    const id = await sent();
    idOf(await desk.sign(signer, id));
    const before = await journey.row(id);
    const custody = app.context.get(RequestCustody, { strict: false });
    const moved = await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => custody.move(tx, { ...journey.applicant, active: true }, { ...signer, active: true }));
    expect(moved).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'SUCCESSOR_SIGNED' }] });
    expect(await journey.row(id)).toEqual(before);
  });
});
