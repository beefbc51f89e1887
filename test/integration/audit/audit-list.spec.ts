import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditRepository } from '../../../server/src/audit/audit.repository.js';
import { AuditService } from '../../../server/src/audit/audit.service.js';
import type { AuditEntry } from '../../../server/src/audit/audit.types.js';
import { IdempotencyRepository } from '../../../server/src/audit/idempotency.repository.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import { ok } from '../../../server/src/kernel/result.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { actsOn } from '../../support/acts.js';
import { countStatements } from '../../support/count-statements.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.js';

const [finance, police] = [newId(), newId()];
const EVENTS = 25;

let database: TestDatabase;
let audit: AuditService;

beforeAll(async () => {
  database = await openTestDatabase();
  audit = new AuditService(new AuditRepository(database.db), new IdempotencyRepository(database.db));
  const acts = actsOn(database.db);
  for (let n = 0; n < EVENTS; n += 1) {
    const departmentId = n % 5 === 0 ? police : finance;
    const actor = {
      userId: newId(),
      name: n % 2 === 0 ? '张三' : '李四',
      departmentId,
      address: null,
      traceId: `t-${n}`,
    };
    const fact = {
      objectType: n % 3 === 0 ? 'Request' : 'Resource',
      objectId: `o-${n}`,
      departmentId,
      summary: say('动', 'act'),
    };
    await acts.perform({ name: n % 4 === 0 ? 'request.submit' : 'resource.release', actor, input: n }, async () =>
      ok({ value: null, audit: fact }),
    );
  }
});

afterAll(() => database.close());

async function all(scope: TenantScope, filter = {}, first = 100): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (let after: string[] | null = null; ; ) {
    const page = await audit.list(scope, filter, { first, after });
    found.push(...page.rows);
    const last = page.rows.at(-1);
    if (!page.hasNextPage || !last) {
      expect(found).toHaveLength(page.totalCount);
      return found;
    }
    after = [last.occurredAt.toISOString(), last.id];
  }
}

describe('AuditService.list', () => {
  it.each([1, 7, 25, 100])('gives every row once, newest first, in pages of %d', async (first) => {
    const rows = await all(WHOLE_PROVINCE, {}, first);
    expect(new Set(rows.map((row) => row.id)).size).toBe(EVENTS);
    const keys = rows.map((row) => `${row.occurredAt.toISOString()} ${row.id}`);
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? 1 : -1)));
  });

  it('narrows by act, actor and kind of object', async () => {
    expect(await all(WHOLE_PROVINCE, { action: 'request.submit' })).toHaveLength(7);
    expect(await all(WHOLE_PROVINCE, { actorName: '李四' })).toHaveLength(12);
    expect(await all(WHOLE_PROVINCE, { objectType: 'Request', actorName: '张三' }, 2)).toHaveLength(5);
    expect(await all(WHOLE_PROVINCE, { action: "' or 1=1 --" })).toEqual([]);
  });

  it('stays within the scope', async () => {
    const rows = await all({ kind: 'DEPARTMENTS', departmentIds: [police] });
    expect(rows).toHaveLength(5);
    expect(await all({ kind: 'DEPARTMENTS', departmentIds: [] })).toEqual([]);
    const foreign = (await all({ kind: 'DEPARTMENTS', departmentIds: [finance] }))[0] as AuditEntry;
    expect(await audit.entry({ kind: 'DEPARTMENTS', departmentIds: [police] }, foreign.id)).toBeNull();
    expect(await audit.entry(WHOLE_PROVINCE, foreign.id)).toEqual(foreign);
  });

  it('takes two statements, whatever the size of the page', async () => {
    for (const first of [1, 100]) {
      const { statements } = await countStatements(database.db, () =>
        audit.list(WHOLE_PROVINCE, {}, { first, after: null }),
      );
      expect(statements).toBe(2);
    }
  });

  it('shows the place in the chain once there is one', async () => {
    const [row] = await all(WHOLE_PROVINCE);
    expect(row?.sequence).toBeNull();
    await database.db.query(
      `insert into \`${auditSchemaOf(database.address.database)}\`.audit_chain (seq, audit_id, prev_hash, hash) values (1, ?, '', '')`,
      [row?.id],
    );
    expect((await audit.entry(WHOLE_PROVINCE, row?.id ?? ''))?.sequence).toBe(1);
  });
});
