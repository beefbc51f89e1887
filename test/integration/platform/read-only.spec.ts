import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { AuditSequencer } from '../../../server/src/audit/sequencer.js';
import { entities } from '../../../server/src/entities.js';
import { IdentityService } from '../../../server/src/identity/identity.service.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import { systemClock } from '../../../server/src/kernel/clock.js';
import { ok } from '../../../server/src/kernel/result.js';
import { auditSchemaOf, openDataSource } from '../../../server/src/platform/database/data-source.js';
import {
  DatabaseQuorum,
  DatabaseReadOnly,
  type QuorumState,
} from '../../../server/src/platform/database/quorum/database-quorum.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openApplicationOn, type TestApplication } from '../../support/application.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const SINCE = new Date('2026-11-30T08:00:00.000Z');

class Minority extends DatabaseQuorum {
  state(): QuorumState {
    return { mode: 'READ_ONLY', reason: 'MINORITY', since: SINCE, epoch: 0, nodes: [] };
  }
  async writable(): Promise<void> {
    throw new DatabaseReadOnly('MINORITY', SINCE);
  }
  nodeWent(): boolean {
    return false;
  }
  async close(): Promise<void> {}
}

let test: TestDatabase;
let db: DataSource;
let console: Pick<TestApplication, 'context' | 'close'>;

/** The whole console over an account that can only read, as it starts in a minority. */
beforeAll(async () => {
  test = await openTestDatabase(entities);
  const reader = { ...test.address, user: 'jiyun_reader', password: 'reads-only' };
  const owner = await mysql.createConnection({ ...test.owner, database: test.owner.database });
  await owner.query('create or replace user jiyun_reader@localhost identified by ?', [reader.password]);
  for (const schema of [test.address.database, auditSchemaOf(test.address.database)])
    await owner.query(`grant select on \`${schema}\`.* to jiyun_reader@localhost`);
  await owner.end();
  db = await openDataSource(reader, entities);
  console = await openApplicationOn(db, systemClock, [], new Minority());
});

afterAll(async () => {
  await console?.close();
  if (db?.isInitialized) await db.destroy();
  await test?.close();
});

describe('a console in a minority', () => {
  it('starts, for nothing that starts writes', () => {
    expect(console.context.get(IdentityService, { strict: false })).toBeDefined();
  });

  it('refuses an act with what to do, and has begun none of it', async () => {
    let begun = 0;
    const actor = { userId: null, name: '甲', departmentId: null, address: null, traceId: 't' };
    const outcome = await console.context
      .get(Acts, { strict: false })
      .perform({ name: 'test.act', actor, idempotencyKey: 'k-1', input: {} }, async () => {
        begun += 1;
        return ok({
          value: null,
          audit: { objectType: 'T', objectId: '1', departmentId: null, summary: say('测', 'Tested') },
        });
      });
    expect(outcome).toMatchObject({
      ok: false,
      error: [{ code: 'DATABASE_READ_ONLY', since: SINCE.toISOString(), outcomeUnknown: false, path: [] }],
    });
    expect(begun).toBe(0);
  });

  it('lets nobody sign in, and says so instead of "wrong password"', async () => {
    const identity = console.context.get(IdentityService, { strict: false });
    const origin = { address: null, traceId: 't' };
    await expect(identity.signIn({ username: 'anybody', password: 'x' }, origin, undefined)).rejects.toBeInstanceOf(
      DatabaseReadOnly,
    );
  });

  it('works on nothing, and a round of work says so to nobody', async () => {
    await expect(console.context.get(UnitOfWork, { strict: false }).run(async () => 1)).rejects.toBeInstanceOf(
      DatabaseReadOnly,
    );
    await db.query('set session transaction read only').catch(() => undefined);
    await expect(console.context.get(AuditSequencer, { strict: false }).oldestUnsequencedSeconds()).resolves.toBe(0);
  });
});
