import { toRow } from '../../server/src/accounting/accounting.repository.js';
import { ClosedVerification } from '../../server/src/accounting/closed-verification.service.js';
import { ClosingFacts } from '../../server/src/accounting/closing-facts.service.js';
import { ClosingsService } from '../../server/src/accounting/closings.service.js';
import { PROVINCE_BOOK } from '../../server/src/accounting/domain/closing.js';
import { checklistOf } from '../../server/src/accounting/domain/closing-checklist.js';
import { Freezer } from '../../server/src/accounting/freezer.service.js';
import { ProrationRules } from '../../server/src/accounting/proration-rules.service.js';
import { RatingService } from '../../server/src/accounting/rating.service.js';
import { parseUnitPrice } from '../../server/src/kernel/money.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { MeteringService } from '../../server/src/metering/metering.service.js';
import { bulkInsert } from '../../server/src/platform/database/bulk-insert.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { type TestApplication, viewerWith } from '../support/application.ts';
import type { Row } from './table.ts';

/** A province's month; JIYUN_BENCH_RESOURCES asks for another. */
const RESOURCES = Number(process.env.JIYUN_BENCH_RESOURCES ?? 100_000);
const DEPARTMENTS = 120;
const METERS = ['VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD', 'ADDRESS'] as const;
const MONTH = '2026-03';
const RESOURCES_PER_INSERT = 2_000;
const GOAL_S = 30;

/**
 * The close of a month of 100,000 resources with five meters: what the approver waits for (figures compared, lines copied to
 * where nobody changes them, every statement and the document hashed), by the service's own way; and verifying it again.
 */
export async function benchClosing(app: TestApplication): Promise<Row[]> {
  const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
  const work = get(UnitOfWork);
  await app.test.db.query('delete from proration_rule');
  await work.run((tx) =>
    get(ProrationRules).add(tx, { from: MONTH, rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '' }),
  );
  await fill(work);
  const books = await get(RatingService).books();
  await work.run(async (tx) => {
    for (const { name } of get(MeteringService).sources) {
      const now = tx.now;
      await get(MeteringService).keepPass(tx, name, { afterId: '', beganAt: now, endedAt: now, lastWholeAt: now });
      await get(RatingService).keepBasis(tx, name, books);
    }
  });
  const [asks, approves] = [viewerWith(['FINANCE'], null), viewerWith(['FINANCE'], null)];
  const closings = get(ClosingsService);
  let id = '';
  const asking = await seconds(async () => {
    const checks = checklistOf(await get(ClosingFacts).of(PROVINCE_BOOK, MONTH));
    const explanations = checks
      .filter(({ result }) => result === 'EXPLAIN')
      .map(({ item }) => ({ item, text: '已核实' }));
    const asked = await closings.request(asks, WHOLE_PROVINCE, {
      ...{ month: MONTH, book: PROVINCE_BOOK, explanations, idempotencyKey: newId() },
    });
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    id = asked.value.id;
  });
  const closing = await seconds(async () => {
    const wish = { id, expectedVersion: 1, idempotencyKey: newId() };
    const approved = await closings.decide(approves, WHOLE_PROVINCE, 'APPROVE', wish);
    if (!approved.ok) throw new Error(JSON.stringify(approved.error));
    await get(Freezer).run(approves);
  });
  const closed = await closings.byId(WHOLE_PROVINCE, id);
  if (closed?.state !== 'CLOSED') throw new Error(`the close is ${closed?.state}`);
  const verifying = await seconds(async () => {
    const verified = await get(ClosedVerification).document(id);
    if (verified?.findings.length !== 0) throw new Error('what was closed is not what was hashed');
  });
  const lines = closed.lineCount;
  return [
    { what: `the checklist and the request of a close (${lines} lines)`, value: asking, unit: ' s' },
    {
      what: `a close approved and sealed (${lines} lines, ${DEPARTMENTS} departments)`,
      value: closing,
      unit: ' s',
      goal: { atMost: GOAL_S },
    },
    { what: 'lines sealed', value: lines / closing, unit: '/s' },
    { what: 'every hash of it computed again', value: verifying, unit: ' s' },
  ];
}

/** Lines as rating leaves them: one a meter and resource. */
async function fill(work: UnitOfWork): Promise<void> {
  const departments = Array.from({ length: DEPARTMENTS }, () => newId());
  const version = { id: newId(), price: parseUnitPrice('31.5') };
  const columns = Object.keys(toRow(lineOf(newId(), departments[0] as string, 'VCPU', version))) as (keyof ReturnType<
    typeof toRow
  >)[];
  for (let at = 0; at < RESOURCES; at += RESOURCES_PER_INSERT)
    await work.run(async (tx) => {
      const rows = Array.from({ length: Math.min(RESOURCES_PER_INSERT, RESOURCES - at) }, (_, one) => {
        const [id, department] = [newId(), departments[(at + one) % DEPARTMENTS] as string];
        return METERS.map((meter) => toRow(lineOf(id, department, meter, version)));
      }).flat();
      await bulkInsert(tx, 'rated_line', columns, rows);
    });
}

function lineOf(id: string, departmentId: string, meter: string, version: { id: string; price: bigint }) {
  const [from, to] = [new Date('2026-03-01T16:00:00.000Z').getTime(), new Date('2026-03-29T16:00:00.000Z').getTime()];
  return {
    ...{ month: MONTH, resourceId: id, subjectId: id, kind: 'MACHINE' as const, meter, departmentId },
    ...{ systemId: null, projectId: null, centerId: null, architecture: 'ARM64' as const, share: 'MAIN' as const },
    ...{ from, to, intervalFrom: from, tier: 0, quantity: 4n, period: 'MONTH' as const },
    ...{
      portion: { numerator: 28n, denominator: 31n },
      minimum: false,
      state: 'RATED' as const,
      version,
      amount: 11_381n,
    },
  };
}

async function seconds(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1_000;
}
