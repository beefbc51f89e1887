import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

let console_: TestConsole;
let engineer: ConsoleClient;
let token: string;
beforeAll(async () => {
  console_ = await startTestConsole();
  engineer = await console_.signIn('facility');
  const { centers } = await engineer.data('{ centers { id } }');
  const { registerReadingSource } = await engineer.data(
    'mutation R($input: RegisterReadingSourceInput!) { registerReadingSource(input: $input) { token errors { code } } }',
    { input: { idempotencyKey: newId(), name: '动环网关', centerIds: centers.map((c: { id: string }) => c.id) } },
  );
  token = registerReadingSource.token;
});
afterAll(() => console_.close());

const push = (body: unknown, bearer = token) =>
  fetch(`${console_.url}/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const one = (more: object = {}) => ({
  kind: 'CENTER_TOTAL',
  subject: 'center-a',
  at: new Date(Date.now() - 60_000).toISOString(),
  powerW: 900_000,
  ...more,
});

it('takes readings with a token, once, and shows them on the center', async () => {
  const readings = [one(), one({ kind: 'IT_TOTAL', powerW: 600_000 })];
  expect(await (await push({ readings })).json()).toEqual({ accepted: 2, alreadyKnown: 0 });
  expect(await (await push({ readings })).json()).toEqual({ accepted: 0, alreadyKnown: 2 });
  const { centers } = await engineer.data(
    '{ centers { code energy(months: 24) { target totalPowerW itPowerW months { month pue source } } } }',
  );
  const a = centers.find((c: { code: string }) => c.code === 'center-a');
  expect(a.energy).toMatchObject({ target: 1.3, totalPowerW: 900_000, itPowerW: 600_000 });
  // 23 months of the made-up meters and the running one of these readings.
  expect(a.energy.months.filter((m: { source: string }) => m.source === 'METER')).toHaveLength(23);
  expect(a.energy.months.at(-1)).toMatchObject({ source: 'READINGS', pue: 1.5 });
});

it('refuses a wrong token, a wrong field by its place, too much and no JSON, and writes nothing', async () => {
  const count = async () => Number((await console_.test.db.query('select count(*) as n from power_reading'))[0].n);
  const before = await count();
  expect((await push({ readings: [one()] }, 'x'.repeat(43))).status).toBe(401);
  const bad = await push({ readings: [one({ at: new Date().toISOString() }), one({ subject: 'center-z' })] });
  expect([bad.status, await bad.json()]).toMatchObject([400, { errors: [{ index: 1, field: 'subject' }] }]);
  expect((await push({ readings: Array.from({ length: 1_001 }, () => one()) })).status).toBe(400);
  expect((await push('{')).status).toBe(400);
  expect((await push({ readings: [], padding: 'x'.repeat(300_000) })).status).toBe(413);
  expect(await count()).toBe(before);
});

it('shows no energy to whoever does not read capacity', async () => {
  const applicant = await console_.signIn('applicant');
  const { centers } = await applicant.data('{ centers { energy { target } } }');
  expect(centers.map((c: { energy: unknown }) => c.energy)).toEqual([null, null, null]);
});

it('tells what a cabinet draws to those who see all of it, and to no department that shares it', async () => {
  const ask =
    '{ cabinets(first: 100) { nodes { code room { code } center { code } measuredPowerW powerMeasuredAt } } }';
  type Row = {
    code: string;
    room: { code: string };
    center: { code: string };
    measuredPowerW: number | null;
    powerMeasuredAt: string | null;
  };
  const rowsOf = async (client: ConsoleClient): Promise<Row[]> => (await client.data(ask)).cabinets.nodes;
  const applicant = await console_.signIn('applicant');
  const own = await rowsOf(applicant);
  expect(own.length).toBeGreaterThan(0);
  const at = new Date(Date.now() - 60_000).toISOString();
  const readings = own.map((row, i) => ({
    kind: 'CABINET',
    subject: `${row.center.code}/${row.room.code}/${row.code}`,
    at,
    powerW: 1_000 + i,
  }));
  expect(await (await push({ readings })).json()).toMatchObject({ accepted: own.length });
  const measured = new Map(
    (await rowsOf(engineer)).map((row) => [
      `${row.center.code}/${row.room.code}/${row.code}`,
      [row.measuredPowerW, row.powerMeasuredAt],
    ]),
  );
  expect(readings.map((r) => measured.get(r.subject))).toEqual(readings.map((r) => [r.powerW, at]));
  for (const row of await rowsOf(applicant))
    expect([row.code, row.measuredPowerW, row.powerMeasuredAt]).toEqual([row.code, null, null]);
});

it('asks for the measured power of many cabinets as often as for one', async () => {
  const statements = async (first: number) =>
    (
      await countStatements(
        console_.test.db,
        () =>
          engineer.data(
            'query C($first: Int!) { cabinets(first: $first) { nodes { code measuredPowerW powerMeasuredAt } } }',
            { first },
          ),
        /from (power_reading|room|center)/,
      )
    ).statements;
  expect(await statements(50)).toBe(await statements(1));
});

it('lists the sources with their centers and what was last heard, and revokes one', async () => {
  const ask =
    '{ readingSources { id name registeredBy lastPushedAt lastReadingAt revokedAt revokedBy revokeReason centers { code } } }';
  const [source] = (await engineer.data(ask)).readingSources;
  expect(source).toMatchObject({ name: '动环网关', revokedAt: null });
  expect(source.centers.map((c: { code: string }) => c.code)).toEqual(['center-a', 'center-b', 'center-c']);
  expect(source.lastPushedAt).not.toBeNull();
  const revoke =
    'mutation R($input: RevokeReadingSourceInput!) { revokeReadingSource(input: $input) { source { revokedBy revokeReason } errors { code } } }';
  const input = { id: source.id, reason: '令牌泄露', idempotencyKey: newId() };
  expect((await engineer.data(revoke, { input })).revokeReadingSource).toMatchObject({
    source: { revokeReason: '令牌泄露' },
    errors: [],
  });
  expect((await push({ readings: [one()] })).status).toBe(401);
});
