import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { Acts } from '../../server/src/audit/acts.service.js';
import { AuditSequencer } from '../../server/src/audit/sequencer.js';
import { say } from '../../server/src/kernel/bilingual.js';
import { ok } from '../../server/src/kernel/result.js';
import { auditSchemaOf } from '../../server/src/platform/database/data-source.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { TestApplication } from '../support/application.ts';
import type { Row } from './table.ts';

/** Over several rounds of the sequencer, so that acts fall on every part of its pause. */
const RECORDS = 40;
const LOOK_EVERY_MS = 2;
/** As the sequencer promises: each record has its place within a second. */
const GOAL_MS = 1_000;

/** From the commit of an act to its record's place in the chain, one act after the other. */
export async function benchAuditChain(app: TestApplication): Promise<Row[]> {
  const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
  const sequencer = get(AuditSequencer);
  const owner = await mysql.createConnection({ ...app.test.owner, timezone: 'Z' });
  const schema = auditSchemaOf(app.test.owner.database);
  const unchained = async (): Promise<number> => {
    const [rows] = await owner.query<mysql.RowDataPacket[]>(
      `select count(*) as n from \`${schema}\`.audit_event e
       where not exists (select 1 from \`${schema}\`.audit_chain c where c.audit_id = e.id)`,
    );
    return Number(rows[0]?.n);
  };
  const actor = { userId: null, name: '系统', departmentId: null, address: null, traceId: newId() };
  const delays: number[] = [];
  sequencer.start();
  try {
    for (let n = 0; n < RECORDS; n += 1) {
      await get(Acts).perform({ name: 'bench.add', actor, input: null }, async () =>
        ok({
          value: null,
          audit: { objectType: 'Counter', objectId: `c-${n}`, departmentId: null, summary: say('加一', 'Added one') },
        }),
      );
      const committed = performance.now();
      while ((await unchained()) > 0) await sleep(LOOK_EVERY_MS);
      delays.push(performance.now() - committed);
    }
  } finally {
    await sequencer.stop();
    await owner.end();
  }
  return [
    {
      what: `an audit record until it is chained, worst of ${RECORDS}`,
      value: Math.max(...delays),
      unit: ' ms',
      goal: { atMost: GOAL_MS },
    },
  ];
}
