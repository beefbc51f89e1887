import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from '../../../server/src/facilities/domain/facility.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SubmissionService } from '../../../server/src/requests/submission.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import type { Moment, Place } from '../../support/dying-line.ts';
import { DyingProcess } from '../../support/dying-process.ts';
import { RequestJourney } from '../../support/request-journey.ts';
import { SOAKS } from '../../support/soak.ts';

const MACHINES = 3;
/** Of a submit that loads, decides and writes; far more would mean that it no longer ends. */
const STATEMENTS_MAX = 200;

let app: TestApplication;
let journey: RequestJourney;
let dying: DyingProcess;
let centerId: string;
let pool: Pool;

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  const opened = await journey.openCenter('crash', 100_000);
  [centerId, pool] = [opened.center.id, opened.pool];
  dying = await DyingProcess.beside(app);
});
afterAll(async () => {
  await dying?.close();
  await app?.close();
});

/**
 * A death after a statement is the death before the next one: what was open is rolled back by both. Only after the last,
 * which is the commit, it is another. `npm run soak` dies after each nevertheless.
 */
const placesOf = (moment: Moment): Iterable<Place> =>
  moment === 'AFTER' && !SOAKS
    ? [{ commit: 1 }, STATEMENTS_MAX]
    : Array.from({ length: STATEMENTS_MAX }, (_, n) => n + 1);

describe('a process that dies in the middle of a submit', () => {
  it.each<Moment>(['BEFORE', 'AFTER'])(
    '%s any statement: all is there or nothing, and the key tells which',
    async (moment) => {
      const ends = { nothing: 0, all: 0 };
      let hasEnded = false;
      for (const statement of placesOf(moment)) {
        const id = await journey.sent(journey.content(centerId, MACHINES));
        const before = await journey.liveOf(pool.id);
        const key = newId();
        if (!(await dying.dieAt(statement, moment, () => press(id, key)))) {
          // It came to its end without getting that far: every statement had its turn.
          expect((await journey.row(id)).state).toBe('UNDER_REVIEW');
          hasEnded = true;
          break;
        }
        const [row, live] = await Promise.all([journey.row(id), journey.liveOf(pool.id)]);
        const taken = row.state === 'UNDER_REVIEW' ? MACHINES : 0;
        expect([statement, row.state, live]).toEqual([
          statement,
          taken > 0 ? 'UNDER_REVIEW' : 'AWAITING_SIGN_OFF',
          { counter: before.counter + taken, claims: before.claims + taken },
        ]);
        ends[taken > 0 ? 'all' : 'nothing'] += 1;
        // The same press at the process that took over: it is done now, and was done once.
        expect(await journey.submit(id, 2, key)).toMatchObject({ ok: true, value: { id } });
        expect(await journey.liveOf(pool.id)).toEqual({
          counter: before.counter + MACHINES,
          claims: before.claims + MACHINES,
        });
        expect(await rowsOf(id)).toEqual({ steps: 1, audits: 1 });
      }
      expect(hasEnded).toBe(true);
      // Death before the commit leaves nothing; only death right after it leaves all.
      if (moment === 'BEFORE' || SOAKS) expect(ends.nothing).toBeGreaterThan(10);
      expect(ends.all).toBe(moment === 'AFTER' ? 1 : 0);
    },
  );
});

function press(id: string, idempotencyKey: string) {
  return dying.get(SubmissionService).submit(journey.head, journey.scope, { ...journey.wish(id, 2), idempotencyKey });
}

async function rowsOf(id: string): Promise<{ steps: number; audits: number }> {
  const [steps] = await app.test.db.query(
    "select count(*) as n from request_step where request_id = ? and action = 'SUBMIT'",
    [id],
  );
  const [audits] = await app.test.db.query(
    `select count(*) as n from \`${auditSchemaOf(app.test.address.database)}\`.audit_event where object_id = ? and action = 'request.submit'`,
    [id],
  );
  return { steps: Number(steps.n), audits: Number(audits.n) };
}
