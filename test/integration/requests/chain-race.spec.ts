import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const REVIEWERS = 16;

let app: TestApplication;
let journey: RequestJourney;
let desk: ChainDesk;
let centerId: string;
let poolId: string;
const reviewers: Viewer[] = Array.from({ length: REVIEWERS }, (_, n) =>
  viewerWith(['CENTER_REVIEWER'], null, { name: `评审${n}` }),
);

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  desk = new ChainDesk(app, journey);
  const { center, pool } = await journey.openCenter('chain-race', 1_000);
  [centerId, poolId] = [center.id, pool.id];
});
afterAll(() => app.close());

/** A request whose current step is the reviewers'. */
async function underReview(): Promise<string> {
  const id = await journey.submitted(journey.content(centerId, 2));
  idOf(await journey.approveStep(id));
  return id;
}

/** All press at the same moment, on the page as they all see it. */
async function allPress(id: string) {
  const { version } = await journey.row(id);
  const scope = desk.scopeOf(reviewers[0] as Viewer);
  return Promise.all(reviewers.map((one) => journey.review.approve(one, scope, journey.wish(id, version))));
}

describe('16 reviewers at once', () => {
  it('on a step that any of them decides: one decision', async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE, step('review', ['CENTER_REVIEWER']), step('end', ['LEADER'])));
    const id = await underReview();
    const results = await allPress(id);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(new Set(results.flatMap(codesOf))).toEqual(new Set(['NOT_PERMITTED']));
    expect(await desk.decisions(id)).toHaveLength(3);
  });

  it('on the last step that any of them decides: one decision, and the machines once', async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE, step('review', ['CENTER_REVIEWER'])));
    const id = await underReview();
    const results = await allPress(id);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(new Set(results.flatMap(codesOf))).toEqual(new Set(['ILLEGAL_TRANSITION']));
    const [made] = await app.test.db.query('select count(*) as n from resource where request_id = ?', [id]);
    expect(Number(made.n)).toBe(2);
  });

  it('on a step that all of them must approve: each once, and the last completes it', async () => {
    const all = step('review', ['CENTER_REVIEWER'], { mode: 'ALL', count: REVIEWERS });
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE, all));
    const id = await underReview();
    const results = await allPress(id);
    expect(results.flatMap(codesOf)).toEqual([]);
    const signed = (await desk.decisions(id)).slice(2).map((one) => one.by);
    expect(signed.toSorted()).toEqual(reviewers.map((one) => one.userId).toSorted());
    expect((await journey.row(id)).state).toBe('PROVISIONING');
    const [made] = await app.test.db.query('select count(*) as n from resource where request_id = ?', [id]);
    expect(Number(made.n)).toBe(2);
  });

  it('each pressing ten times, all must approve: still each once', async () => {
    const id = await underReview();
    const { version } = await journey.row(id);
    const scope = desk.scopeOf(reviewers[0] as Viewer);
    const pressing = reviewers
      .slice(0, 4)
      .flatMap((one) =>
        Array.from({ length: 10 }, () => journey.review.approve(one, scope, journey.wish(id, version))),
      );
    const results = await Promise.all(pressing);
    expect(results.filter((result) => result.ok)).toHaveLength(4);
    expect(new Set(results.flatMap(codesOf))).toEqual(new Set(['NOT_PERMITTED']));
  });

  it('half approving and half returning: what ends it ends it for all, and the hold is one', async () => {
    const before = await journey.liveOf(poolId);
    const id = await underReview();
    const { version } = await journey.row(id);
    const scope = desk.scopeOf(reviewers[0] as Viewer);
    const results = await Promise.all(
      reviewers.map((one, n) =>
        n % 2 === 0
          ? journey.review.approve(one, scope, journey.wish(id, version))
          : journey.review.move(one, scope, 'REJECT', journey.wish(id, version)),
      ),
    );
    const rejected = results.filter((result, n) => result.ok && n % 2 === 1);
    expect(rejected).toHaveLength(1);
    expect((await journey.row(id)).state).toBe('REJECTED');
    expect(await journey.liveOf(poolId)).toEqual(before);
  });
});

describe('who could give several signatures of one step (会签)', () => {
  const both = viewerWith(['CENTER_REVIEWER', 'CAPACITY_ALLOCATOR'], null, { name: '兼岗' });
  const together = step('together', ['CENTER_REVIEWER', 'CAPACITY_ALLOCATOR'], { mode: 'ALL' });
  const seatsOf = async (id: string) =>
    (await journey.round(id)).steps.find(({ state }) => state === 'CURRENT')?.seats ?? [];

  it('gives the one that was chosen, and never two, however many presses come for both at once', async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE, together));
    const id = await underReview();
    const { version } = await journey.row(id);
    const seats = await seatsOf(id);
    expect(seats.map(({ roles }) => roles)).toEqual([['CENTER_REVIEWER'], ['CAPACITY_ALLOCATOR']]);
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        journey.review.approve(both, desk.scopeOf(both), {
          ...journey.wish(id, version),
          seatId: seats[n % 2]?.id ?? null,
        }),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(new Set(results.flatMap(codesOf))).toEqual(new Set(['NOT_PERMITTED']));
    expect((await seatsOf(id)).filter(({ decision }) => decision === null)).toHaveLength(1);
    expect((await journey.row(id)).state).toBe('UNDER_REVIEW');
  });

  it('leaves the other seat to another, who cannot take the one that is signed', async () => {
    const id = await underReview();
    const { version } = await journey.row(id);
    const [first, second] = await seatsOf(id);
    const press = (viewer: Viewer, seatId: string | undefined) =>
      journey.review.approve(viewer, desk.scopeOf(viewer), { ...journey.wish(id, version), seatId: seatId ?? null });
    expect(await press(both, second?.id)).toMatchObject({
      value: { signedAs: { role: 'CAPACITY_ALLOCATOR', onBehalfOf: null, hadChoice: true } },
    });
    const other = viewerWith(['CENTER_REVIEWER', 'CAPACITY_ALLOCATOR'], null);
    expect(await press(other, second?.id)).toMatchObject({
      error: [{ code: 'NOT_PERMITTED', path: ['seatId'], reason: 'seat' }],
    });
    expect(await press(other, first?.id)).toMatchObject({
      value: { signedAs: { role: 'CENTER_REVIEWER', hadChoice: false } },
    });
    expect((await journey.row(id)).state).toBe('PROVISIONING');
  });

  it('takes the first in a batch, and is told which', async () => {
    const id = await underReview();
    const { version } = await journey.row(id);
    const answers = await journey.review.approveMany(both, desk.scopeOf(both), {
      items: [{ requestId: id, expectedVersion: version }],
      opinion: '同意',
      idempotencyKey: newId(),
    });
    expect(answers).toMatchObject({
      value: [{ value: { id, signedAs: { role: 'CENTER_REVIEWER', onBehalfOf: null, hadChoice: true } } }],
    });
  });
});

describe('the database itself', () => {
  it('refuses a second part of a person in a round and a second running round, and keeps one current step by its place', async () => {
    await desk.publish(oneChain(SIGN_OFF, ACCEPTANCE));
    const id = await journey.submitted(journey.content(centerId));
    const { db } = app.test;
    const round = await journey.round(id);
    const duplicate = { driverError: { errno: 1062 } };
    for (const person of [journey.applicant, journey.head])
      await expect(
        db.query('insert into approval_participant (round_id, person_id) values (?, ?)', [round.id, person.userId]),
      ).rejects.toMatchObject(duplicate);
    await expect(
      db.query(
        `insert into approval_round (id, subject_id, number, edition_id, chain_key, chosen_by, chain_title_zh, chain_title_en, state,
           running_subject_id, current_step_id, started_at) select ?, subject_id, 9, edition_id, chain_key, chosen_by, '', '', state,
           running_subject_id, current_step_id, now(3)
         from approval_round where id = ?`,
        [newId(), round.id],
      ),
    ).rejects.toMatchObject(duplicate);
    const signed = round.steps.find((one) => one.state === 'APPROVED');
    // One's own name is lent to nobody, and what is published by its own author is refused.
    const violated = { driverError: { errno: 4025 } };
    const seat = signed?.seats[0];
    await expect(
      db.query('update approval_round set current_step_id = null where id = ?', [round.id]),
    ).rejects.toMatchObject(violated);
    await expect(
      db.query('update approval_seat set on_behalf_of_id = decided_by_id where id = ?', [seat?.id]),
    ).rejects.toMatchObject(violated);
    await expect(
      db.query('update approval_edition set published_by_id = changed_by_id where changed_by_id is not null'),
    ).rejects.toMatchObject(violated);
  });
});
