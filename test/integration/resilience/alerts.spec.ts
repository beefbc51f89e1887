import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AlertActs } from '../../../server/src/alerts/alert-acts.service.js';
import { AlertCalls } from '../../../server/src/alerts/alert-calls.service.js';
import { AlertRounds } from '../../../server/src/alerts/alert-rounds.service.js';
import { CLEAR_MS } from '../../../server/src/alerts/domain/alert-state.js';
import type { DutyRole } from '../../../server/src/alerts/domain/escalation.js';
import { HandOvers } from '../../../server/src/alerts/hand-overs.service.js';
import { ROSTER_ROLES, Roster } from '../../../server/src/alerts/roster.service.js';
import { type Role, scopeFor } from '../../../server/src/kernel/viewer.js';
import { Channels } from '../../../server/src/notifications/channels.service.js';
import { Sending } from '../../../server/src/notifications/sending.service.js';
import { Telling } from '../../../server/src/notifications/telling.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import type { Reason } from '../../../server/src/resilience/domain/judge-group.js';
import { DrSweep } from '../../../server/src/resilience/dr-sweep.service.js';
import { GroupsRepository } from '../../../server/src/resilience/groups.repository.js';
import { SignalWriting } from '../../../server/src/resilience/signal-writing.service.js';
import { openApplicationOn, openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { openHttpSink } from '../../support/message-sink.ts';
import { codesOf } from '../../support/request-journey.ts';

const MINUTE = 60_000;
/** Whole minutes, as rosters are made of. */
let now = Math.ceil(Date.now() / MINUTE) * MINUTE;
const clock = { now: () => new Date(now) };
const operator = viewerWith(['DR_OPERATOR'], null);

let app: TestApplication;
let site: Site;
const people: Record<'engineer' | 'backup' | 'leader' | 'other', string> = {
  engineer: '',
  backup: '',
  leader: '',
  other: '',
};
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const query = (sql: string, values: unknown[] = []) => app.test.db.query(sql, values);
const [groupId, tierId, departmentId] = [newId(), newId(), newId()];

beforeAll(async () => {
  app = await openTestApplication(clock);
  site = await (await KindsDesk.open(app)).openSite('ACTIVE_A', {});
  people.engineer = await person('DUTY_ENGINEER', '13800000001');
  people.backup = await person('DUTY_ENGINEER', '13800000002');
  people.leader = await person('LEADER', '13800000003');
  people.other = await person('DUTY_ENGINEER', '13800000004');
  await query(
    `insert into dr_group (id, system_id, department_id, name, local_mode, remote_mode, rpo_seconds, elements, edition_number, grade,
       grade_since, reasons, created_at, version) values (?, ?, ?, '社保业务', 'SINGLE', 'DATA', 300, '{}', 2, 'KEPT', now(), '[]', now(), 1)`,
    [groupId, newId(), departmentId],
  );
  await query(
    `insert into dr_tier (id, group_id, name, origin, layer, data_kind, source, party, local_mode, remote_mode, created_at, version)
     values (?, ?, '数据库', 'COMPOSED', 'DATABASE', 'SINGLE_WRITER', 'PROBE', 'CENTER', 'SINGLE', 'DATA', now(), 1)`,
    [tierId, groupId],
  );
}, 120_000);
afterAll(() => app.close());
beforeEach(async () => {
  for (const table of ['dr_alert_event', 'dr_alert_call', 'dr_alert', 'duty_hand_over', 'duty_shift'])
    await query(`delete from ${table}`);
  for (const table of ['delivery', 'notification', 'notice', 'notification_channel'])
    await query(`delete from ${table}`);
  now += 60 * MINUTE;
});

async function person(role: Role, phone: string): Promise<string> {
  const id = newId();
  await query(
    `insert into app_user (id, username, display_name, department_id, kind, phone, state, password_hash, must_change_password, version, locale, created_at)
     values (?, ?, ?, null, 'ORDINARY', ?, 'ACTIVE', 'x', 0, 1, 'zh', now())`,
    [id, `u${id.slice(-12)}`, `人员${phone.slice(-1)}`, phone],
  );
  await query("insert into user_role (user_id, role, user_kind) values (?, ?, 'ORDINARY')", [id, role]);
  return id;
}
const lag: Reason = {
  ...{ code: 'SIGNAL_BAD', grade: 'BROKEN', tierId, role: 'RECOVERY', signal: 'REPLICATION_LAG', count: 900, of: null },
  resourceIds: [],
};
/** As the judgement would leave it, now. */
const judged = (...reasons: Reason[]) =>
  query('update dr_group set reasons = ?, judged_at = ? where id = ?', [
    JSON.stringify(reasons),
    new Date(now),
    groupId,
  ]);
const round = async (minutes = 0, ...reasons: Reason[]) => {
  now += minutes * MINUTE;
  await judged(...reasons);
  await get(AlertRounds).run();
};
const alerts = () => query('select * from dr_alert order by seen_at');
const calls = async (): Promise<string[]> =>
  (await query('select user_id from dr_alert_call order by called_at, id')).map(
    (row: { user_id: string }) => row.user_id,
  );
const events = async (): Promise<string[]> =>
  (await query('select kind from dr_alert_event order by at, id')).map((row: { kind: string }) => row.kind);
const onDuty = (rows: readonly (readonly [DutyRole, string, number?, number?])[]) =>
  get(Roster).add(operator, {
    idempotencyKey: newId(),
    rows: rows.map(([role, userId, from = 0, hours = 12]) => ({
      ...{ role, userId, centerId: site.center.id },
      ...{ fromAt: new Date(now + from * 60 * MINUTE), toAt: new Date(now + (from + hours) * 60 * MINUTE) },
    })),
  });
const usual = () =>
  onDuty([
    ['ENGINEER', people.engineer],
    ['BACKUP', people.backup],
    ['LEADER', people.leader],
  ]);
/** One more of the same cause, at the same desk; due now where it stands behind nothing. */
async function another(like: { rule: string; center_id: string | null }, headId: string | null): Promise<string> {
  const id = newId();
  await query(
    `insert into dr_alert (id, code, subject_kind, subject_id, rule, open_key, state, severity, calls_out, center_id, name, reason,
       seen_at, opened_at, next_call_at, head_id, series, version)
     values (?, ?, 'GROUP', ?, ?, 1, 'OPEN', 'CRITICAL', 1, ?, '别的业务', ?, ?, ?, ?, ?, 1, 1)`,
    [
      ...[id, `GJ-${id.slice(-12)}`, newId(), like.rule, like.center_id, JSON.stringify(lag)],
      ...[new Date(now), new Date(now), headId === null ? new Date(now) : null, headId],
    ],
  );
  return id;
}

describe('an alert', () => {
  it('opens once, calls by the roster with a signed message, goes on to the next, and calls nobody once it is taken on', async () => {
    const sink = await openHttpSink(() => 200);
    const saved = await get(Channels).save(viewerWith(['SYSTEM_ADMINISTRATOR'], null), {
      ...{ kind: 'SMS', url: sink.url, sender: null, name: '短信网关', secret: 'a key of some length', enabled: true },
      ...{ id: undefined, expectedVersion: 0, idempotencyKey: newId() },
    });
    expect(saved.ok).toBe(true);
    expect((await usual()).ok).toBe(true);
    await round(0, lag);
    await round(1, lag);
    expect(await calls()).toEqual([people.engineer]);
    await get(Telling).run();
    await get(Sending).run();
    // He was never asked whether he wants messages: standing on the roster says it.
    expect(sink.heard).toHaveLength(1);
    expect(sink.heard[0]?.headers['x-jiyun-signature']).toMatch(/^t=\d+,sm3=[0-9a-f]{64}$/);
    expect(JSON.parse(sink.heard[0]?.body ?? '{}')).toMatchObject({ kind: 'CALL_OUT', to: { address: '13800000001' } });
    await sink.close();
    await round(5, lag);
    expect(await calls()).toEqual([people.engineer, people.backup]);
    const [alert] = await alerts();
    expect(alert).toMatchObject({ state: 'OPEN', severity: 'CRITICAL', department_id: departmentId });
    expect(alert.code).toMatch(/^GJ-\d{4}-\d{6}$/);
    const wish = { alertId: alert.id, note: '已联系厂商', idempotencyKey: newId() };
    const acts = get(AlertActs);
    const by = viewerWith(['DUTY_ENGINEER'], null, { userId: people.backup });
    expect(codesOf(await acts.acknowledge(by, { ...wish, expectedVersion: alert.version - 1 }))).toEqual([
      'VERSION_CONFLICT',
    ]);
    expect((await acts.acknowledge(by, { ...wish, idempotencyKey: newId(), expectedVersion: alert.version })).ok).toBe(
      true,
    );
    await round(60, lag);
    expect(await calls()).toHaveLength(2);
    const again = await acts.acknowledge(by, { ...wish, idempotencyKey: newId(), expectedVersion: alert.version + 1 });
    expect(codesOf(again)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await events()).toEqual(['OPENED', 'ACKNOWLEDGED']);
  });

  it('of one cause is one call, however many groups lose a link, and all of them are taken on with it', async () => {
    await usual();
    const others = Array.from({ length: 60 }, () => ({ group: newId(), tier: newId() }));
    for (const { group, tier } of others) {
      await query(
        `insert into dr_group (id, system_id, department_id, name, local_mode, remote_mode, rpo_seconds, elements, edition_number, grade,
           grade_since, reasons, judged_at, created_at, version) values (?, ?, ?, '别的业务', 'SINGLE', 'DATA', 300, '{}', 2, 'KEPT', now(), ?, ?, now(), 1)`,
        [group, newId(), departmentId, JSON.stringify([{ ...lag, tierId: tier }]), new Date(now)],
      );
      await query(
        `insert into dr_tier (id, group_id, name, origin, layer, data_kind, source, party, local_mode, remote_mode, created_at, version)
         values (?, ?, '数据库', 'COMPOSED', 'DATABASE', 'SINGLE_WRITER', 'PROBE', 'CENTER', 'SINGLE', 'DATA', now(), 1)`,
        [tier, group],
      );
    }
    const all = async (minutes: number) => {
      now += minutes * MINUTE;
      for (const { group, tier } of others)
        await query('update dr_group set reasons = ?, judged_at = ? where id = ?', [
          ...[JSON.stringify([{ ...lag, tierId: tier }]), new Date(now), group],
        ]);
      await judged(lag);
      await get(AlertRounds).run();
    };
    await all(0);
    await all(1);
    expect(await calls()).toEqual([people.engineer]);
    const open = (await alerts()).filter(({ calls_out: out }: { calls_out: number }) => out === 1);
    const [head] = open.filter(({ head_id: of }: { head_id: string | null }) => of === null);
    expect(open.filter(({ head_id: of }: { head_id: string | null }) => of === head.id)).toHaveLength(open.length - 1);
    const [told] = await query("select text_zh from notice where kind = 'CALL_OUT'");
    expect(told.text_zh).toContain(`同因另有 ${open.length - 1} 项`);
    await all(5);
    expect(await calls()).toEqual([people.engineer, people.backup]);
    const [{ version }] = (await alerts()).filter(({ id }: { id: string }) => id === head.id);
    const wish = { alertId: head.id, note: '链路断，已报运营商', expectedVersion: version, idempotencyKey: newId() };
    const by = viewerWith(['DUTY_ENGINEER'], null, { userId: people.backup });
    expect(codesOf(await get(AlertActs).acknowledge(by, wish))).toEqual([]);
    const after = (await alerts()).filter(({ calls_out: out }: { calls_out: number }) => out === 1);
    expect(new Set(after.map(({ state }: { state: string }) => state))).toEqual(new Set(['ACKNOWLEDGED']));
    await all(30);
    expect(await calls()).toHaveLength(2);
    for (const { group } of others) await query('delete from dr_tier where group_id = ?', [group]);
    for (const { group } of others) await query('delete from dr_group where id = ?', [group]);
  });

  it('that eases lets go of what was called for with it: somebody is called for that', async () => {
    await usual();
    await round(0, lag);
    const [head] = await alerts();
    const behind = await another(head, head.id);
    await round(1, { ...lag, code: 'SIGNAL_STRAINED', grade: 'AT_RISK' });
    expect(await query('select state, head_id as head from dr_alert where id = ?', [behind])).toEqual([
      { state: 'OPEN', head: null },
    ]);
    expect(await query('select user_id as who from dr_alert_call where alert_id = ?', [behind])).toEqual([
      { who: people.engineer },
    ]);
  });

  it('that joins another brings what stood behind it along, and nothing joins what somebody has taken on meanwhile', async () => {
    await round(0, lag);
    const [like] = await alerts();
    const [head, joining] = [await another(like, null), await another(like, null)];
    const follower = await another(like, joining);
    const lease = await get(Leases).take('test-calls', newId(), 60_000);
    if (!lease) throw new Error('nobody else has it');
    const put = (id: string) => get(AlertCalls).next(lease, { headId: head, followerIds: [id], calls: false });
    const seen = async (id: string) =>
      (await query('select head_id as head, state, version from dr_alert where id = ?', [id]))[0];
    await put(joining);
    expect([(await seen(joining)).head, (await seen(follower)).head]).toEqual([head, head]);
    const wish = { alertId: head, note: '', expectedVersion: (await seen(head)).version, idempotencyKey: newId() };
    expect(codesOf(await get(AlertActs).acknowledge(operator, wish))).toEqual([]);
    expect([(await seen(joining)).state, (await seen(follower)).state]).toEqual(['ACKNOWLEDGED', 'ACKNOWLEDGED']);
    const late = await another(like, null);
    await put(late);
    expect(await seen(late)).toMatchObject({ head: null, state: 'OPEN' });
  });

  it('is over after two minutes without it, is not over while nobody can see, and comes back as another', async () => {
    await usual();
    await round(0, lag);
    await round(1, { ...lag, code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN' });
    expect(await alerts()).toMatchObject([{ state: 'OPEN', severity: 'CRITICAL' }]);
    // The judgement is old: neither found nor gone.
    now += 10 * MINUTE;
    await get(AlertRounds).run();
    expect(await alerts()).toMatchObject([{ state: 'OPEN', clearing_since: null }]);
    await round(0);
    await round(1);
    expect(await alerts()).toMatchObject([{ state: 'OPEN' }]);
    await round(CLEAR_MS / MINUTE);
    expect(await alerts()).toMatchObject([{ state: 'CLOSED', open_key: null }]);
    await round(1, lag);
    expect((await alerts()).map(({ state }: { state: string }) => state)).toEqual(['CLOSED', 'OPEN']);
    await get(Telling).run();
    expect(await query("select text_en from notice where kind = 'WORK_MOVED'")).toMatchObject([
      { text_en: expect.stringMatching(/^Over: Alert GJ-/) },
    ]);
  });

  it('there is one at most of a subject and a rule, whoever writes it', async () => {
    await round(0, lag);
    const [one] = await alerts();
    const columns = Object.keys(one).filter((name) => name !== 'id' && name !== 'code');
    await expect(
      query(
        `insert into dr_alert (id, code, ${columns.join(', ')}) select ?, 'X', ${columns.join(', ')} from dr_alert`,
        [newId()],
      ),
    ).rejects.toThrow(/uq_dr_alert_open/);
    await expect(query("update dr_alert set state = 'CLOSED'")).rejects.toThrow(/CONSTRAINT/);
  });

  it('says so where nobody is on the roster or nobody answers, tells the operators once, and calls again when there is somebody', async () => {
    await round(0, lag);
    await round(5, lag);
    await round(5, lag);
    expect(await events()).toEqual(['OPENED', 'EMPTY_ROSTER']);
    expect(await query("select id from notice where kind = 'CALL_OUT'")).toHaveLength(1);
    await onDuty([['LEADER', people.leader, 0, 12]]);
    await round(5, lag);
    expect(await calls()).toEqual([people.leader]);
    for (let n = 0; n < 4; n += 1) await round(10, lag);
    expect(await calls()).toHaveLength(3);
    const [alert] = await alerts();
    expect(alert.next_call_at).toBeNull();
    expect(alert.unanswered_at).not.toBeNull();
    // That the roster was empty they know; that whoever was put on it does not answer is news.
    const notices = await query(
      "select once_key from notice where kind = 'CALL_OUT' and once_key like 'dr-alert-nobody/%'",
    );
    expect(notices.map(({ once_key }: { once_key: string }) => once_key.split('/').at(-1)).toSorted()).toEqual([
      'EMPTY',
      'UNANSWERED',
    ]);
    // However long it lies: nobody is called again by the clock alone, but whoever comes on duty is.
    await onDuty([['ENGINEER', people.other, 1, 8]]);
    for (let n = 0; n < 5; n += 1) await round(10, lag);
    expect(await calls()).toHaveLength(3);
    await round(15, lag);
    expect((await calls()).slice(3)).toEqual([people.other]);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', series: 2, unanswered_at: null }]);
    // Taken on, it calls nobody at the next change.
    await query("update dr_alert set state = 'ACKNOWLEDGED', acknowledged_at = ?, next_call_at = null", [
      new Date(now),
    ]);
    await onDuty([['BACKUP', people.backup, 0, 2]]);
    await round(1, lag);
    expect(await calls()).toHaveLength(4);
  });

  it('is taken on as it was seen, although it was measured anew meanwhile; not, where it has become worse', async () => {
    const strained: Reason = { ...lag, code: 'SIGNAL_STRAINED', grade: 'AT_RISK', count: 200 };
    await round(0, strained);
    await round(5, strained);
    const [seen] = await alerts();
    const take = (expectedVersion: number) =>
      get(AlertActs).acknowledge(operator, { alertId: seen.id, expectedVersion, note: '', idempotencyKey: newId() });
    await round(1, { ...strained, count: 210 });
    await round(1, { ...strained, count: 220 });
    const [measured] = await alerts();
    expect(JSON.parse(measured.reason)).toMatchObject({ count: 220 });
    expect(measured.version).toBe(seen.version);
    await round(1, lag);
    expect(codesOf(await take(seen.version))).toEqual(['VERSION_CONFLICT']);
    await round(1, { ...lag, count: 1_000 });
    const [worse] = await alerts();
    await round(1, { ...lag, count: 1_100 });
    expect(codesOf(await take(worse.version))).toEqual([]);
  });

  it('calls everybody anew when it becomes worse, also whoever had taken the lighter one on', async () => {
    await usual();
    const strained: Reason = { ...lag, code: 'SIGNAL_STRAINED', grade: 'AT_RISK' };
    await round(0, strained);
    expect(await alerts()).toMatchObject([{ state: 'HELD', code: null }]);
    await round(5, strained);
    expect(await calls()).toEqual([]);
    const [alert] = await alerts();
    await get(AlertActs).acknowledge(operator, {
      alertId: alert.id,
      expectedVersion: alert.version,
      note: '',
      idempotencyKey: newId(),
    });
    await round(1, lag);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', series: 2 }]);
    expect(await calls()).toEqual([people.engineer]);
  });

  it('goes on upwards when it becomes worse while people are being called: nobody begins from below', async () => {
    await usual();
    const unseen: Reason = { ...lag, code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN' };
    await round(0, unseen);
    await round(2, unseen);
    expect(await calls()).toEqual([people.engineer]);
    await round(2, lag);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', severity: 'CRITICAL', series: 1 }]);
    expect(await calls()).toEqual([people.engineer]);
    await round(5, lag);
    expect(await calls()).toEqual([people.engineer, people.backup]);
  });

  it('that becomes worse while the roster is empty is told to the operators once more', async () => {
    const unseen: Reason = { ...lag, code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN' };
    const told = async () =>
      (await query("select once_key from notice where once_key like 'dr-alert-nobody/%/EMPTY' order by id")).length;
    await round(0, unseen);
    await round(2, unseen);
    expect(await told()).toBe(1);
    await round(6, unseen);
    expect(await told()).toBe(1);
    await round(1, lag);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', severity: 'CRITICAL', series: 2 }]);
    expect(await told()).toBe(2);
  });

  it('begins anew when it becomes worse in the last round: else nobody would be called for what is graver', async () => {
    await usual();
    const unseen: Reason = { ...lag, code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN' };
    await round(0, unseen);
    for (const minutes of [2, 5, 5, 10, 5, 5, 10, 5, 5]) await round(minutes, unseen);
    const all = [people.engineer, people.backup, people.leader];
    expect(await calls()).toEqual([...all, ...all, ...all]);
    await round(2, lag);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', severity: 'CRITICAL', series: 2 }]);
    expect(await calls()).toEqual([...all, ...all, ...all, people.engineer]);
  });

  it('of a center that falls silent after one of its systems was called for goes on from there at once, and takes it along', async () => {
    await usual();
    await round(0, lag);
    expect(await calls()).toEqual([people.engineer]);
    const [id, silence]: [string, Reason] = [
      newId(),
      {
        ...lag,
        code: 'SIGNAL_UNKNOWN',
        grade: 'UNKNOWN',
        tierId: null,
        role: null,
        signal: 'CLUSTER_SILENCE',
        count: null,
      },
    ];
    await query(
      `insert into dr_alert (id, code, subject_kind, subject_id, rule, open_key, state, severity, calls_out, center_id, name, reason,
         seen_at, opened_at, next_call_at, series, version)
       values (?, 'GJ-2026-900001', 'CENTER', ?, 'CLUSTER_SILENCE', 1, 'OPEN', 'CRITICAL', 1, ?, '同城中心', ?, ?, ?, ?, 1, 1)`,
      [id, site.center.id, site.center.id, JSON.stringify(silence), new Date(now), new Date(now), new Date(now)],
    );
    await round(1, lag, silence);
    expect(await calls()).toEqual([people.engineer, people.backup]);
    expect(await query("select head_id as head from dr_alert where subject_kind <> 'CENTER'")).toEqual([{ head: id }]);
    expect(await query('select alert_id as of from dr_alert_call order by called_at desc limit 1')).toEqual([
      { of: id },
    ]);
  });

  it('calls nobody for a copy that never was, and at once for one that was seen and is no more', async () => {
    await usual();
    const lost: Reason = { ...lag, code: 'NO_REMOTE_COPY', signal: null, count: null };
    await round(0, lost);
    await round(5, lost);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', severity: 'WARNING' }]);
    expect(await calls()).toEqual([]);
    const signalId = newId();
    await query(
      `insert into dr_signal (id, subject_kind, subject_id, name, towards, source, value, observed_at, max_age_seconds, level, level_since)
       values (?, 'TIER', ?, 'REPLICATION_COVERAGE', 'RECOVERY', 'VolSync', 0, now(), 60, 'CRITICAL', now())`,
      [signalId, tierId],
    );
    await query("insert into dr_signal_change (id, signal_id, at, to_level, value) values (?, ?, now(), 'GOOD', 100)", [
      newId(),
      signalId,
    ]);
    await round(1, lost);
    expect(await alerts()).toMatchObject([{ state: 'OPEN', severity: 'CRITICAL', series: 2 }]);
    expect(await calls()).toEqual([people.engineer]);
    await query('delete from dr_signal where id = ?', [signalId]);
  });
});

describe('the sweep', () => {
  it('calls once, whichever of two processes does it, and goes on where a dead one stopped', async () => {
    await usual();
    const second = await openApplicationOn(app.test.db, clock);
    const other = second.context.get(AlertRounds, { strict: false });
    await judged(lag);
    await Promise.all(Array.from({ length: 4 }, (_, n) => (n % 2 === 0 ? get(AlertRounds) : other).run()));
    expect(await calls()).toEqual([people.engineer]);
    expect(await alerts()).toHaveLength(1);
    // The holder dies with its lease in hand: nothing is lost, and nobody is called twice.
    await query("update lease set expires_at = utc_timestamp(3), holder = 'dead' where name = 'dr-alerts'");
    now += 5 * MINUTE;
    await judged(lag);
    await other.run();
    expect(await calls()).toEqual([people.engineer, people.backup]);
    await other.release();
    await second.close();
  });

  it('writes nothing under a lease that has gone to another', async () => {
    await usual();
    await judged(lag);
    const rounds = get(AlertRounds);
    await rounds.run();
    const before = await calls();
    now += 5 * MINUTE;
    await judged(lag);
    const leases = get(Leases);
    const take = leases.take.bind(leases);
    leases.take = async (...args) => {
      const lease = await take(...args);
      await query('update lease set epoch = epoch + 1 where name = ?', [args[0]]);
      return lease;
    };
    await rounds.run();
    leases.take = take;
    expect(await calls()).toEqual(before);
  });
});

describe('the roster', () => {
  it('is made whole or not at all, has no two at one desk, not even by 16 at once', async () => {
    expect(
      codesOf(
        await onDuty([
          ['ENGINEER', people.engineer],
          ['ENGINEER', people.backup, 6],
        ]),
      ),
    ).toEqual(['INVALID_INPUT']);
    expect(codesOf(await onDuty([['ENGINEER', newId()]]))).toEqual(['UNKNOWN_REFERENCE']);
    expect(await query('select id from duty_shift')).toEqual([]);
    const tried = await Promise.all(
      Array.from({ length: 16 }, (_, n) => onDuty([['ENGINEER', people.engineer, n % 3]])),
    );
    expect(tried.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await query('select id from duty_shift')).toHaveLength(1);
  });

  it('has nobody on it who is called and may not answer', async () => {
    const helper = await person('FACILITY_ENGINEER', '13800000009');
    expect((await get(Roster).candidates()).map(({ userId }) => userId)).not.toContain(helper);
    for (const role of ROSTER_ROLES) expect(scopeFor(viewerWith([role], null), 'DUTY', 'OPERATE')).toBeDefined();
  });

  it('passes a shift to another only when he takes it, and from then on he is called', async () => {
    await onDuty([['ENGINEER', people.engineer]]);
    const [shift] = await query('select id, version from duty_shift');
    const from = viewerWith(['DUTY_ENGINEER'], null, { userId: people.engineer });
    const to = viewerWith(['DUTY_ENGINEER'], null, { userId: people.other });
    const wish = { shiftId: shift.id, expectedVersion: shift.version, toUserId: people.other, note: '一切正常' };
    const hand = get(HandOvers);
    expect(codesOf(await hand.offer(to, false, { ...wish, idempotencyKey: newId() }))).toEqual(['NOT_PERMITTED']);
    const offered = await hand.offer(from, false, { ...wish, idempotencyKey: newId() });
    if (!offered.ok) throw new Error(JSON.stringify(offered.error));
    expect(codesOf(await hand.offer(from, false, { ...wish, idempotencyKey: newId() }))).toEqual(['NOT_PERMITTED']);
    now += 60 * MINUTE;
    await round(0, lag);
    expect(await calls()).toEqual([people.engineer]);
    const take = (viewer: typeof to) => hand.take(viewer, { handOverId: offered.value.id, idempotencyKey: newId() });
    expect(codesOf(await take(from))).toEqual(['NOT_PERMITTED']);
    expect((await take(to)).ok).toBe(true);
    expect(codesOf(await take(to))).toEqual(['NOT_PERMITTED']);
    const shifts = await query('select user_id, from_at, to_at from duty_shift order by from_at');
    expect(shifts).toMatchObject([{ user_id: people.engineer }, { user_id: people.other }]);
    expect(shifts[0].to_at).toEqual(shifts[1].from_at);
    await query('delete from dr_alert_call');
    await query('update dr_alert set next_call_at = ?', [new Date(now)]);
    await round(0, lag);
    expect(await calls()).toEqual([people.other]);
  });

  it('takes off only what has not begun', async () => {
    await onDuty([
      ['ENGINEER', people.engineer],
      ['LEADER', people.leader, 24],
    ]);
    const [begun, ahead] = await query('select id, version from duty_shift order by from_at');
    const off = (row: { id: string; version: number }) =>
      get(Roster).remove(operator, { shiftId: row.id, expectedVersion: row.version, idempotencyKey: newId() });
    expect(codesOf(await off(begun))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await off(ahead)).ok).toBe(true);
  });
});

// Last: a round reads what is there of the group that was made up here, which is nothing.
describe('pages of DR', () => {
  it('hear at once that a level is another, and the next beat judges by it instead of waiting for its turn', async () => {
    const heard: string[] = [];
    const stop = get(ChangeFeed).listen('dr', '*', ({ subjectId }) => heard.push(subjectId));
    const sweep = get(DrSweep);
    const judged = jest.spyOn(get(GroupsRepository), 'judged');
    const read = (value: number) =>
      get(UnitOfWork).run((tx) =>
        get(SignalWriting).record(tx, [
          {
            ...{ subjectKind: 'TIER', subjectId: tierId, name: 'REPLICATION_COVERAGE', towards: 'RECOVERY', value },
            ...{ source: 'VolSync', observedAt: clock.now(), maxAgeSeconds: 60 },
          },
        ]),
      );
    await read(100);
    // A round of all, and one more judgement of the levels that it has changed itself.
    await sweep.beat();
    await sweep.beat();
    expect(judged).toHaveBeenCalled();
    judged.mockClear();
    heard.length = 0;
    now += 1_000;
    await read(100);
    expect(heard).toEqual([]);
    await sweep.beat();
    expect(judged).not.toHaveBeenCalled();
    now += 1_000;
    // A lag that is new holds with its first sample.
    await get(UnitOfWork).run((tx) =>
      get(SignalWriting).record(tx, [
        {
          ...{ subjectKind: 'TIER', subjectId: tierId, name: 'REPLICATION_LAG', towards: 'RECOVERY', value: 5_000 },
          ...{ source: 'VolSync', observedAt: clock.now(), maxAgeSeconds: 60 },
        },
      ]),
    );
    expect(heard).toEqual(['LEVELS']);
    await sweep.beat();
    expect(judged).toHaveBeenCalledTimes(1);
    judged.mockRestore();
    stop();
  });
});
