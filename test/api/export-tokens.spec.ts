import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toNodeId, uuidOf } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { ConsoleClient } from '../support/console-client.ts';
import { as, bearer, CREATE_TOKEN, ExportDesk, type Headers } from '../support/export-desk.ts';

let desk: ExportDesk;
beforeAll(async () => {
  desk = await ExportDesk.open();
}, 120_000);
afterAll(() => desk.close());

const month = { month: '2026-09' };

describe('a token', () => {
  // Nobody has more than ten that live, and each of these makes its own.
  beforeEach(() => end('1 = 1', new Date(desk.wall.now().getTime() - 1)));

  it('reads what its owner reads, of exports that it names, and nothing else of the console', async () => {
    const { secret } = await desk.token(desk.people.finance);
    const whole = await desk.focus(month);
    expect((await desk.focus(month, bearer(secret))).text).toBe(whole.text);
    const graphql = await fetch(`${desk.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(secret) },
      body: JSON.stringify({ query: '{ viewer { username } }' }),
    });
    expect(((await graphql.json()) as { data: unknown }).data).toEqual({ viewer: null });
    for (const path of ['papers/requests/x/form.pdf', 'files/x'])
      expect((await fetch(`${desk.url}/${path}`, { headers: bearer(secret) })).status).toBe(401);
  });

  it('is kept as a hash, shown once, and not shown again to the same press', async () => {
    const input = { idempotencyKey: newId(), kind: 'PERSONAL', purpose: '一次', exports: ['FOCUS'], days: 1 };
    const [first, second] = [
      await desk.people.finance.ask(CREATE_TOKEN, { input }),
      await desk.people.finance.ask(CREATE_TOKEN, { input }),
    ];
    const { secret, token } = first.data.createExportToken;
    expect(second.data.createExportToken).toMatchObject({ secret: null, token: { id: token.id } });
    // The hidden part may have the separator in it.
    const [, publicId, hidden = ''] = /^jyt_([0-9a-f]{16})_(.{43})$/.exec(String(secret)) ?? [];
    expect(hidden).not.toBe('');
    const everything = await desk.sql('select * from export_token where public_id = ?', [publicId]);
    expect(JSON.stringify(everything)).not.toContain(hidden);
    for (const table of ['idempotency_key', `${desk.accounts.audit}.audit_event`])
      expect(JSON.stringify(await desk.sql(`select * from ${table}`))).not.toContain(hidden);
  });

  it('never reads another department’s lines, whatever is asked and whoever made it', async () => {
    const other = toNodeId('Department', desk.accounts.bureau.id);
    const { secret } = await desk.token(desk.people.head);
    const own = await desk.focus(month, bearer(secret));
    expect(own.billed).toBe(BigInt((await desk.draft('2026-09', desk.ownDepartment)).total.amount));
    expect(own.text).not.toContain(desk.accounts.bureau.code);
    for (const query of [
      { ...month, department: other },
      { ...month, department: toNodeId('Department', newId()) },
    ])
      expect(await desk.focus(query, bearer(secret))).toEqual({ status: 404, code: 'NOT_FOUND' });
    // Asked for the cities' side, a department gets its own all the same.
    expect((await desk.focus({ ...month, side: 'CITIES' }, bearer(secret))).text).toBe(own.text);
    const narrow = await desk.token(desk.people.finance, { departmentId: other });
    const bureau = await desk.focus(month, bearer(narrow.secret));
    expect(bureau.billed).toBe(BigInt((await desk.draft('2026-09', other)).total.amount));
    expect(await desk.focus({ ...month, department: desk.ownDepartment }, bearer(narrow.secret))).toMatchObject({
      status: 404,
    });
    const beyond = await desk.askToken(desk.people.head, { departmentId: other });
    expect(beyond.data.createExportToken).toMatchObject({
      secret: null,
      errors: [{ code: 'UNKNOWN_REFERENCE', path: ['departmentId'] }],
    });
    // A city reads its own book and nothing of the province's.
    expect(await desk.focus(month, as(desk.people.cityfinance))).toMatchObject({ status: 422 });
  });

  it.each([
    ['no header at all', () => ({})],
    ['an empty one', () => ({ authorization: '' })],
    ['another scheme', (token: string) => ({ authorization: `Basic ${token}` })],
    ['no scheme', (token: string) => ({ authorization: token })],
    ['a token that nobody made', () => bearer(`jyt_0123456789abcdef_${'A'.repeat(43)}`)],
    ['the secret of another', (token: string) => bearer(`${token.slice(0, 21)}${'A'.repeat(43)}`)],
    ['a secret with one letter changed', (token: string) => bearer(changed(token))],
    ['a secret in capitals', (token: string) => bearer(token.slice(0, 21) + token.slice(21).toUpperCase())],
    ['a secret cut short', (token: string) => bearer(token.slice(0, -1))],
    ['a secret with more behind it', (token: string) => bearer(`${token}A`)],
    ['two tokens', (token: string) => bearer(`${token}, Bearer ${token}`)],
    ['a wildcard', (token: string) => bearer(`${token.slice(0, 21)}${'%'.repeat(43)}`)],
    ['a quote', (token: string) => bearer(`${token.slice(0, 21)}' or '1'='1`)],
    ['a very long one', () => bearer(`jyt_${'a'.repeat(4_000)}`)],
  ])('attack: %s opens nothing', async (_what, headersOf) => {
    const { secret } = await desk.token(desk.people.finance, { days: 1 });
    expect(await desk.focus(month, headersOf(secret) as Headers)).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
  });

  it('attack: the hash is no secret, an address carries none, and a session does not help a wrong token', async () => {
    const { secret } = await desk.token(desk.people.finance);
    const [row] = await desk.sql('select secret_hash, public_id from export_token where public_id = ?', [
      secret.slice(4, 20),
    ]);
    for (const text of [row.secret_hash, `jyt_${row.public_id}_${row.secret_hash.slice(0, 43)}`])
      expect(await desk.focus(month, bearer(text))).toMatchObject({ status: 401 });
    for (const name of ['token', 'access_token', 'authorization'])
      expect(await desk.focus({ ...month, [name]: secret }, {})).toMatchObject({ status: 401 });
    const wrong = { ...as(desk.people.finance), ...bearer(changed(secret)) };
    expect(await desk.focus(month, wrong)).toMatchObject({ status: 401 });
  });

  it('opens nothing once it is revoked, at once and for good; another’s is not revoked', async () => {
    const { secret, token } = await desk.token(desk.people.finance);
    expect((await desk.focus(month, bearer(secret))).status).toBe(200);
    expect(await actOn(desk.people.head, 'revokeExportToken', token)).toMatchObject({
      errors: [{ code: 'UNKNOWN_REFERENCE' }],
    });
    const used = await current(token.id);
    expect(await actOn(desk.people.finance, 'revokeExportToken', used)).toMatchObject({ token: { state: 'REVOKED' } });
    expect(await desk.focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await actOn(desk.people.finance, 'revokeExportToken', { ...used, version: 2 })).toMatchObject({
      errors: [{ code: 'ILLEGAL_TRANSITION' }],
    });
  });

  it('opens nothing from its end on', async () => {
    const { secret, token } = await desk.token(desk.people.finance);
    await end(`id = '${uuidOf('ExportToken', token.id)}'`, desk.wall.now());
    expect(await desk.focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    const { exportTokens } = await desk.people.finance.data(
      '{ exportTokens(first: 100) { nodes { id expired availableActions lastUsedAt } } }',
    );
    expect(exportTokens.nodes.find(({ id }: { id: string }) => id === token.id)).toMatchObject({
      ...{ expired: true, availableActions: [], lastUsedAt: null },
    });
  });

  it('that is dead writes no more evidence than a live one may be used: whoever keeps it cannot fill the record', async () => {
    const { secret, token } = await desk.token(desk.people.finance);
    await actOn(desk.people.finance, 'revokeExportToken', token);
    const ask = async () => (await desk.download('focus.csv', month, bearer(secret))).status;
    const answers = await Promise.all(Array.from({ length: 34 }, ask));
    expect(new Set(answers)).toEqual(new Set([401]));
    const [row] = await desk.sql(
      `select count(*) as n from ${desk.accounts.audit}.audit_event where action = 'export.refuse' and object_id = ?`,
      [uuidOf('ExportToken', token.id)],
    );
    expect(Number(row.n)).toBe(30);
  });

  it('is one of ten at most, however many are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => desk.askToken(desk.people.cityfinance)));
    expect(answers.filter(({ data }) => data.createExportToken.secret !== null)).toHaveLength(10);
  });

  it('opens no export that it does not name', async () => {
    const { secret } = await desk.token(desk.people.finance, { exports: ['COSTS'] });
    expect(await desk.focus(month, bearer(secret))).toEqual({ status: 403, code: 'FORBIDDEN' });
  });

  it('of a service waits for the security administrator, who reads no costs and makes none', async () => {
    const { secret, token } = await desk.token(desk.people.finance, {
      kind: 'SERVICE',
      days: 365,
      purpose: '财政一体化平台',
    });
    expect(token.state).toBe('WAITING');
    expect(await desk.focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await actOn(desk.people.finance, 'approveExportToken', token)).toBeUndefined();
    expect(await actOn(desk.people.sysadmin, 'approveExportToken', token)).toBeUndefined();
    expect(await actOn(desk.people.auditadmin, 'approveExportToken', token)).toBeUndefined();
    expect(await actOn(desk.people.secadmin, 'approveExportToken', token)).toMatchObject({
      token: { state: 'ACTIVE' },
    });
    expect((await desk.focus(month, bearer(secret))).status).toBe(200);
    for (const name of ['secadmin', 'sysadmin', 'auditadmin', 'applicant'] as const) {
      expect((await desk.askToken(desk.people[name])).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
      expect(await desk.focus(month, as(desk.people[name]))).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
    // The security administrator sees all, and stops one at once.
    const LIST = '{ exportTokens(first: 100) { totalCount nodes { owner } } }';
    const all = (await desk.people.secadmin.data(LIST)).exportTokens;
    const own = (await desk.people.head.data(LIST)).exportTokens;
    expect(all.totalCount).toBeGreaterThan(own.totalCount);
    expect(new Set(own.nodes.map(({ owner }: { owner: string }) => owner)).size).toBe(1);
    expect(await actOn(desk.people.secadmin, 'revokeExportToken', await current(token.id))).toMatchObject({
      token: { state: 'REVOKED' },
    });
  });

  it('of a service is agreed to by nobody once its end has come', async () => {
    const { token } = await desk.token(desk.people.finance, { kind: 'SERVICE', days: 1 });
    await end(`id = '${uuidOf('ExportToken', token.id)}'`, desk.wall.now());
    expect(await actOn(desk.people.secadmin, 'approveExportToken', token)).toMatchObject({
      errors: [{ code: 'ILLEGAL_TRANSITION' }],
    });
  });

  it('dies with the account that made it, and with its right to read', async () => {
    const second = await desk.signIn('finance.czt');
    const { secret } = await desk.token(second);
    expect((await desk.focus(month, bearer(secret))).status).toBe(200);
    const [user] = await desk.sql("select id, version from app_user where username = 'finance.czt'");
    await desk.sql('update user_role set until = ? where user_id = ?', [desk.wall.now(), user.id]);
    expect(await desk.focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    await desk.sql('update user_role set until = null where user_id = ?', [user.id]);
    expect((await desk.focus(month, bearer(secret))).status).toBe(200);
    await desk.sql("update app_user set state = 'DISABLED' where id = ?", [user.id]);
    expect(await desk.focus(month, bearer(secret))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    await desk.sql("update app_user set state = 'ACTIVE' where id = ?", [user.id]);
  });

  it('is let through so many times a minute, at once too, and again a minute later', async () => {
    const { secret, token } = await desk.token(desk.people.finance);
    const ask = async () => (await desk.download('focus.csv', { month: '2026-11' }, bearer(secret))).status;
    const answers = await Promise.all(Array.from({ length: 34 }, ask));
    // Whatever becomes of those that are let in.
    expect(answers.filter((status) => status === 429)).toHaveLength(4);
    desk.wall.set('2026-12-02 10:01');
    expect(await ask()).toBe(422);
    const { exportTokens } = await desk.people.finance.data(
      '{ exportTokens(first: 100) { nodes { id uses lastUsedAt lastUsedAddress } } }',
    );
    expect(exportTokens.nodes.find(({ id }: { id: string }) => id === token.id)).toMatchObject({
      ...{ uses: 31, lastUsedAt: '2026-12-02T02:01:00.000Z' },
    });
  });

  it('is asked for within limits of life and number', async () => {
    const errors = async (more: object) =>
      (await desk.askToken(desk.people.head, { ...more })).data.createExportToken.errors;
    expect(await errors({ days: 91 })).toMatchObject([{ code: 'INVALID_INPUT', path: ['days'] }]);
    expect(await errors({ days: 0, purpose: '', exports: [] })).toHaveLength(3);
    for (let made = 0; made < 12; made += 1) await desk.askToken(desk.people.head);
    expect(await errors({})).toMatchObject([{ code: 'NOT_PERMITTED', reason: 'TOO_MANY_TOKENS' }]);
  });

  it('leaves evidence of its making, its uses and its refusals, and none of its secret', async () => {
    const rows = await desk.sql(
      `select action, outcome, count(*) as n from ${desk.accounts.audit}.audit_event
       where action like 'export%' group by action, outcome order by action, outcome`,
    );
    const counted = new Map(
      rows.map(({ action, outcome, n }: Record<string, string>) => [`${action} ${outcome}`, Number(n)]),
    );
    for (const key of [
      ...['export.download DONE', 'export.refuse REFUSED', 'exportToken.create DONE'],
      ...['exportToken.approve DONE', 'exportToken.revoke DONE'],
    ])
      expect([key, (counted.get(key) as number) > 0]).toEqual([key, true]);
    const text = JSON.stringify(
      await desk.sql(`select * from ${desk.accounts.audit}.audit_event where action like 'export%'`),
    );
    expect(text).not.toMatch(/jyt_/);
  });
});

/** The last letter but one, because the last of 43 holds bits that nobody reads. */
function changed(token: string): string {
  const at = token.length - 2;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

async function end(which: string, at: Date): Promise<void> {
  await desk.sql(`update export_token set created_at = '2026-01-01', expires_at = ? where ${which}`, [at]);
}

async function current(id: string): Promise<{ id: string; version: number }> {
  const [row] = await desk.sql('select version from export_token where id = ?', [uuidOf('ExportToken', id)]);
  return { id, version: Number(row.version) };
}
async function actOn(client: ConsoleClient, name: string, { id, version }: { id: string; version: number }) {
  const text = `mutation A($input: ExportTokenActInput!) { ${name}(input: $input) {
    token { id version state availableActions } errors { code ... on NotPermitted { reason } } } }`;
  const answer = await client.ask(text, { input: { idempotencyKey: newId(), id, expectedVersion: version } });
  return answer.data?.[name];
}
