import mysql from 'mysql2/promise';
import { newId } from '../../server/src/platform/database/ids.js';
import type { TestApplication } from '../support/application.ts';
import { idOf, RequestJourney } from '../support/request-journey.ts';
import { recordStatements, replay, retarget, type Statement } from './recorded-statements.ts';
import type { Row } from './table.ts';

const CLIENTS = 32;
/** Long enough that warming up does not decide, short enough for a laptop's patience. */
const CLAIMS = 1_500;
const AMPLE_VCPU = 1_000_000;

/**
 * Claims per second on one hot pool: the service's own submit against the same statements sent by plain mysql2, and the
 * bare pair (insert a claim, take the counter) as the database's own ceiling. All in this run, on this machine.
 */
export async function benchClaims(app: TestApplication): Promise<Row[]> {
  const journey = await RequestJourney.begin(app);
  // As in service: what the one department of this bench holds is summed at every hold.
  await app.test.db.query("update life_policy set value = 20 where name = 'HELD_SHARE_PERCENT'");
  const { center, pool } = await journey.openCenter('hot', AMPLE_VCPU);
  const sent = await byClients(8, range(CLAIMS * 2 + 200), () => journey.sent(journey.content(center.id)));
  const [sample, ...rest] = sent as [string, ...string[]];
  const warm = rest.splice(0, 199);
  const forService = rest.splice(0, CLAIMS);
  const forPlain = rest.splice(0, CLAIMS);

  await byClients(CLIENTS, warm, (id) => journey.submit(id));
  const key = newId();
  const statements = await recordStatements(app.test.db, async () => idOf(await journey.submit(sample, 2, key)));

  const service = await perSecond(CLAIMS, () =>
    byClients(CLIENTS, forService, async (id) => {
      idOf(await journey.submit(id));
    }),
  );
  const plain = await perSecond(CLAIMS, () => plainClaims(app, statements, { sample, key }, forPlain, journey));
  const pair = await perSecond(CLAIMS, () => barePairs(app, pool.id));
  const live = await journey.liveOf(pool.id);
  if (live.counter !== live.claims)
    throw new Error(`the counter says ${live.counter}, the claims add up to ${live.claims}`);
  return [
    { what: `claims/s through the service, one hot pool, ${CLIENTS} clients`, value: service, unit: '/s' },
    { what: `the same ${statements.length} statements by plain mysql2`, value: plain, unit: '/s' },
    { what: 'ratio', value: service / plain, unit: '', goal: { atLeast: 0.6 } },
    { what: 'the bare pair (insert, conditional update, commit)', value: pair, unit: '/s' },
  ];
}

async function plainClaims(
  app: TestApplication,
  statements: readonly Statement[],
  recorded: { readonly sample: string; readonly key: string },
  requestIds: readonly string[],
  journey: RequestJourney,
): Promise<void> {
  const lines = new Map(
    (await journey.requests.linesOf([recorded.sample, ...requestIds])).flat().map((l) => [l.requestId, l.id]),
  );
  const parts = await roundParts(journey, [recorded.sample, ...requestIds]);
  // Ids of the surroundings (pool, center, department, people) stay as they are.
  const ofSample = parts.get(recorded.sample) as string[];
  const made = new Set([recorded.sample, lines.get(recorded.sample) as string, recorded.key, ...ofSample]);
  const kept = await knownIds(app, made);
  await onConnections(app, requestIds, async (connection, id) => {
    const subjects = new Map([
      [recorded.sample, id],
      [lines.get(recorded.sample) as string, lines.get(id) as string],
      [recorded.key, newId()],
      ...ofSample.map((part, index): [string, string] => [part, (parts.get(id) as string[])[index] as string]),
    ]);
    await replay(connection, retarget(statements, subjects, kept));
  });
}

/** The ids of each request's round, its steps and their seats, in the same order for all. */
async function roundParts(journey: RequestJourney, requestIds: readonly string[]): Promise<Map<string, string[]>> {
  const parts = new Map<string, string[]>();
  for (const rounds of await journey.rounds.rounds(requestIds))
    for (const round of rounds)
      parts.set(round.subjectId, [
        round.id,
        ...round.steps.flatMap((step) => [step.id, ...step.seats.map((seat) => seat.id)]),
      ]);
  return parts;
}

/** Every id that stands in the surroundings' tables, so that a replay makes new ones only for what the submit makes. */
async function knownIds(app: TestApplication, except: ReadonlySet<string>): Promise<Set<string>> {
  const tables = [
    'department',
    'government_system',
    'project',
    'center',
    'cluster',
    'pool',
    'offer',
    'image',
    'approval_edition',
  ];
  const rows = await Promise.all(tables.map((t) => app.test.db.query(`select id from ${t}`)));
  const people = await app.test.db.query(
    'select distinct applicant_id as id from request union select decided_by_id from approval_seat where decided_by_id is not null',
  );
  return new Set([...rows.flat(), ...people].map((r: { id: string }) => r.id).filter((id) => !except.has(id)));
}

async function barePairs(app: TestApplication, poolId: string): Promise<void> {
  await onConnections(app, range(CLAIMS), async (connection) => {
    await connection.query('start transaction');
    await connection.query(
      "insert into claim (id, request_id, line_id, pool_id, department_id, state, vcpu, memory_mib, storage_gib, storage_tier, created_at, allocated_at, quota_ids) values (?, ?, ?, ?, ?, 'ALLOCATED', 1, 1024, 20, 'SSD', utc_timestamp(3), utc_timestamp(3), '')",
      [newId(), newId(), newId(), poolId, newId()],
    );
    const [result] = await connection.query<mysql.ResultSetHeader>(
      "update capacity_counter set live_amount = live_amount + 1 where kind = 'POOL' and subject_id = ? and meter = 'VCPU' and live_amount + 1 <= limit_amount",
      [poolId],
    );
    if (result.affectedRows !== 1) throw new Error('the pool is full');
    await connection.query('commit');
  });
}

async function onConnections<T>(
  app: TestApplication,
  items: readonly T[],
  act: (connection: mysql.Connection, item: T) => Promise<void>,
): Promise<void> {
  const { socketPath, user, password, database } = app.test.address;
  // As many connections as the service has, so that both press equally hard.
  const connections = await Promise.all(
    range(16).map(() => mysql.createConnection({ socketPath, user, password, database, timezone: 'Z' })),
  );
  for (const connection of connections)
    await connection.query('set session transaction isolation level read committed');
  const left = [...items];
  await Promise.all(
    connections.map(async (connection) => {
      while (left.length > 0) await act(connection, left.shift() as T);
    }),
  );
  await Promise.all(connections.map((c) => c.end()));
}

async function byClients<T, R>(clients: number, items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...items];
  await Promise.all(
    range(clients).map(async () => {
      while (left.length > 0) results.push(await act(left.shift() as T));
    }),
  );
  return results;
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (count * 1000) / (performance.now() - started);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
