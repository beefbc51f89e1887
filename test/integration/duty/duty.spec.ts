import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AlertViews } from '../../../server/src/alerts/alert-views.service.js';
import { logText } from '../../../server/src/alerts/domain/shift-log.js';
import { HandOvers } from '../../../server/src/alerts/hand-overs.service.js';
import { Roster } from '../../../server/src/alerts/roster.service.js';
import { ShiftLog } from '../../../server/src/alerts/shift-log.service.js';
import { ChangeCalendar } from '../../../server/src/duty/change-calendar.service.js';
import type { StandardChange } from '../../../server/src/duty/domain/standard-changes.js';
import type { TicketAction } from '../../../server/src/duty/domain/ticket-state.js';
import { descriptionOf, entryText, titleOf } from '../../../server/src/duty/domain/ticket-words.js';
import { DutyNoticeTelling } from '../../../server/src/duty/duty-notice-telling.service.js';
import { DutyNotices } from '../../../server/src/duty/duty-notices.service.js';
import { eventOfAlert } from '../../../server/src/duty/event-of-alert.js';
import { StandardChanges } from '../../../server/src/duty/standard-changes.service.js';
import { TicketFaults } from '../../../server/src/duty/ticket-faults.service.js';
import { TicketMoves } from '../../../server/src/duty/ticket-moves.service.js';
import { type OpenWish, TicketOpening } from '../../../server/src/duty/ticket-opening.service.js';
import { TicketViews } from '../../../server/src/duty/ticket-views.service.js';
import { Tickets } from '../../../server/src/duty/tickets.service.js';
import type { TicketRow } from '../../../server/src/duty/tickets.types.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { Outages } from '../../../server/src/outages/outages.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const MINUTE = 60_000;
let now = Math.ceil(Date.now() / MINUTE) * MINUTE;
const clock = { now: () => new Date(now) };
const duty = viewerWith(['DUTY_ENGINEER'], null, { name: '孙值班' });
const operator = viewerWith(['DR_OPERATOR'], null, { name: '高运维' });
const leader = viewerWith(['LEADER'], null, { name: '徐领导' });

let app: TestApplication;
let desk: KindsDesk;
let a: Site;
let b: Site;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const query = (sql: string, values: unknown[] = []) => app.test.db.query(sql, values);

beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
  a = await desk.openSite('ACTIVE_A', {});
  b = await desk.openSite('ACTIVE_B', {});
}, 120_000);
afterAll(() => app.close());

const systemLink = () => ({ subjectType: 'System' as const, subject: toNodeId('System', desk.journey.system.id) });
const wish = (of: Partial<OpenWish> = {}): OpenWish => ({
  ...{ kind: 'EVENT', title: '业务中断', description: '', impact: 'SEVERAL', urgency: 'HIGH', startedAt: null },
  ...{ changeKind: null, plannedFrom: null, plannedTo: null, plan: null, rollbackPlan: null },
  ...{ centerId: a.center.id, links: [systemLink()], idempotencyKey: newId(), ...of },
});
const open = async (of: Partial<OpenWish> = {}, by: Viewer = duty) => idOf(await get(TicketOpening).open(by, wish(of)));
const row = async (id: string) => (await get(TicketViews).byIds([id]))[0] as TicketRow;
const act = async (ticketId: string) => ({
  ...{ ticketId, expectedVersion: (await row(ticketId)).version, idempotencyKey: newId() },
});
const moverOf = (by: Viewer) => ({ userId: by.userId, operates: true, leads: by.roles.includes('LEADER') });
const move = async (
  id: string,
  action: TicketAction,
  by: Viewer = duty,
  text = '说明',
  restoredAt: Date | null = null,
) => get(TicketMoves).move(by, moverOf(by), { ...(await act(id)), action, text, restoredAt });
/** Restored, `minutes` after it began. */
async function restored(minutes = 30): Promise<string> {
  const id = await open({ startedAt: new Date(now - 60 * MINUTE) });
  idOf(await move(id, 'RESPOND'));
  idOf(await move(id, 'RESTORE', duty, '已切换', new Date(now - (60 - minutes) * MINUTE)));
  return id;
}
const fault = async (id: string, outageCode: string | null = null) =>
  get(TicketFaults).confirm(duty, {
    ...{ ...(await act(id)), layer: 'POWER' as const, liability: 'PROVIDER' as const, excuse: null, outageCode },
  });
async function alert(): Promise<string> {
  const id = newId();
  await query(
    `insert into dr_alert (id, code, subject_kind, subject_id, rule, open_key, state, severity, calls_out, system_id, department_id,
       center_id, name, reason, seen_at, opened_at, next_call_at, series, version)
     values (?, ?, 'GROUP', ?, 'SERVICE_ANSWER', 1, 'OPEN', 'CRITICAL', 1, ?, ?, ?, '社保业务',
       '{"code":"SIGNAL_BAD","grade":"BROKEN","tierId":null,"role":null,"signal":"SERVICE_ANSWER","count":0,"of":null,"resourceIds":[]}',
       ?, ?, ?, 1, 1)`,
    [
      ...[id, `GJ-${id.slice(-12)}`, newId(), desk.journey.system.id, desk.journey.department.id, a.center.id],
      ...[new Date(now), new Date(now), new Date(now)],
    ],
  );
  return id;
}
const storyOf = async (id: string, last: number) => (await get(TicketViews).entries([`${id} ${last}`]))[0] ?? [];
const alertLink = (id: string) => ({ subjectType: 'DrAlert' as const, subject: toNodeId('DrAlert', id) });

describe('an event', () => {
  it('of an alert takes it on, and there is one, however many press at once', async () => {
    const alertId = await alert();
    const pressed = await Promise.all(
      Array.from({ length: 8 }, () => get(TicketOpening).open(duty, wish({ links: [alertLink(alertId)] }))),
    );
    const opened = pressed.filter(({ ok }) => ok);
    expect(opened).toHaveLength(1);
    for (const one of pressed)
      if (!one.ok) expect(one.error).toMatchObject([{ code: 'NOT_PERMITTED', reason: 'HAS_EVENT' }]);
    expect(
      await query('select state, acknowledged_by as who, next_call_at as next from dr_alert where id = ?', [alertId]),
    ).toEqual([{ state: 'ACKNOWLEDGED', who: '孙值班', next: null }]);
    const id = idOf(opened[0] as never);
    idOf(await move(id, 'CANCEL'));
    // Of an event that is over the alert may have another.
    expect(codesOf(await get(TicketOpening).open(duty, wish({ links: [alertLink(alertId)] })))).toEqual([]);
  });

  it('of an alert is the same when the press is sent again, whatever the alert says by then', async () => {
    const [alertId, idempotencyKey] = [await alert(), newId()];
    const press = (description: string) =>
      get(TicketOpening).open(duty, wish({ ofAlert: true, links: [alertLink(alertId)], description, idempotencyKey }));
    expect(idOf(await press('滞后 900 秒'))).toBe(idOf(await press('滞后 905 秒')));
  });

  it('has its deadlines by its severity, its line in the log, and its story in its order', async () => {
    const id = await open({ impact: 'WIDE' });
    const { code, openedAt, resolveBy, respondBy, severity } = await row(id);
    expect(severity).toBe('P1');
    expect([respondBy, resolveBy].map((at) => (at?.getTime() ?? 0) - openedAt.getTime())).toEqual([
      5 * MINUTE,
      60 * MINUTE,
    ]);
    now += 6 * MINUTE;
    expect(get(TicketViews).due(await row(id))).toMatchObject({ what: 'RESPOND', isOver: true });
    const isOpen = async () => (await get(ShiftLog).open()).filter(({ ticketId }) => ticketId === id).length;
    expect(await isOpen()).toBe(1);
    idOf(await move(id, 'RESPOND'));
    now += MINUTE;
    expect(codesOf(await move(id, 'CLOSE'))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await move(id, 'RESTORE'));
    expect(await move(id, 'CLOSE')).toMatchObject({ ok: false, error: [{ reason: 'FAULT_UNDECIDED' }] });
    idOf(await get(TicketFaults).none(duty, { ...(await act(id)), reason: '只是误报' }));
    idOf(await move(id, 'CLOSE'));
    expect(await isOpen()).toBe(0);
    const story = await storyOf(id, 100);
    expect(story.map(({ kind }) => kind)).toEqual(['OPEN', 'RESPOND', 'RESTORE', 'NO_FAULT', 'CLOSE']);
    expect(code).toMatch(/^SJ-\d{4}-\d{6}$/);
    const stale = { ticketId: id, expectedVersion: 1, idempotencyKey: newId() };
    const late = await get(TicketMoves).move(duty, moverOf(duty), {
      ...stale,
      action: 'REOPEN',
      text: 'x',
      restoredAt: null,
    });
    expect(codesOf(late)).toEqual(['VERSION_CONFLICT']);
  });

  it('flows its minutes into the book of outages once, with its systems, however often it is confirmed at once', async () => {
    const id = await restored(30);
    const answers = await Promise.all(Array.from({ length: 8 }, () => fault(id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(codesOf(await fault(id))).toEqual(['NOT_PERMITTED']);
    const { outageId, startedAt } = await row(id);
    const rows = await query('select from_at, to_at, liability, known_from from outage');
    expect(rows).toHaveLength(1);
    expect((rows[0].to_at - rows[0].from_at) / MINUTE).toBe(30);
    expect(rows[0]).toMatchObject({ liability: 'PROVIDER', known_from: expect.stringMatching(/^值班台事件 SJ-/) });
    const spans = await get(Outages).spansOfSystems([desk.journey.system.id], {
      ...{ from: startedAt.getTime() - MINUTE, to: now },
    });
    expect(spans.get(desk.journey.system.id)?.map((span) => span.row.id)).toEqual([outageId]);
  });

  it('is of an outage that stands already, and of none that another event is of', async () => {
    const [{ code }] = await query('select code from outage limit 1');
    const id = await restored();
    expect(await fault(id, code)).toMatchObject({ ok: false, error: [{ reason: 'OUTAGE_TAKEN' }] });
    expect((await row(id)).faultDecidedAt).toBeNull();
    expect(codesOf(await fault(id, 'ZD-2020-000001'))).toEqual(['UNKNOWN_REFERENCE']);
    const recorded = await get(Outages).record(duty, {
      ...{ layer: 'POWER', title: '市电中断', fromAt: new Date(now - 60 * MINUTE), toAt: new Date(now - 30 * MINUTE) },
      ...{ liability: 'PROVIDER', excuse: null, source: '监控', centerId: a.center.id, poolId: null, orderCode: null },
      ...{ windowCode: null, systemIds: [], fileIds: [], idempotencyKey: newId() },
    });
    const [outage] = await get(Outages).byIds([idOf(recorded)]);
    idOf(await fault(id, outage?.code ?? ''));
    expect(await query('select count(*) as n from outage')).toEqual([{ n: '2' }]);
    expect((await row(id)).outageId).toBe(outage?.id);
    // What lasts would go on to count; and a code is not Chinese, but people write what they like.
    const lasts = await get(Outages).record(duty, {
      ...{ layer: 'POWER', title: '市电中断', fromAt: new Date(now - 60 * MINUTE), toAt: null },
      ...{ liability: 'PROVIDER', excuse: null, source: '监控', centerId: a.center.id, poolId: null, orderCode: null },
      ...{ windowCode: null, systemIds: [], fileIds: [], idempotencyKey: newId() },
    });
    const [lasting] = await get(Outages).byIds([idOf(lasts)]);
    const other = await restored();
    expect(await fault(other, lasting?.code ?? '')).toMatchObject({ ok: false, error: [{ reason: 'OUTAGE_LASTS' }] });
    expect(codesOf(await fault(other, '市电中断'))).toEqual(['UNKNOWN_REFERENCE']);
    for (const subjectType of ['System', 'Resource', 'Server', 'DutyTicket'] as const) {
      const links = [{ subjectType, subject: '社保数据库' }];
      expect(codesOf(await get(TicketOpening).open(duty, wish({ links })))).toEqual(['UNKNOWN_REFERENCE']);
    }
  });
});

describe('what the console writes', () => {
  it('into the event of an alert is said in the language of whoever reads it: title, story, log, notices', async () => {
    const alertId = await alert();
    const found = await get(AlertViews).inScope(WHOLE_PROVINCE, alertId);
    const asked = { ...eventOfAlert(found as never), idempotencyKey: newId() };
    const id = idOf(await get(TicketOpening).open(duty, asked));
    const event = await row(id);
    expect(titleOf(event).zh).toBe(event.title);
    expect(titleOf(event).en).toMatch(/^社保业务: /);
    expect(titleOf(event).en).not.toContain('：');
    expect(descriptionOf(event).en).toMatch(/^Opened of the alert GJ-/);
    const [opened] = await storyOf(id, 10);
    expect(opened && entryText(opened)?.en).toBe(descriptionOf(event).en);
    const [line] = (await get(ShiftLog).open()).filter(({ ticketId }) => ticketId === id);
    expect(line && logText(line)).toEqual({
      zh: expect.stringMatching(/^SJ-\d{4}-\d{6} 事件（P2）：社保业务：/),
      en: expect.stringMatching(/^SJ-\d{4}-\d{6} event \(P2\): 社保业务: /),
    });
    const userId = await person('丁');
    idOf(await get(Tickets).assign(duty, { ...(await act(id)), userId }));
    const [told] = await query('select text_en as en from notice where subject_id = ? order by id desc limit 1', [id]);
    expect(told.en).toContain(titleOf(event).en);
    idOf(await move(id, 'RESPOND'));
    now += MINUTE;
    idOf(await move(id, 'RESTORE'));
    idOf(await fault(id));
    const story = await storyOf(id, 10);
    expect(entryText(story.at(-1) as never)?.en).toMatch(/^\d+ minutes?, recorded as /);
    // What people typed is theirs.
    expect(titleOf(await row(await open({ title: '窗口缓慢' })))).toEqual({ zh: '窗口缓慢', en: '窗口缓慢' });
  });

  it('of a ticket is bounded: the newest of its story is shown, and notes end at some time', async () => {
    const id = await open();
    const rows = Array.from({ length: 1_000 }, (_, at) => [
      newId(),
      id,
      new Date(now + at),
      'NOTE',
      null,
      '丙',
      `第 ${at} 条`,
    ]);
    await query('insert into duty_ticket_entry (id, ticket_id, at, kind, state, by_name, text) values ?', [rows]);
    const shown = await storyOf(id, 200);
    expect([shown.length, shown.at(-1)?.text, (await get(TicketViews).entryCounts([id]))[0]]).toEqual([
      200,
      '第 999 条',
      1_001,
    ]);
    const note = await get(Tickets).note(duty, { ...(await act(id)), text: '再一条', isWorkaround: false });
    expect(note).toMatchObject({ ok: false, error: [{ reason: 'STORY_FULL' }] });
    idOf(await move(id, 'RESPOND'));
  });
});

describe('a change', () => {
  const whole = (ms: number) => new Date(Math.floor(ms / MINUTE) * MINUTE);
  const change = (changeKind: 'NORMAL' | 'STANDARD' | 'EMERGENCY', of: Partial<OpenWish> = {}) =>
    open({
      standardKey: changeKind === 'STANDARD' ? 'BZ-01' : null,
      ...{ kind: 'CHANGE', changeKind, title: '更换光模块', plan: '逐路更换', rollbackPlan: '切回', impact: 'ONE' },
      ...{ plannedFrom: whole(now), plannedTo: whole(now + 120 * MINUTE), ...of },
    });
  const set = async (centerIds: string[]) =>
    idOf(
      await get(Freezes).set(operator, {
        ...{ title: '重保', reason: '通知', centerIds, idempotencyKey: newId() },
        ...{ fromAt: whole(now), toAt: whole(now + 600 * MINUTE) },
      }),
    );
  const endOf = async (freezeId: string) =>
    codesOf(await get(Freezes).end(leader, true, { freezeId, expectedVersion: 1, idempotencyKey: newId() }));

  const module: StandardChange = {
    ...{
      key: 'BZ-01',
      title: '更换光模块',
      plan: '逐路更换、复测',
      rollbackPlan: '切回原模块',
      impact: 'ONE',
      urgency: 'LOW',
    },
    ...{ maxMinutes: 120, maxSubjects: 1 },
  };
  /** Drafted by one, put in force by another. */
  const catalog = async (entries: readonly StandardChange[]) => {
    const standards = get(StandardChanges);
    const id = idOf(await standards.begin(operator, '目录修订', newId()));
    const wish = { id, expectedVersion: 1, idempotencyKey: newId() };
    idOf(await standards.save(operator, wish, { note: '目录修订', content: { entries } }));
    const own = await standards.publish(
      { ...leader, userId: operator.userId },
      { ...wish, expectedVersion: 2, idempotencyKey: newId() },
    );
    expect(codesOf(own)).toEqual(['NOT_PERMITTED']);
    idOf(await standards.publish(leader, { ...wish, expectedVersion: 2, idempotencyKey: newId() }));
  };

  it('that is standard is approved by the catalog, as the catalog says it; what is not in it is refused', async () => {
    const outside = wish({
      kind: 'CHANGE',
      changeKind: 'STANDARD',
      plannedFrom: whole(now),
      plannedTo: whole(now + MINUTE),
    });
    expect(await get(TicketOpening).open(duty, { ...outside, standardKey: 'BZ-01', links: [] })).toMatchObject({
      ok: false,
      error: expect.arrayContaining([expect.objectContaining({ path: ['standardKey'], rule: 'required' })]),
    });
    await catalog([module, { ...module, key: 'BZ-02', title: '切换时钟源', maxSubjects: 0 }]);
    const id = await change('STANDARD', { title: '', plan: '别的做法', impact: 'WIDE', urgency: 'HIGH' });
    expect(await row(id)).toMatchObject({
      ...{ state: 'APPROVED', approvedById: null, standardKey: 'BZ-01', standardEdition: 1, title: '更换光模块' },
      ...{ plan: module.plan, rollbackPlan: module.rollbackPlan, impact: 'ONE', severity: 'P4' },
    });
    const beyond = (of: Partial<OpenWish>) =>
      get(TicketOpening).open(duty, { ...outside, standardKey: 'BZ-01', idempotencyKey: newId(), ...of });
    expect(await beyond({ plannedTo: whole(now + 121 * MINUTE) })).toMatchObject({
      ok: false,
      error: [{ path: ['plannedTo'] }],
    });
    expect(await beyond({ standardKey: 'BZ-02' })).toMatchObject({ ok: false, error: [{ path: ['links'] }] });
    expect(await beyond({ changeKind: 'NORMAL', plan: 'x', rollbackPlan: 'y' })).toMatchObject({
      ok: false,
      error: [{ path: ['standardKey'] }],
    });
    // Whatever else a sender says of an event: the catalog approves none.
    expect(await beyond({ kind: 'EVENT' })).toMatchObject({ ok: false, error: [{ path: ['standardKey'] }] });
    // Nor may it be made to be of something else after that.
    const link = { ...(await act(id)), ...systemLink() };
    expect(await get(Tickets).link(duty, link)).toMatchObject({ ok: false, error: [{ reason: 'SETTLED' }] });
    idOf(await move(id, 'IMPLEMENT'));
    idOf(await move(id, 'ROLL_BACK', duty, '误码未降'));
    expect(await get(TicketViews).standardUses()).toEqual([{ key: 'BZ-01', opened: 1, closed: 0, rolledBack: 1 }]);
  });

  it('that is standard is not begun when the catalog says otherwise by then; it is opened anew by the one in force', async () => {
    const id = await change('STANDARD', { links: [] });
    await catalog([{ ...module, plan: '整机更换' }]);
    expect(await move(id, 'IMPLEMENT')).toMatchObject({ ok: false, error: [{ reason: 'NOT_IN_CATALOG' }] });
    expect(await get(TicketMoves).frozenBecause(await row(id))).toMatchObject({ reason: 'NOT_IN_CATALOG' });
    // Nor when its bounds are drawn in below what it asks for: two hours.
    await catalog([{ ...module, maxMinutes: 119 }]);
    expect(await move(id, 'IMPLEMENT')).toMatchObject({ ok: false, error: [{ reason: 'NOT_IN_CATALOG' }] });
    await catalog([
      { ...module, plan: `${module.plan}\n` },
      { ...module, key: 'BZ-02', title: '切换时钟源', maxSubjects: 0 },
    ]);
    const typed = await change('STANDARD', { links: [] });
    idOf(await move(typed, 'IMPLEMENT'));
    await catalog([module, { ...module, key: 'BZ-02', title: '切换时钟源', maxSubjects: 0 }]);
    // What it was approved as holds again: it is the same.
    idOf(await move(id, 'IMPLEMENT'));
    await expect(query('update duty_ticket set standard_edition = null where id = ?', [id])).rejects.toThrow(
      /ck_duty_ticket_standard/,
    );
  });

  it('waits for the end of a freeze of its center, or for a leader who lets that change through', async () => {
    const id = await change('NORMAL');
    idOf(await move(id, 'REVIEW', operator));
    expect(await move(id, 'APPROVE', operator)).toMatchObject({ ok: false, error: [{ reason: 'OWN_REVIEW' }] });
    idOf(await move(id, 'APPROVE', leader));
    const elsewhere = await set([b.center.id]);
    expect(await get(TicketMoves).frozenBecause(await row(id))).toBeNull();
    expect(await endOf(elsewhere)).toEqual([]);
    const freezeId = await set([a.center.id]);
    expect(await move(id, 'IMPLEMENT')).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN', freezeId }] });
    expect((await row(id)).state).toBe('APPROVED');
    expect((await get(TicketMoves).frozenBecause(await row(id)))?.code).toBe('CHANGE_FROZEN');
    // What the catalog has approved has not asked the freeze.
    const other = await change('STANDARD', { links: [] });
    const given = await get(Freezes).release(leader, {
      ...{ freezeId, subject: { type: 'Change', id }, subjectName: 'x', reason: '须换' },
      ...{ until: new Date(now + 60 * MINUTE), idempotencyKey: newId() },
    });
    expect(codesOf(given)).toEqual([]);
    idOf(await move(id, 'IMPLEMENT'));
    expect(codesOf(await move(other, 'IMPLEMENT'))).toEqual(['CHANGE_FROZEN']);
    expect(await endOf(freezeId)).toEqual([]);
    idOf(await move(other, 'IMPLEMENT'));
  });

  it('is of the centers in which what it names stands, whichever it says', async () => {
    const requestId = await desk.journey.submitted(
      desk.content([desk.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', count: 1 })]),
    );
    idOf(await desk.journey.approve(requestId));
    const [{ code, center_id: here }] = await query('select code, center_id from resource where live = 1 limit 1');
    const there = here === a.center.id ? b.center.id : a.center.id;
    const links = [{ subjectType: 'Resource' as const, subject: code }];
    const id = await change('STANDARD', { centerId: there, links });
    // Nor is it made to be of something else, after it was approved.
    const link = { ...(await act(id)), ...systemLink() };
    expect(await get(Tickets).link(duty, link)).toMatchObject({ ok: false, error: [{ reason: 'SETTLED' }] });
    const freezeId = await set([here]);
    expect((await get(TicketMoves).frozenBecause(await row(id)))?.code).toBe('CHANGE_FROZEN');
    expect(codesOf(await move(id, 'IMPLEMENT'))).toEqual(['CHANGE_FROZEN']);
    expect(await endOf(freezeId)).toEqual([]);
  });

  it('stands in the calendar with what stands in its way: a freeze, the same system, the same center; nothing of what is over', async () => {
    const later = (hours: number) => whole(now + 40 * 24 * 60 * MINUTE + hours * 60 * MINUTE);
    const planned = (from: number, to: number, of: Partial<OpenWish> = {}) =>
      change('NORMAL', { plannedFrom: later(from), plannedTo: later(to), ...of });
    const one = await planned(0, 4);
    const same = await planned(2, 6, { centerId: b.center.id });
    const near = await planned(3, 5, { links: [] });
    const apart = await planned(4, 8, { links: [], centerId: b.center.id });
    const gone = await planned(0, 4);
    idOf(await move(gone, 'CANCEL'));
    const freezeId = idOf(
      await get(Freezes).set(operator, {
        ...{ title: '元旦保障', reason: '通知', centerIds: [a.center.id], idempotencyKey: newId() },
        ...{ fromAt: later(3), toAt: later(30) },
      }),
    );
    const { isCut, planned: shown } = await get(ChangeCalendar).between(later(0), later(48));
    expect(isCut).toBe(false);
    const of = (id: string) => shown.find((item) => item.id === id)?.conflicts.map((c) => [c.why, c.with.id]);
    expect(shown.map(({ id }) => id)).not.toContain(gone);
    expect(of(one)).toEqual([
      ['FROZEN', freezeId],
      ['SAME_SYSTEM', same],
      ['SAME_CENTER', near],
    ]);
    expect(of(apart)).toEqual([['SAME_CENTER', same]]);
    expect(of(freezeId)).toEqual([
      ['FROZEN', one],
      ['FROZEN', near],
    ]);
    expect(((await get(ChangeCalendar).conflictsOf([await row(near)]))[0] ?? []).map(({ why }) => why)).toEqual([
      ...['FROZEN', 'SAME_CENTER'],
    ]);
    // A list is looked at once, and not once for each of its rows.
    const look = jest.spyOn(get(ChangeCalendar), 'between');
    const listed = await get(ChangeCalendar).conflictsOf([await row(near), await row(gone), await row(one)]);
    expect(listed.map((own) => own.map(({ why }) => why))).toEqual([
      ['FROZEN', 'SAME_CENTER'],
      [],
      ['FROZEN', 'SAME_SYSTEM', 'SAME_CENTER'],
    ]);
    expect(look).toHaveBeenCalledTimes(1);
    look.mockRestore();
    // A switch that is approved for a time stands there as well, in others' way and in that of the freeze.
    const switchId = newId();
    await query(
      `insert into dr_execution (id, code, group_id, group_name, department_id, system_id, kind, state, from_center_id,
         to_center_id, reason, requested_by_id, requested_by, moments, planned_at, created_at, version)
       values (?, 'QH-2026-900001', ?, '社保业务', ?, ?, 'SWITCHOVER', 'APPROVED', ?, ?, '检修', ?, '孙', '{}', ?, ?, 1)`,
      [switchId, newId(), newId(), desk.journey.system.id, a.center.id, b.center.id, newId(), later(3), new Date(now)],
    );
    const withSwitch = (await get(ChangeCalendar).between(later(0), later(48))).planned;
    const ofSwitch = withSwitch.find(({ id }) => id === switchId);
    expect(ofSwitch).toMatchObject({
      kind: 'SWITCH',
      code: 'QH-2026-900001',
      isQuiet: false,
      fromAt: later(3),
      toAt: later(7),
    });
    expect(ofSwitch?.conflicts.map(({ why, with: { id } }) => [why, id])).toEqual(
      expect.arrayContaining([
        ['FROZEN', freezeId],
        ['SAME_SYSTEM', one],
        ['SAME_SYSTEM', same],
      ]),
    );
    await query("update dr_execution set state = 'CANCELLED', open = null, closed_at = ? where id = ?", [
      new Date(now),
      switchId,
    ]);
    expect((await get(ChangeCalendar).between(later(0), later(48))).planned.map(({ id }) => id)).not.toContain(
      switchId,
    );
    // Half-open: what ends as it begins is not of its time.
    expect((await get(ChangeCalendar).between(later(8), later(9))).planned.map(({ id }) => id)).toEqual([freezeId]);
    expect(await endOf(freezeId)).toEqual([]);
  });

  it('of a system that is let through now is told of a freeze to come all the same: no release lasts so long', async () => {
    const later = (hours: number) => whole(now + 60 * 24 * 60 * MINUTE + hours * 60 * MINUTE);
    const id = await change('NORMAL', { plannedFrom: later(1), plannedTo: later(2) });
    const soon = await change('NORMAL', { plannedFrom: whole(now + 60 * MINUTE), plannedTo: whole(now + 90 * MINUTE) });
    const running = await set([a.center.id]);
    const toCome = idOf(
      await get(Freezes).set(operator, {
        ...{ title: '两会保障', reason: '通知', centerIds: [a.center.id], idempotencyKey: newId() },
        ...{ fromAt: later(0), toAt: later(24) },
      }),
    );
    idOf(
      await get(Freezes).release(leader, {
        ...{ freezeId: running, subject: { type: 'System', id: desk.journey.system.id }, subjectName: 'x' },
        ...{ reason: '须换', until: new Date(now + 60 * MINUTE), idempotencyKey: newId() },
      }),
    );
    const frozenBy = async (ticketId: string) =>
      ((await get(ChangeCalendar).conflictsOf([await row(ticketId)]))[0] ?? []).flatMap((c) =>
        c.why === 'FROZEN' ? c.with.id : [],
      );
    expect(await frozenBy(id)).toEqual([toCome]);
    expect(await frozenBy(soon)).toEqual([]);
    expect(await endOf(toCome)).toEqual([]);
    expect(await endOf(running)).toEqual([]);
  });

  it('that is an emergency is begun during one, and is closed after a leader’s word and by another', async () => {
    const freezeId = await set([]);
    const id = await change('EMERGENCY', { plannedFrom: null, plannedTo: null });
    idOf(await move(id, 'IMPLEMENT'));
    idOf(await move(id, 'FINISH'));
    expect(get(TicketViews).due(await row(id))).toMatchObject({ what: 'APPROVE_AFTER' });
    expect(await move(id, 'CLOSE', operator)).toMatchObject({ ok: false, error: [{ reason: 'AWAITS_LEADER' }] });
    idOf(await move(id, 'APPROVE_AFTER', leader));
    expect(await move(id, 'CLOSE')).toMatchObject({ ok: false, error: [{ reason: 'OWN_WORK' }] });
    idOf(await move(id, 'CLOSE', operator));
    expect(
      await query("select count(*) as n from notice where subject_id = ? and once_key like '%approve-after'", [id]),
    ).toEqual([{ n: '1' }]);
    expect(await endOf(freezeId)).toEqual([]);
  });

  it('is not approved by who asked for it, by SQL either', async () => {
    const id = await change('NORMAL');
    await expect(query('update duty_ticket set approved_by_id = opened_by_id where id = ?', [id])).rejects.toThrow(
      /ck_duty_ticket_two/,
    );
  });
});

describe('a notice', () => {
  const send = async (ticketId: string) =>
    get(DutyNotices).send(duty, {
      ...{ ticketId, kind: 'FAULT', title: '正在处置', body: '请稍候', alsoDepartmentIds: [], idempotencyKey: newId() },
    });

  it('goes to whom the ticket concerns, is read once by a department, and reminds those who have not', async () => {
    const id = await open();
    const noticeId = idOf(await send(id));
    const receipts = () => get(DutyNotices).receipts(noticeId, WHOLE_PROVINCE);
    const { department, head, scope, system } = desk.journey;
    expect(await receipts()).toMatchObject([{ departmentId: department.id, systemIds: [system.id], readAt: null }]);
    expect((await get(DutyNotices).inScope(scope, noticeId))?.id).toBe(noticeId);
    const foreign = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    expect(await get(DutyNotices).inScope(foreign, noticeId)).toBeNull();
    const read = (by: Viewer, of: typeof scope | typeof foreign | typeof WHOLE_PROVINCE) =>
      get(DutyNotices).read(by, of, { noticeId, idempotencyKey: newId() });
    expect(codesOf(await read(head, foreign))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await read(leader, WHOLE_PROVINCE))).toEqual(['UNKNOWN_REFERENCE']);
    const remind = () => get(DutyNotices).remind(duty, { noticeId, idempotencyKey: newId() });
    expect(codesOf(await remind())).toEqual([]);
    const told = await query('select text_zh as text from notice where subject_id = ?', [noticeId]);
    expect(told.map(({ text }: { text: string }) => text.slice(0, 2)).toSorted()).toEqual(['值班', '请回']);
    expect(await remind()).toMatchObject({ ok: false, error: [{ reason: 'REMINDED' }] });
    expect(codesOf(await read(head, scope))).toEqual([]);
    expect(await read({ ...head, name: '另一人' }, scope)).toMatchObject({ ok: false, error: [{ reason: 'READ' }] });
    expect(await receipts()).toMatchObject([{ readBy: head.name }]);
    now += 61 * MINUTE;
    expect(await remind()).toMatchObject({ ok: false, error: [{ reason: 'ALL_READ' }] });
  });

  it('to a whole province goes out batch by batch, to nobody twice, also when a worker dies in between', async () => {
    const ids = Array.from({ length: 620 }, () => newId());
    // As the journey's own department is, under other names.
    const [like] = await query('select * from department where id = ?', [desk.journey.department.id]);
    const columns = Object.keys(like);
    const rows = ids.map((id, at) =>
      Object.values({ ...like, id, code: `fan-${at}`, name: `单位 ${at}`, path: `/fan-${at}/` }),
    );
    await query(`insert into department (${columns.map((one) => `\`${one}\``).join(', ')}) values ?`, [rows]);
    const ticketId = await open();
    const sent = await get(DutyNotices).send(duty, {
      ...{
        ticketId,
        kind: 'FAULT',
        title: '全省通告',
        body: '请稍候',
        alsoDepartmentIds: ids,
        idempotencyKey: newId(),
      },
    });
    const noticeId = idOf(sent);
    const told = async () => {
      const rows = await query('select audience from notice where subject_id = ? order by id', [noticeId]);
      return rows.flatMap(({ audience }: { audience: string }) => [
        ...new Set(JSON.parse(audience).roles.map((role: { departmentId: string }) => role.departmentId)),
      ]);
    };
    // The first hear of it at once; it is not reminded of while others still have to.
    expect(await told()).toHaveLength(100);
    const remind = () => get(DutyNotices).remind(duty, { noticeId, idempotencyKey: newId() });
    expect(await remind()).toMatchObject({ ok: false, error: [{ reason: 'TELLING' }] });
    const telling = get(DutyNoticeTelling) as unknown as { notices: { tell: (...args: unknown[]) => Promise<void> } };
    const real = telling.notices;
    let batches = 0;
    telling.notices = {
      tell: async (...args) => {
        batches += 1;
        await real.tell(...args);
        if (batches === 2) throw new Error('died');
      },
    };
    await expect(get(DutyNoticeTelling).run()).rejects.toThrow('died');
    expect(await told()).toHaveLength(200);
    telling.notices = real;
    // Two workers at once.
    await Promise.all([get(DutyNoticeTelling).run(), get(DutyNoticeTelling).run()]);
    const all = await told();
    expect(all).toHaveLength(621);
    expect(new Set(all).size).toBe(621);
    expect(await get(DutyNotices).readings([noticeId])).toEqual([{ told: 621, read: 0 }]);
    expect(codesOf(await remind())).toEqual([]);
    await get(DutyNoticeTelling).run();
    expect(await told()).toHaveLength(2 * 621);
  });

  it('that cannot be told keeps no later one waiting', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      now += MINUTE;
      ids.push(idOf(await send(await open())));
    }
    await query('update duty_notice set telling = 1 where id in (?)', [ids]);
    await query('update duty_notice_receipt set told_version = 0 where notice_id in (?)', [ids]);
    type Tell = (tx: unknown, notice: { subject: { id: string } }) => Promise<void>;
    const telling = get(DutyNoticeTelling) as unknown as { notices: { tell: Tell } };
    const real = telling.notices;
    telling.notices = {
      tell: async (tx, notice) => {
        if (notice.subject.id === ids[0]) throw new Error('not to be told');
        await real.tell(tx, notice);
      },
    };
    await expect(get(DutyNoticeTelling).run()).rejects.toThrow('not to be told');
    telling.notices = real;
    const left = () => query('select id from duty_notice where telling = 1');
    expect(await left()).toEqual([{ id: ids[0] }]);
    await get(DutyNoticeTelling).run();
    expect(await left()).toEqual([]);
  });

  it('of a center alone goes to everybody who stands in it, and to nobody where nothing is known', async () => {
    const requestId = await desk.journey.submitted(
      desk.content([desk.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', count: 1 })]),
    );
    idOf(await desk.journey.approve(requestId));
    const [{ center_id: centerId }] = await query('select center_id from resource where live = 1 limit 1');
    const of = (id: string) => get(DutyNotices).affected(id);
    expect(await of(await open({ links: [], centerId }))).toMatchObject([{ departmentId: desk.journey.department.id }]);
    const nobody = await open({ links: [], centerId: null });
    expect(await of(nobody)).toEqual([]);
    expect(await send(nobody)).toMatchObject({ ok: false, error: [{ path: ['departmentIds'] }] });
  });
});

describe('the shift log', () => {
  it('carries what is open over to whoever takes the shift, and both names stand under it', async () => {
    const [giver, taker] = await Promise.all(['甲', '乙'].map(person));
    const hour = Math.floor(now / (60 * MINUTE)) * 60 * MINUTE;
    const span = { fromAt: new Date(hour), toAt: new Date(hour + 8 * 60 * MINUTE) };
    await get(Roster).add(operator, {
      idempotencyKey: newId(),
      rows: [{ centerId: a.center.id, role: 'ENGINEER', userId: giver, ...span }],
    });
    const write = async (text: string, centerId: string | null, isOpen = true) =>
      idOf(await get(ShiftLog).write(duty, { kind: 'NOTE', text, isOpen, centerId, idempotencyKey: newId() }));
    // However much is open elsewhere: it takes no room from what is handed over here.
    const elsewhere = Array.from({ length: 120 }, () => [
      newId(),
      b.center.id,
      new Date(0),
      'NOTE',
      '他处事项',
      '丙',
      1,
    ]);
    await query('insert into duty_log_entry (id, center_id, at, kind, text, by_name, open) values ?', [elsewhere]);
    const mine = await write('风扇待换', a.center.id);
    await write('全台事项', null);
    await write('他处事项', b.center.id);
    await write('只是记事', a.center.id, false);
    const [shift] = (await get(Roster).standing()).filter(({ userId }) => userId === giver);
    const offered = idOf(
      await get(HandOvers).offer(viewerWith(['DUTY_ENGINEER'], null, { userId: giver, name: '甲' }), false, {
        ...{ shiftId: shift?.id, expectedVersion: 1, toUserId: taker, note: '请跟进', idempotencyKey: newId() },
      }),
    );
    const by = viewerWith(['DUTY_ENGINEER'], null, { userId: taker, name: '乙' });
    idOf(await get(HandOvers).take(by, { handOverId: offered, idempotencyKey: newId() }));
    const points = async () => (await get(ShiftLog).pointsOf([offered]))[0] ?? [];
    const texts = (await points()).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['风扇待换', '全台事项']));
    expect(texts).not.toContain('他处事项');
    expect(texts).not.toContain('只是记事');
    const { rows } = await get(ShiftLog).page(
      { kinds: ['HAND_OVER'], openOnly: false, search: null },
      { first: 5, after: null },
    );
    expect(rows).toMatchObject([{ text: '甲 交班，乙 接班：请跟进' }]);
    const settle = (note: string) => get(ShiftLog).settle(by, { entryId: mine, note, idempotencyKey: newId() });
    expect(codesOf(await settle(' '))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await settle('已更换'))).toEqual([]);
    expect(await settle('再一次')).toMatchObject({ ok: false, error: [{ reason: 'SETTLED' }] });
    expect((await points()).find(({ entryId }) => entryId === mine)?.settledAt).not.toBeNull();
  });
});

async function person(name: string): Promise<string> {
  const id = newId();
  await query(
    `insert into app_user (id, username, display_name, department_id, kind, phone, state, password_hash, must_change_password, version, locale, created_at)
     values (?, ?, ?, null, 'ORDINARY', null, 'ACTIVE', 'x', 0, 1, 'zh', now())`,
    [id, `u${id.slice(-12)}`, name],
  );
  await query("insert into user_role (user_id, role, user_kind) values (?, 'DUTY_ENGINEER', 'ORDINARY')", [id]);
  return id;
}
