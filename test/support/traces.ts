import { auditSchemaOf } from '../../server/src/platform/database/data-source.js';
import { inList } from '../../server/src/platform/database/unit-of-work.js';
import type { TestApplication } from './application.ts';

/** What belongs to requests, and in which states it is. */
const BY_STATE = ['claim', 'item_claim', 'resource', 'dr_debt', 'work_order'] as const;

/**
 * Everything that acts on these requests and on their things leave in the database, as plain figures: two of these are
 * equal if and only if nothing happened between them.
 */
export async function tracesOf({ test }: TestApplication, requestIds: readonly string[]) {
  const ask = (sql: string, values: unknown[] = [requestIds]): Promise<Record<string, unknown>[]> =>
    test.db.query(sql, values);
  const things: Record<string, string[]> = {};
  for (const table of BY_STATE) {
    const found = await ask(
      `select state, count(*) as n from ${table} where request_id in (?) group by state order by state`,
    );
    things[table] = found.map(({ state, n }) => `${state} ${n}`);
  }
  const ids = [
    ...requestIds,
    ...(await ask('select id from resource where request_id in (?)')).map(({ id }) => id as string),
    ...(await ask('select id from dr_debt where request_id in (?)')).map(({ id }) => id as string),
  ];
  const one = async (sql: string, values: unknown[] = [requestIds]): Promise<string> =>
    String((await ask(sql, values))[0]?.n ?? '');
  return {
    ...things,
    requests: (
      await ask(
        'select state, version, held_since is not null as held, hold_expires_at is not null as expires from request where id in (?) order by id',
      )
    ).map(({ state, version, held, expires }) => `${state} ${version} ${held} ${expires}`),
    versions: await one('select coalesce(sum(version), 0) as n from resource where request_id in (?)'),
    steps: await one('select count(*) as n from request_step where request_id in (?)'),
    encumbered: await one('select coalesce(sum(left_fen), 0) as n from encumbrance where subject_id in (?)'),
    told: await one('select count(*) as n from notice where subject_id in (?)', [inList(ids)]),
    life: await one('select count(*) as n from resource_event where resource_id in (?)', [inList(ids)]),
    audits: await one(
      `select count(*) as n from \`${auditSchemaOf(test.address.database)}\`.audit_event
       where object_id in (?)`,
      [inList(ids)],
    ),
  };
}
