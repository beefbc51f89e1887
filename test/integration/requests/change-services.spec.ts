import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import { ChangeFollowUp } from '../../../server/src/requests/change-follow-up.service.js';
import type { ServiceWish } from '../../../server/src/requests/domain/service-change.js';
import { serviceParts, takeOff } from '../../../server/src/requests/domain/service-change.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import { ServiceQuotations } from '../../../server/src/requests/service-quotations.service.js';
import { ServiceRecord } from '../../../server/src/requests/service-record.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf, type RequestJourney } from '../../support/request-journey.ts';
import { WorkDesk } from '../../support/work-desk.ts';

/** What is on the shelf is known for a second: another definition takes a little longer. */
let ahead = 0;

let app: TestApplication;
let kinds: KindsDesk;
let journey: RequestJourney;
let desk: ChangeDesk;
let work: WorkDesk;
let money: OwnBudget;
let whole: Promise<string> | undefined;

beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + ahead) });
  kinds = await KindsDesk.open(app);
  ({ journey } = kinds);
  desk = new ChangeDesk(app, journey);
  work = await new WorkDesk(app).open();
  money = new OwnBudget(app, journey, () => new Date());
  await kinds.openSite('ACTIVE_A', { vcpu: 100 });
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const lineOf = async (requestId: string) => (await journey.requests.linesOf([requestId]))[0]?.[0]?.id ?? '';
const orderOf = async (requestId: string) => work.orderFor('line_id', await lineOf(requestId));
const carryOut = async (requestId: string) => work.carryOutMade((await orderOf(requestId)).id);

/** A service of two that people have opened; its line. */
async function running(count = 2, projectId?: string): Promise<string> {
  const content = kinds.content([kinds.line('SERVICE', { count })]);
  const request = await journey.submitted(projectId ? { ...content, projectId } : content);
  idOf(await journey.approve(request));
  await carryOut(request);
  return lineOf(request);
}
const to = (lineId: string, wish: Partial<ServiceWish>, more: object = {}) =>
  desk.content([], { service: { lineId, count: null, answers: null, ...wish } }, more);
const giveBack = async (lineId: string) => {
  const [row] = await app.test.db.query(
    'select r.version from request r join request_line l on l.request_id = r.id where l.id = ?',
    [lineId],
  );
  const wish = { lineId, expectedVersion: row.version, reason: '不再使用', idempotencyKey: newId() };
  return get(GivingBackLines).giveBack(journey.applicant, journey.scope, wish);
};
const now = async (lineId: string) => (await get(ServiceQuotations).nowOfLines(journey.scope, [lineId]))[0];

describe('a service that runs', () => {
  it('gets more by an order that says from what to what, and is that when people have done it', async () => {
    const line = await running();
    const change = await desk.granted(to(line, { count: 5, answers: [{ key: 'domain', value: 'www.other.gov.cn' }] }));
    expect((await journey.row(change)).monthlyFen).toBe(3n * 10_000n);
    expect(await now(line)).toMatchObject({ count: 2 });
    expect(await get(ServiceRecord).changesOf([line])).toEqual([[]]);
    const order = await orderOf(change);
    expect(order).toMatchObject({ kind: 'CHANGE', state: 'SUBMITTED' });
    expect(order.instructions).toContain('数量：2 → 5 个');
    expect(order.instructions).toContain('domain：www.example.gov.cn → www.other.gov.cn');
    await carryOut(change);
    expect(await desk.state(change)).toBe('CLOSED');
    expect(await now(line)).toMatchObject({ count: 5, answers: [{ key: 'domain', value: 'www.other.gov.cn' }] });
    // The line stays as it was signed; beside it stands what has been made of it.
    expect(await get(ServiceRecord).changesOf([newId(), line])).toMatchObject([
      [],
      [{ requestId: change, itemCount: 5, answers: [{ key: 'domain', value: 'www.other.gov.cn' }] }],
    ]);
  });

  it('is changed by one request at a time, and not given back meanwhile', async () => {
    const line = await running();
    const drafts = await Promise.all([3, 4, 5, 6].map(async (count) => idOf(await desk.draft(to(line, { count })))));
    const answers = await byClients(4, drafts, async (id) => ({ id, sent: await desk.send(id) }));
    const [first, ...others] = answers.filter(({ sent }) => sent.ok);
    expect([first !== undefined, others.length]).toEqual([true, 0]);
    for (const { sent } of answers.filter((one) => !one.sent.ok)) expect(codesOf(sent)).toEqual(['CHANGE_OPEN']);
    expect(codesOf(await giveBack(line))).toEqual(['CHANGE_OPEN']);
    idOf(await desk.withdraw(first?.id ?? ''));
    idOf(await giveBack(line));
    expect(codesOf(await desk.draft(to(line, { count: 9 })))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('is refused where nothing changes, the answer is wrong, or it is not there', async () => {
    const line = await running();
    expect(await desk.draft(to(line, {}))).toMatchObject({ ok: false, error: [{ rule: 'nothingChanges' }] });
    expect(await desk.draft(to(line, { count: 11 }))).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', path: ['content', 'lines', '0', 'service', 'count'] }],
    });
    expect(await desk.draft(to(line, { answers: [{ key: 'domain', value: 'no domain' }] }))).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', path: ['content', 'lines', '0', 'service', 'answers', 'domain'] }],
    });
    expect(codesOf(await desk.draft(to(newId(), { count: 3 })))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('reserves what is more, gives it back with a rejection, and the newest part first when it becomes less', async () => {
    whole ??= money.whole(10_000_000_000n);
    const project = await money.project();
    const item = await money.item(await whole, 100_000_000n, project);
    const reserved = async () => (await money.books(item)).reserved;
    const line = await running(2, project.id);
    const two = await reserved();
    const withdrawn = await desk.submitted(to(line, { count: 4 }));
    expect(await reserved()).toBe(2n * two);
    idOf(await desk.withdraw(withdrawn));
    expect(await reserved()).toBe(two);
    // What each unit was reserved at is kept, for tiers.
    const [{ unit_prices: kept }] = await app.test.db.query('select unit_prices from request_line where id = ?', [
      line,
    ]);
    expect(JSON.parse(kept)).toEqual([{ count: 2, eachFen: expect.any(String) }]);
    await desk.granted(to(line, { count: 4 })).then(carryOut);
    expect(await reserved()).toBe(2n * two);
    const less = await desk.granted(to(line, { count: 1 }));
    expect(await reserved()).toBe(2n * two);
    const changed = await lineOf(less);
    const answers = await byClients(4, [1, 2, 3, 4], () =>
      get(UnitOfWork).run(async (tx) => {
        const back = await get(ChangeFollowUp).lineDone(tx, changed, 'GD-2026-000001', '集云');
        await get(FollowUpService).moveBudgets(tx, back?.moves ?? []);
        await back?.quotasLast?.();
        return (back?.moves.length ?? 0) > 0;
      }),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await reserved()).toBe(two / 2n);
    idOf(await giveBack(line));
    expect(await reserved()).toBe(0n);
  });
});

describe('a service that is counted against a quota', () => {
  const countedAs = async (meter: 'SERVER' | 'MACHINE' | null) => {
    await app.test.db.query(
      "update service_definition set content = json_set(content, '$.quotaMeter', ?) where service_id = ?",
      [meter, kinds.service.id],
    );
    ahead += 2_000;
  };
  const takenOf = async (meter: string) => {
    const [row] = await app.test.db.query(
      "select live_amount as n from capacity_counter where subject_id = ? and kind = 'QUOTA' and meter = ?",
      [journey.department.id, meter],
    );
    return Number(row?.n ?? 0);
  };
  const taken = () => takenOf('SERVER');

  it('has taken what it has at every moment: the growth with the hold, the rest back when it is done', async () => {
    await countedAs('SERVER');
    const before = await taken();
    const line = await running();
    expect(await taken()).toBe(before + 2);
    const up = await desk.submitted(to(line, { count: 5 }));
    expect(await taken()).toBe(before + 5);
    idOf(await journey.approve(up));
    await carryOut(up);
    expect(await taken()).toBe(before + 5);
    const down = await desk.granted(to(line, { count: 1 }));
    expect(await taken()).toBe(before + 5);
    await carryOut(down);
    expect(await taken()).toBe(before + 1);
    idOf(await giveBack(line));
    expect(await taken()).toBe(before);
  });

  it('keeps what it grew by where its definition is counted against another quota since, newest off first', async () => {
    const both = async () => [await takenOf('SERVER'), await takenOf('MACHINE')];
    await countedAs('SERVER');
    const [servers = 0, machines = 0] = await both();
    const line = await running(2);
    await countedAs('MACHINE');
    await desk.granted(to(line, { count: 5 })).then(carryOut);
    expect(await both()).toEqual([servers + 2, machines + 3]);
    await desk.granted(to(line, { count: 1 })).then(carryOut);
    expect(await both()).toEqual([servers + 1, machines]);
    idOf(await giveBack(line));
    expect(await both()).toEqual([servers, machines]);
  });

  it('goes beyond its quota as a whole where its department pays for that, grows there, and gives back to its item alone', async () => {
    await countedAs('SERVER');
    whole ??= money.whole(10_000_000_000n);
    const project = await money.project({ fundingMode: 'CENTRAL_WITHIN_QUOTA' });
    const item = await money.item(await whole, 100_000_000n, project);
    await get(UnitOfWork).run((tx) =>
      get(QuotasService).open(tx, [
        { level: 'PROJECT', id: project.id, name: project.name, departmentId: project.departmentId },
      ]),
    );
    await app.test.db.query(
      "update capacity_counter set limit_amount = 1 where subject_id = ? and kind = 'QUOTA' and meter = 'SERVER'",
      [project.id],
    );
    const reserved = async () => (await money.books(item)).reserved;
    const before = await taken();
    const beyond = await running(2, project.id);
    const two = await reserved();
    expect([two > 0n, await taken()]).toEqual([true, before]);
    await desk.granted(to(beyond, { count: 4 })).then(carryOut);
    expect([await reserved(), await taken()]).toEqual([2n * two, before]);
    // What the quota covers is finance's, and grows as far as it reaches.
    const covered = await running(1, project.id);
    expect([await reserved(), await taken()]).toEqual([2n * two, before + 1]);
    expect(codesOf(await desk.submit(await desk.sent(to(covered, { count: 3 }))))).toEqual(['QUOTA_SHORTAGE']);
    idOf(await giveBack(beyond));
    expect([await reserved(), await taken()]).toEqual([0n, before + 1]);
  });

  it('gives back what it grew by, also where it was counted against none before', async () => {
    await countedAs(null);
    const before = await taken();
    const line = await running(2);
    expect(await taken()).toBe(before);
    await countedAs('SERVER');
    await desk.granted(to(line, { count: 5 })).then(carryOut);
    expect(await taken()).toBe(before + 3);
    idOf(await giveBack(line));
    expect(await taken()).toBe(before);
  });
});

describe(serviceParts, () => {
  it('is as many as there are, and takes off the newest first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.record({ to: fc.integer({ min: 1, max: 20 }), each: fc.bigInt({ min: 0n, max: 99n }) }), {
          maxLength: 6,
        }),
        (first, steps) => {
          let count = first;
          const changes = steps.map(({ to: next, each }, at) => {
            const from = count;
            count = next;
            return { requestId: `r${at}`, from, to: next, fen: next > from ? each * BigInt(next - from) : 0n };
          });
          const parts = serviceParts([{ requestId: 'made', eachFen: 7n, count: first }], changes);
          expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(count);
          const { left, off } = takeOff(parts, 1);
          expect(off).toEqual([{ ...parts.at(-1), count: 1 }]);
          expect(left.reduce((sum, part) => sum + part.count, 0)).toBe(count - 1);
        },
      ),
    );
  });
});
