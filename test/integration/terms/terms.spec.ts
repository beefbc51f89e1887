import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { LifePolicies } from '../../../server/src/resources/life-policies.service.js';
import { TermSweep } from '../../../server/src/terms/term-sweep.service.js';
import { TermsService } from '../../../server/src/terms/terms.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: LifeDesk;
let centerId: string;
let poolId: string;
const clock = new MovedClock();
const today = () => calendarDate(clock.now());
const EIGHT_HOURS = 8 / 24;
const inDays = (days: number) => addDays(today(), days);

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new LifeDesk(app, journey);
  const { center, pool } = await journey.openCenter('terms', 10_000);
  [centerId, poolId] = [center.id, pool.id];
});
afterAll(() => app.close());

describe('a temporary request', () => {
  it('is refused for a day that is over, or too far away, at its field', async () => {
    for (const temporaryUntil of [today(), inDays(-1), inDays(731), '2026-02-30']) {
      const answer = await journey.requests.createDraft(
        journey.applicant,
        journey.scope,
        journey.content(centerId, 1, { temporaryUntil }),
        newId(),
      );
      expect(answer).toMatchObject({
        ok: false,
        error: [{ code: 'INVALID_INPUT', path: ['content', 'temporaryUntil'], rule: 'range' }],
      });
    }
  });

  it('is not approved when its last day has come meanwhile', async () => {
    const id = await journey.sent(journey.content(centerId, 1, { temporaryUntil: inDays(3) }));
    clock.pass(3);
    expect(codesOf(await journey.submit(id))).toEqual(['INVALID_INPUT']);
  });

  it('hands its term on to its machines at grant', async () => {
    const [id = ''] = await desk.granted(centerId, 1, inDays(40));
    expect(await desk.row(id)).toMatchObject({ temporaryUntil: inDays(40), reviewFrom: null });
    const [long = ''] = await desk.delivered(centerId);
    expect(await desk.row(long)).toMatchObject({ temporaryUntil: null, reviewFrom: clock.now() });
  });
});

describe('a temporary machine', () => {
  it('is told of 30, 15, 7 and 1 days before, stopped after its last day, binned after the grace, then released', async () => {
    const until = inDays(40);
    const before = await journey.liveOf(poolId);
    const [id = ''] = await desk.delivered(centerId, 1, until);
    const told: [string, string][] = [];
    let heard = 0;
    let released = '';
    for (let day = 0; day <= 40 + 15 + 7 + 3; day += 1) {
      // Twice a day: what was done once is not done again.
      await desk.round();
      await desk.round();
      const notices = await desk.notices(id);
      for (const notice of notices.slice(heard)) told.push([String(day), notice.zh]);
      heard = notices.length;
      const row = await desk.row(id);
      if (day <= 40) expect([day, row.state, row.termOverAt]).toEqual([day, 'IN_USE', null]);
      else if (day <= 55) expect([day, row.state, row.termOverAt !== null]).toEqual([day, 'IN_USE', true]);
      else if (day < 63) expect([day, row.state, row.binCause]).toEqual([day, 'IN_BIN', 'TERM']);
      else if (released === '') {
        released = String(day);
        expect(row).toMatchObject({ state: 'RELEASING', binUntil: null, binCause: null });
        expect(await journey.liveOf(poolId)).toEqual({ counter: before.counter + 1, claims: before.claims + 1 });
        await desk.observe(id, 'GONE');
      }
      clock.pass(1);
    }
    expect(told.map(([day]) => day)).toEqual(['10', '25', '33', '39', '41', '56']);
    expect(told.map(([, text]) => text.slice(text.indexOf(' ', 20) + 1))).toEqual([
      `将于 ${until} 到期（还有 30 天），到期后停机`,
      `将于 ${until} 到期（还有 15 天），到期后停机`,
      `将于 ${until} 到期（还有 7 天），到期后停机`,
      `将于 ${until} 到期（还有 1 天），到期后停机`,
      `期限已到，已停机；${addDays(until, 16)} 起放入回收站，可在此前延期`,
      expect.stringContaining('已放入回收站'),
    ]);
    const [first] = await desk.notices(id);
    expect(JSON.parse(first?.audience ?? '{}')).toEqual({
      userIds: [journey.applicant.userId],
      roles: [{ role: 'DEPARTMENT_HEAD', departmentId: journey.department.id }],
    });
    expect(await desk.row(id)).toMatchObject({ state: 'RELEASED' });
    expect(await journey.liveOf(poolId)).toEqual(before);
    const life = ['ALLOCATED', 'IN_USE', 'TERM_OVER', 'BIN', 'RELEASE', 'RELEASED'];
    expect(await desk.lifeKinds(id)).toEqual(life.toSorted());
  });

  it('is desired off while its term is over, and on again after an extension', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(1));
    clock.pass(2);
    await desk.round();
    const off = async () => (await desk.resources.desiredOf([id]))[0]?.off;
    expect(await off()).toBe('TERM_OVER');
    const { version } = await desk.row(id);
    expect(await desk.extend(id, inDays(30))).toMatchObject({ ok: true, value: { state: 'GRANTED' } });
    expect(await off()).toBeNull();
    expect((await desk.row(id)).version).toBe(version + 1);
    // Its reminders begin anew.
    await desk.round();
    expect((await desk.notices(id)).map((one) => one.zh)).toContainEqual(expect.stringContaining('还有 30 天'));
  });

  it('runs on through a freeze into which its end falls, and is stopped in the first round after it', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(1));
    clock.pass(2);
    const fromAt = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000);
    const set = await app.context.get(Freezes, { strict: false }).set(viewerWith(['DR_OPERATOR'], null), {
      ...{ title: '两会重保', reason: '省办通知', centerIds: [centerId], idempotencyKey: newId() },
      ...{ fromAt, toAt: new Date(fromAt.getTime() + 2 * 86_400_000) },
    });
    idOf(set);
    await desk.round();
    expect((await desk.row(id)).termOverAt).toBeNull();
    clock.pass(3);
    await desk.round();
    expect(await desk.row(id)).toMatchObject({ state: 'IN_USE', termOverAt: expect.anything() });
  });

  it('of a whole frozen center keeps nobody else’s waiting, however few one round settles', async () => {
    const other = (await journey.openCenter('terms-b', 100)).center.id;
    const held = await desk.delivered(centerId, 3, inDays(1));
    const [id = ''] = await desk.delivered(other, 1, inDays(1));
    clock.pass(2);
    const fromAt = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000);
    const set = await app.context.get(Freezes, { strict: false }).set(viewerWith(['DR_OPERATOR'], null), {
      ...{ title: '重保', reason: '省办通知', centerIds: [centerId], idempotencyKey: newId() },
      ...{ fromAt, toAt: new Date(fromAt.getTime() + 86_400_000) },
    });
    idOf(set);
    await desk.get(TermSweep).run(SYSTEM, 1);
    expect((await desk.row(id)).termOverAt).not.toBeNull();
    for (const each of held) expect((await desk.row(each)).termOverAt).toBeNull();
    clock.pass(2);
    for (const _ of held) await desk.get(TermSweep).run(SYSTEM, 1);
    for (const each of held) expect((await desk.row(each)).termOverAt).not.toBeNull();
  });

  it('stays stopped beside the bin while it is protected, and is not the clock’s to bin when nobody drives it', async () => {
    const [kept = '', observed = ''] = await desk.delivered(centerId, 2, inDays(1));
    idOf(await desk.protect(kept, true));
    await app.test.db.query("update resource set management = 'OBSERVED' where id = ?", [observed]);
    clock.pass(40);
    await desk.round();
    for (const id of [kept, observed]) {
      const row = await desk.row(id);
      expect([row.state, row.termOverAt !== null]).toEqual(['IN_USE', true]);
    }
    expect((await desk.notices(observed)).map((one) => one.zh)).toContainEqual(expect.stringContaining('请自行停用'));
  });

  it('is told by the calendar of the province until when it lies in the bin, also in the small hours', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(1));
    // Two in the morning: in UTC it is yesterday.
    clock.pass(17 - EIGHT_HOURS);
    await desk.round();
    clock.pass(EIGHT_HOURS);
    const until = calendarDate((await desk.row(id)).binUntil as Date);
    expect((await desk.notices(id)).at(-1)?.zh).toContain(`保留至 ${until}`);
  });

  it('that was never delivered goes at once after the grace: there is nothing to keep', async () => {
    const [id = ''] = await desk.granted(centerId, 1, inDays(1));
    clock.pass(18);
    await desk.round();
    expect((await desk.row(id)).state).toBe('RELEASING');
  });
});

describe('the bin', () => {
  it('protects nothing that was not protected before: its end would not heed it', async () => {
    const [before = '', late = ''] = await desk.delivered(centerId, 2);
    idOf(await desk.release(late));
    expect(codesOf(await desk.protect(late, true))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await desk.row(late)).deletionProtected).toBe(false);
    idOf(await desk.restore(late));
    idOf(await desk.protect(late, true));
    // Of what was reclaimed in spite of it, a protection is lifted there.
    idOf(await desk.protect(before, true));
    await app.test.db.query("update resource set state = 'IN_BIN', bin_cause = 'RECLAIM', bin_until = ? where id = ?", [
      clock.now(),
      before,
    ]);
    idOf(await desk.protect(before, false));
  });
});

describe('an extension', () => {
  it('is granted by rule so often and so far, and beyond it waits for the center', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(10));
    expect(await desk.extend(id, inDays(10))).toMatchObject({ ok: false, error: [{ path: ['until'], rule: 'later' }] });
    expect(await desk.extend(id, inDays(100))).toMatchObject({ ok: true, value: { state: 'GRANTED' } });
    expect(await desk.extend(id, inDays(191))).toMatchObject({ ok: true, value: { state: 'ASKED' } });
    expect(codesOf(await desk.extend(id, inDays(120)))).toEqual(['NOT_PERMITTED']);
    expect((await desk.row(id)).temporaryUntil).toBe(inDays(100));
    const [wishes = []] = await desk.get(TermsService).extensionsOf([id]);
    const asked = wishes.find((one) => one.state === 'ASKED');
    const answer = (
      move: 'GRANT' | 'REFUSE' | 'WITHDRAW',
      viewer = journey.reviewer,
      opinion: string | null = '同意',
    ) =>
      desk.extensions.answer(viewer, WHOLE_PROVINCE, move, {
        extensionId: asked?.id,
        expectedVersion: 1,
        opinion,
        idempotencyKey: newId(),
      });
    expect(codesOf(await answer('REFUSE', journey.reviewer, ' '))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await answer('GRANT', journey.applicant))).toEqual(['NOT_PERMITTED']);
    for (const move of ['GRANT', 'REFUSE', 'WITHDRAW'] as const)
      expect(codesOf(await answer(move, journey.reviewer, '长'.repeat(501)))).toEqual(['INVALID_INPUT']);
    const answers = await Promise.all([answer('GRANT'), answer('GRANT'), answer('REFUSE')]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
  });

  it('to long-term is the center’s, and begins the yearly review', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(10));
    const asked = await desk.extend(id, null);
    expect(asked).toMatchObject({ ok: true, value: { state: 'ASKED' } });
    const wish = { extensionId: idOf(asked), expectedVersion: 1, opinion: null, idempotencyKey: newId() };
    idOf(await desk.extensions.answer(journey.reviewer, WHOLE_PROVINCE, 'GRANT', wish));
    expect(await desk.row(id)).toMatchObject({ temporaryUntil: null, reviewFrom: clock.now() });
  });

  it('of what lies in the bin for its term comes before its restoring', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(1));
    clock.pass(17);
    await desk.round();
    expect((await desk.row(id)).state).toBe('IN_BIN');
    expect(await desk.restore(id)).toMatchObject({ ok: false, error: [{ reason: 'TERM_OVER' }] });
    idOf(await desk.extend(id, inDays(20)));
    idOf(await desk.restore(id));
    expect(await desk.row(id)).toMatchObject({ state: 'IN_USE', termOverAt: null, binUntil: null });
  });
});

describe('a yearly review', () => {
  const review = (ids: readonly string[], outcome: 'IN_USE' | 'SHRINK' | 'GIVE_BACK', note: string) =>
    Promise.all(ids.map(async (id) => ({ resourceId: id, expectedVersion: (await desk.row(id)).version }))).then(
      (items) =>
        desk.reviews.review(journey.applicant, journey.scope, { items, outcome, note, idempotencyKey: newId() }),
    );

  it('is asked of the owner, the head, the center, each once, and never stops a machine', async () => {
    const [id = ''] = await desk.delivered(centerId);
    const told: number[] = [];
    let heard = 0;
    for (let day = 0; day < 395; day += 1) {
      await desk.round();
      const notices = await desk.notices(id);
      for (const _ of notices.slice(heard)) told.push(day);
      heard = notices.length;
      clock.pass(1);
    }
    expect(told).toEqual([335, 372, 380]);
    expect(await desk.row(id)).toMatchObject({ state: 'IN_USE', reviewStage: 'CENTER' });
    expect((await desk.resources.desiredOf([id]))[0]?.off).toBeNull();
    expect(JSON.parse((await desk.notices(id)).at(-1)?.audience ?? '{}').roles).toContainEqual({
      role: 'CENTER_REVIEWER',
      departmentId: null,
    });
    expect(await review([id], 'IN_USE', '')).toMatchObject({ ok: true, value: [{ ok: true }] });
    expect(await desk.row(id)).toMatchObject({ reviewFrom: clock.now(), reviewStage: 'NONE' });
  }, 60_000);

  it('is a batch of which each stands alone, and gives back what is not needed', async () => {
    const [a = '', b = '', c = ''] = await desk.delivered(centerId, 3);
    expect(codesOf(await review([a], 'SHRINK', ' '))).toEqual(['INVALID_INPUT']);
    idOf(await desk.protect(b, true));
    idOf(await desk.release(c));
    const answers = await review([a, b, c], 'GIVE_BACK', '业务已迁走');
    expect(answers.ok && answers.value.map((one) => codesOf(one))).toEqual([
      [],
      ['NOT_PERMITTED'],
      ['ILLEGAL_TRANSITION'],
    ]);
    expect(await Promise.all([a, b, c].map(async (id) => (await desk.row(id)).state))).toEqual([
      'IN_BIN',
      'IN_USE',
      'IN_BIN',
    ]);
  });
});

describe('the rules', () => {
  it('are changed as one set, by the version that was seen, and count from then on', async () => {
    const policies = desk.get(LifePolicies);
    const change = (name: 'BIN_DAYS' | 'REVIEW_HEAD_DAYS', value: number, expectedVersion = 1) =>
      policies.change(journey.allocator, { idempotencyKey: newId(), changes: [{ name, value, expectedVersion }] });
    expect(codesOf(await change('BIN_DAYS', 0))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await change('REVIEW_HEAD_DAYS', 16))).toEqual(['INVALID_INPUT']);
    const both = await Promise.all([change('BIN_DAYS', 10), change('BIN_DAYS', 12)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(codesOf(await change('BIN_DAYS', 14))).toEqual(['VERSION_CONFLICT']);
    expect(codesOf(await change('BIN_DAYS', 14, 2))).toEqual([]);
    const [id = ''] = await desk.delivered(centerId);
    idOf(await desk.release(id));
    expect((await desk.row(id)).binUntil).toEqual(new Date(clock.now().getTime() + 14 * 86_400_000));
  });
});
