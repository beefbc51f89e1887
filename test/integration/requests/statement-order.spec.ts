import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordStatements } from '../../bench/recorded-statements.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { idOf } from '../../support/request-journey.ts';

const AMPLE_FEN = 1_000_000_000_000n;
/** What others wait for: taken last, so that they wait for the shortest time. */
const COUNTERS = /^update (`?budget`?|capacity_counter) /;
const TAKEN_LAST = /^(update|select .* from) (`?budget`?|capacity_counter) |^COMMIT$/s;
/** A network is locked by whoever takes addresses of it. */
const NETWORK = /from `?network`? .*for update|^update `?network`? /is;

let app: TestApplication;
let desk: KindsDesk;
let projectId: string;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  for (const role of ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const)
    await desk.openNetwork(await desk.openSite(role), 100);
  const money = new OwnBudget(app, desk.journey);
  const project = await money.project();
  await money.item(await money.whole(AMPLE_FEN), AMPLE_FEN, project);
  projectId = project.id;
});
afterAll(() => app.close());

/** The statements of the act's own transaction, in the order of their sending. */
async function transactionOf(act: () => Promise<unknown>): Promise<string[]> {
  const sent = (await recordStatements(app.test.db, act)).map(({ sql }) => sql.trim());
  const [begin, end] = [sent.lastIndexOf('START TRANSACTION'), sent.lastIndexOf('COMMIT')];
  expect([begin, end].includes(-1)).toBe(false);
  return sent.slice(begin, end + 1);
}

const everything = () =>
  desk.content(desk.lines({ localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' }).map(withoutModesOfServices));
const withoutModesOfServices = (line: ReturnType<KindsDesk['line']>) =>
  line.kind === 'SERVICE' ? { ...line, localMode: null, remoteMode: null } : line;

describe('the statements of an act on a request of all kinds', () => {
  it('of a hold take the counters last, and no code', async () => {
    const id = await desk.journey.sent({ ...everything(), projectId });
    const sent = await transactionOf(async () => idOf(await desk.journey.submit(id)));
    const first = sent.findIndex((sql) => COUNTERS.test(sql));
    expect(first).toBeGreaterThan(0);
    expect(sent.slice(first).filter((sql) => !TAKEN_LAST.test(sql))).toEqual([]);
    expect(sent.filter((sql) => sql.includes('code_sequence'))).toEqual([]);
    // Networks right before them: everything that is only this request's own was written by then.
    const network = sent.findIndex((sql) => NETWORK.test(sql));
    const audit = sent.findIndex((sql) => /^insert into .*audit_event/s.test(sql));
    expect([audit > 0, network > audit, network < first]).toEqual([true, true, true]);
  });

  it('of a grant take neither a counter nor a code: nothing that another grant waits for', async () => {
    const id = await desk.journey.submitted({ ...everything(), projectId });
    await desk.journey.approveUpToLast(id);
    const sent = await transactionOf(async () => idOf(await desk.journey.approveStep(id)));
    expect(sent.filter((sql) => COUNTERS.test(sql) || sql.includes('code_sequence'))).toEqual([]);
    const [orders] = await app.test.db.query('select count(*) as n from work_order where request_id = ?', [id]);
    expect(Number(orders.n)).toBe(3);
  });

  it('of a withdrawal give the counters back last', async () => {
    const id = await desk.journey.submitted({ ...everything(), projectId });
    const { version } = await desk.journey.row(id);
    const { review, applicant, scope } = desk.journey;
    const sent = await transactionOf(async () =>
      idOf(await review.move(applicant, scope, 'WITHDRAW', desk.journey.wish(id, version))),
    );
    const first = sent.findIndex((sql) => COUNTERS.test(sql));
    expect(first).toBeGreaterThan(0);
    expect(sent.slice(first).filter((sql) => !TAKEN_LAST.test(sql))).toEqual([]);
  });
});
