import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../server/src/kernel/bilingual.js';
import type { Clock } from '../../../server/src/kernel/clock.js';
import type { Notice } from '../../../server/src/kernel/notice.js';
import type { Role } from '../../../server/src/kernel/viewer.js';
import { Channels } from '../../../server/src/notifications/channels.service.js';
import type { ChannelKind } from '../../../server/src/notifications/domain/channel.js';
import { NotificationsService } from '../../../server/src/notifications/notifications.service.js';
import type { DeliveryRow } from '../../../server/src/notifications/notifications.types.js';
import { Sending } from '../../../server/src/notifications/sending.service.js';
import { Telling } from '../../../server/src/notifications/telling.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { Notices } from '../../../server/src/platform/notices/notices.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { openHttpSink, openSmtpSink } from '../../support/message-sink.ts';

const START = new Date('2026-11-29T01:00:00.000Z').getTime();
const MINUTE_MS = 60_000;
const SECRET = 'a key of some length';
const PAGE = { first: 50, after: null };
const [DEPARTMENT_A, DEPARTMENT_B] = [newId(), newId()];

let now = START;
const clock: Clock = { now: () => new Date(now) };
let app: TestApplication;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const query = (sql: string, values: unknown[] = []) => app.test.db.query(sql, values);

beforeAll(async () => {
  app = await openTestApplication(clock);
}, 60_000);
afterAll(() => app.close());
beforeEach(async () => {
  now += 24 * 60 * MINUTE_MS;
  for (const table of ['notice', 'notification', 'delivery', 'notification_channel', 'notification_preference'])
    await query(`delete from ${table}`);
});

async function person(departmentId: string | null, role: Role, more: { phone?: string; until?: Date } = {}) {
  const id = newId();
  await query(
    `insert into app_user (id, username, display_name, department_id, kind, phone, state, password_hash, must_change_password, version, locale, created_at)
     values (?, ?, ?, ?, 'ORDINARY', ?, 'ACTIVE', 'x', 0, 1, 'zh', ?)`,
    [id, `u${id.slice(-12)}`, `人员${id.slice(-4)}`, departmentId, more.phone ?? null, new Date(now)],
  );
  await query("insert into user_role (user_id, role, user_kind, until) values (?, ?, 'ORDINARY', ?)", [
    id,
    role,
    more.until ?? null,
  ]);
  return id;
}
const notice = (more: Partial<Notice> = {}): Notice => ({
  kind: 'WORK_WAITING',
  subject: { type: 'IntakeBatch', id: newId() },
  audience: {},
  text: say('有一项待办', 'Something waits'),
  onceKey: null,
  ...more,
});
const tell = (...notices: Notice[]) => get(UnitOfWork).run((tx) => get(Notices).tell(tx, ...notices));
const inboxOf = async (userId: string) =>
  (await get(NotificationsService).page(viewerWith([], null, { userId }), {}, PAGE)).rows.map((row) => row.textEn);
const administrator = viewerWith(['SYSTEM_ADMINISTRATOR'], null);

async function channel(kind: ChannelKind, url: string, sender: string | null = null) {
  const saved = await get(Channels).save(administrator, {
    kind,
    url,
    sender,
    name: `${kind} ${newId()}`,
    secret: kind === 'MAIL' ? null : SECRET,
    enabled: true,
    id: undefined,
    expectedVersion: 0,
    idempotencyKey: newId(),
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return saved.value.id;
}
async function prefers(userId: string, more: { sms?: boolean; mail?: boolean; mailAddress?: string }) {
  const saved = await get(NotificationsService).savePreference(viewerWith([], null, { userId }), {
    ...{ sms: false, im: false, mail: false, mailAddress: null, quietKinds: [] },
    ...more,
    expectedVersion: 0,
    idempotencyKey: newId(),
  });
  expect(saved.ok).toBe(true);
}
const deliveries = async () => (await get(Channels).page(null, PAGE)).rows;

describe('telling', () => {
  it('tells nothing of what was rolled back', async () => {
    const userId = await person(DEPARTMENT_A, 'APPLICANT');
    const broken = get(UnitOfWork).run(async (tx) => {
      await get(Notices).tell(tx, notice({ audience: { userIds: [userId] } }));
      throw new Error('planted');
    });
    await expect(broken).rejects.toThrow('planted');
    expect(await get(Telling).run()).toBe(0);
    expect(await inboxOf(userId)).toEqual([]);
  });

  it('reaches those who hold the role there now, by their own place or a membership, and no closed account', async () => {
    const here = await person(DEPARTMENT_A, 'DEPARTMENT_HEAD');
    const elsewhere = await person(DEPARTMENT_B, 'DEPARTMENT_HEAD');
    const over = await person(DEPARTMENT_A, 'DEPARTMENT_HEAD', { until: new Date(now - 1) });
    const closed = await person(DEPARTMENT_A, 'DEPARTMENT_HEAD');
    await query("update app_user set state = 'DISABLED' where id = ?", [closed]);
    const member = await person(DEPARTMENT_B, 'APPLICANT');
    await query(
      "insert into membership (user_id, department_id, role, user_kind, since, until, granted_by) values (?, ?, 'DEPARTMENT_HEAD', 'ORDINARY', ?, null, ?)",
      [member, DEPARTMENT_A, new Date(now - MINUTE_MS), here],
    );
    await tell(notice({ audience: { roles: [{ role: 'DEPARTMENT_HEAD', departmentId: DEPARTMENT_A }] } }));
    await get(Telling).run();
    const heard = await Promise.all([here, member, elsewhere, over, closed].map(inboxOf));
    expect(heard.map((texts) => texts.length)).toEqual([1, 1, 0, 0, 0]);
  });

  it('tells once, however many workers and however often it is said under one key', async () => {
    const userId = await person(DEPARTMENT_A, 'APPLICANT');
    const daily = notice({ audience: { userIds: [userId] }, onceKey: 'reminder:x:2026-11-29' });
    await tell(daily);
    await tell(daily);
    await tell(notice({ audience: { userIds: [userId] } }));
    const told = await Promise.all(Array.from({ length: 8 }, () => get(Telling).run()));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await inboxOf(userId)).toHaveLength(2);
  });

  it('marks read what is the reader’s own, and counts what is left', async () => {
    const [mine, others] = [await person(DEPARTMENT_A, 'APPLICANT'), await person(DEPARTMENT_A, 'APPLICANT')];
    for (let i = 0; i < 3; i += 1) await tell(notice({ audience: { userIds: [mine, others] } }));
    await get(Telling).run();
    const service = get(NotificationsService);
    const [me, other] = [viewerWith([], null, { userId: mine }), viewerWith([], null, { userId: others })];
    const { rows } = await service.page(me, {}, PAGE);
    const ids = rows.map((row) => row.id);
    expect(await service.markRead(other, ids, clock.now())).toBe(0);
    expect(await service.markRead(me, ids.slice(0, 1), clock.now())).toBe(1);
    expect(await service.markRead(me, ids.slice(0, 1), clock.now())).toBe(0);
    expect([await service.countUnread(me), await service.countUnread(other)]).toEqual([2, 3]);
    expect(await service.markRead(me, null, clock.now())).toBe(2);
    expect([await service.countUnread(me), await service.countUnread(other)]).toEqual([0, 3]);
  });
});

describe('sending', () => {
  it('posts to the endpoint with a signature that it can check, once for eight workers', async () => {
    const sink = await openHttpSink(() => 200);
    await channel('WEBHOOK', sink.url);
    const userId = await person(DEPARTMENT_A, 'APPLICANT');
    await tell(notice({ audience: { userIds: [userId] } }));
    await get(Telling).run();
    await Promise.all(Array.from({ length: 8 }, () => get(Sending).run()));
    expect(sink.heard).toHaveLength(1);
    const [{ body, headers }] = sink.heard as [(typeof sink.heard)[0]];
    const [, seconds, mac] = /^t=(\d+),sm3=([0-9a-f]{64})$/.exec(String(headers['x-jiyun-signature'])) ?? [];
    expect(Number(seconds) * 1000).toBe(now);
    expect(mac).toBe(createHmac('sm3', SECRET).update(`${seconds}.${body}`).digest('hex'));
    expect(JSON.parse(body)).toMatchObject({ kind: 'WORK_WAITING', text: { zh: '有一项待办' } });
    const [row] = await deliveries();
    expect(row).toMatchObject({ state: 'SENT', attempts: 1, lastError: null });
    expect(headers['x-jiyun-delivery']).toBe(row?.id);
    await sink.close();
  });

  it('tries again after a failure that passes, with the same id, and gives up at last', async () => {
    let broken = true;
    const sink = await openHttpSink(() => (broken ? 503 : 204));
    await channel('WEBHOOK', sink.url);
    await tell(notice());
    await get(Telling).run();
    await get(Sending).run();
    await get(Sending).run();
    expect(sink.heard).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ state: 'WAITING', attempts: 1, lastError: 'HTTP 503' }]);
    for (let tries = 0; tries < 8; tries += 1) {
      now += 13 * 60 * MINUTE_MS;
      await get(Sending).run();
    }
    expect(await deliveries()).toMatchObject([{ state: 'FAILED', attempts: 6 }]);
    expect(new Set(sink.heard.map((one) => one.headers['x-jiyun-delivery'])).size).toBe(1);
    broken = false;
    const { id, version } = (await deliveries())[0] as DeliveryRow;
    const wish = { id, expectedVersion: version, idempotencyKey: newId() };
    expect(
      await get(Channels).retry(administrator, { ...wish, expectedVersion: version - 1, idempotencyKey: newId() }),
    ).toMatchObject({ ok: false });
    expect(await get(Channels).retry(administrator, wish)).toMatchObject({ ok: true });
    await get(Sending).run();
    expect(await deliveries()).toMatchObject([{ state: 'SENT', attempts: 1 }]);
    await sink.close();
  });

  it.each([400, 401, 404, 302])(
    'gives up at once where the other side says %i, and follows no redirect',
    async (status) => {
      const sink = await openHttpSink(() => status);
      await channel('WEBHOOK', sink.url);
      await tell(notice());
      await get(Telling).run();
      await get(Sending).run();
      expect(await deliveries()).toMatchObject([{ state: 'FAILED', attempts: 1, lastError: `HTTP ${status}` }]);
      expect(sink.heard).toHaveLength(1);
      await sink.close();
    },
  );

  it('keeps one dead gateway from holding up another', async () => {
    const sink = await openHttpSink(() => 200);
    const dead = await openHttpSink(() => 200);
    await dead.close();
    await channel('WEBHOOK', dead.url);
    await channel('WEBHOOK', sink.url);
    await tell(notice(), notice());
    await get(Telling).run();
    await get(Sending).run();
    expect(sink.heard).toHaveLength(2);
    const states = (await deliveries()).map((row) => row.state).toSorted();
    expect(states).toEqual(['SENT', 'SENT', 'WAITING', 'WAITING']);
    await sink.close();
  });

  it('sends a text message only to whom it is wished', async () => {
    const sink = await openHttpSink(() => 200);
    await channel('SMS', sink.url);
    const asked = await person(DEPARTMENT_A, 'APPLICANT', { phone: '13912345678' });
    const unasked = await person(DEPARTMENT_A, 'APPLICANT', { phone: '13987654321' });
    await prefers(asked, { sms: true });
    await tell(notice({ audience: { userIds: [asked, unasked] } }));
    await get(Telling).run();
    await get(Sending).run();
    expect(sink.heard.map(({ body }) => JSON.parse(body).to.address)).toEqual(['13912345678']);
    await sink.close();
  });

  it('mails both languages; a refused recipient is final', async () => {
    const sink = await openSmtpSink((line) => (line.includes('gone@') ? '550 no such box' : '250 ok'));
    await channel('MAIL', sink.url, 'jiyun@example.gov.cn');
    const [reader, gone] = [await person(DEPARTMENT_A, 'APPLICANT'), await person(DEPARTMENT_A, 'APPLICANT')];
    await prefers(reader, { mail: true, mailAddress: 'reader@example.gov.cn' });
    await prefers(gone, { mail: true, mailAddress: 'gone@example.gov.cn' });
    await tell(notice({ audience: { userIds: [reader, gone] } }));
    await get(Telling).run();
    await get(Sending).run();
    expect(sink.messages).toHaveLength(1);
    expect(sink.messages[0]).toContain('To: reader@example.gov.cn');
    const byRecipient = new Map((await deliveries()).map((row) => [row.recipient, row.state]));
    expect(byRecipient).toEqual(
      new Map([
        ['reader@example.gov.cn', 'SENT'],
        ['gone@example.gov.cn', 'FAILED'],
      ]),
    );
    await sink.close();
  });

  it('opens a secret only for its own channel, and says what is wrong with one that was moved', async () => {
    const sink = await openHttpSink(() => 200);
    const [one, other] = [await channel('WEBHOOK', sink.url), await channel('SMS', sink.url)];
    const [{ sealed_secret: sealed }] = await query('select sealed_secret from notification_channel where id = ?', [
      other,
    ]);
    expect(Buffer.from(sealed, 'base64').includes(SECRET)).toBe(false);
    await query('update notification_channel set sealed_secret = ? where id = ?', [sealed, one]);
    await tell(notice());
    await get(Telling).run();
    await get(Sending).run();
    expect(sink.heard).toHaveLength(0);
    expect(await deliveries()).toMatchObject([
      { state: 'FAILED', lastError: 'the secret of the channel cannot be opened' },
    ]);
    await sink.close();
  });
});

describe('channels', () => {
  it('keep their secret where none is given, change by version, and are told in the audit without it', async () => {
    const id = await channel('WEBHOOK', 'https://gateway.example.gov.cn/hook');
    const sealedOf = async () =>
      (await query('select sealed_secret as s from notification_channel where id = ?', [id]))[0].s;
    const before = await sealedOf();
    const wish = {
      kind: 'WEBHOOK' as const,
      name: 'new name',
      url: 'https://gateway.example.gov.cn/other',
      sender: null,
      secret: null,
      enabled: false,
      id,
      expectedVersion: 1,
    };
    const save = (more: object) => get(Channels).save(administrator, { ...wish, idempotencyKey: newId(), ...more });
    expect(await save({})).toMatchObject({ ok: true });
    expect(await sealedOf()).toBe(before);
    expect(await save({})).toMatchObject({ ok: false, error: [{ code: 'VERSION_CONFLICT', current: 2 }] });
    expect(await save({ expectedVersion: 2, kind: 'SMS' })).toMatchObject({ ok: false, error: [{ rule: 'fixed' }] });
    expect(await save({ expectedVersion: 2, secret: 'another long secret' })).toMatchObject({ ok: true });
    expect(await sealedOf()).not.toBe(before);
    const audit = await query(
      `select concat(coalesce(before_json, ''), coalesce(after_json, '')) as text from \`${app.test.address.database}_audit\`.audit_event where action = 'notification.saveChannel'`,
    );
    expect(audit.length).toBeGreaterThanOrEqual(3);
    expect(audit.some(({ text }: { text: string }) => text.includes('secret"') || text.includes('another long'))).toBe(
      false,
    );
  });

  it('have one name each, whoever saves at the same moment', async () => {
    const save = () =>
      get(Channels).save(administrator, {
        ...{
          kind: 'WEBHOOK',
          name: '同名',
          url: 'https://x.example.gov.cn/',
          sender: null,
          secret: SECRET,
          enabled: true,
        },
        ...{ id: undefined, expectedVersion: 0, idempotencyKey: newId() },
      } as never);
    const answers = await Promise.all(Array.from({ length: 8 }, save));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});
