import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ItemRecord } from '../../../server/src/allocation/item-record.service.js';
import { availableOf } from '../../../server/src/budgets/domain/budget.js';
import { ClosedMonths } from '../../../server/src/budgetyears/closed-months.service.js';
import { Forecasts } from '../../../server/src/budgetyears/forecasts.service.js';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { QuotaMeter } from '../../../server/src/kernel/refusal.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { costOfDays } from '../../../server/src/pricing/domain/cost-of-days.js';
import { QuotaLimitsService } from '../../../server/src/quotas/quota-limits.service.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import { BeyondQuotaUses } from '../../../server/src/requests/beyond-quota-uses.service.js';
import { EncumberingService } from '../../../server/src/requests/encumbering.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { HoldingService } from '../../../server/src/requests/holding.service.js';
import { toBudgetFit } from '../../../server/src/requests/request-funding.graphql.js';
import { RequestsRepository } from '../../../server/src/requests/requests.repository.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChainDesk, MovedClock } from '../../support/chain-desk.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';
import { MadeUpBook, YearDesk } from '../../support/year-desk.ts';

const AMPLE = 10_000_000_000n;
const CLIENTS = 64;
const clock = new MovedClock();
const bigData = department({ name: '省大数据中心' });

let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let desk: ChainDesk;
let changes: ChangeDesk;
let center: string;
let big: Offer;
/** What one machine of the journey costs from today to the year's end. */
let unit: bigint;
let wholeOfCenter: string;
let wholeOfOwn: string;

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, () => clock.now());
  desk = new ChainDesk(app, journey);
  changes = new ChangeDesk(app, journey);
  await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [bigData]));
  [big] = (await changes.offers({ vcpu: 64, memoryMib: 65_536 })) as [Offer];
  center = (await journey.openCenter('beyond', 100_000)).center.id;
  const row = await journey.row(await journey.draft(journey.content(center)));
  unit = costOfDays(row.monthlyFen ?? 0n, '2026-11-30', '2027-01-01');
  wholeOfCenter = await money.whole(AMPLE, 'PROVINCE', 2026, bigData.id);
  wholeOfOwn = await money.whole(AMPLE);
});
afterEach(async () => expect(await changes.imbalances()).toEqual([]));
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

/** A project whose quota covers so many machines, with what finance and its department have for it. */
async function paidTwice(
  covered: number,
  { central, own }: { readonly central: bigint; readonly own: bigint | null },
  meter: QuotaMeter = 'MACHINE',
): Promise<{ project: Project; central: string; own: string }> {
  const project = await money.project({ fundingMode: 'CENTRAL_WITHIN_QUOTA' });
  const named = await money.item(wholeOfCenter, central, null, { departmentId: bigData.id });
  await money.nameCentral(named);
  await limit(project, { [meter]: covered });
  return { project, central: named, own: own === null ? '' : await money.item(wholeOfOwn, own, project) };
}

async function limit(project: Project, limits: { readonly [M in QuotaMeter]?: number }): Promise<void> {
  const [figures] = await get(QuotasService).figures([project.id]);
  idOf(
    await get(QuotaLimitsService).setLimits(viewerWith(['CAPACITY_ALLOCATOR'], null), WHOLE_PROVINCE, {
      subjectId: project.id,
      limits,
      expectedVersion: figures?.version ?? 0,
      idempotencyKey: newId(),
    }),
  );
}

const live = async (project: Project): Promise<number | undefined> =>
  (await get(QuotasService).figures([project.id]))[0]?.meters.MACHINE?.live;
const reserved = async (item: string) => {
  const { reserved: figure, entries, left } = await money.books(item);
  expect([entries, left]).toEqual([figure, figure]);
  return figure;
};
const content = (project: Project, count: number) => journey.content(center, count, { projectId: project.id });
const held = async (project: Project, count: number): Promise<string> => {
  const id = await journey.sent(content(project, count));
  idOf(await journey.submit(id));
  return id;
};
async function machinesOf(request: string) {
  const [machines = []] = await get(ResourcesService).ofRequests([request]);
  const beyond = await get(BeyondQuotaUses).among(machines.map(({ id }) => id));
  return { covered: machines.filter(({ id }) => !beyond.has(id)), own: machines.filter(({ id }) => beyond.has(id)) };
}

describe('定额内统付超出自付', () => {
  it('divides a request at its hold: what the quota covers is finance’s, the rest its department’s, as preview says', async () => {
    const { project, central, own } = await paidTwice(3, { central: 3n * unit, own: 5n * unit });
    const preview = await journey.submission.preview(journey.scope, content(project, 5), null);
    if (!preview.ok) throw new Error('not quoted');
    expect(preview.value.quotas.shortages).toEqual([]);
    expect(preview.value.budget).toMatchObject({
      ...{ fundingMode: 'CENTRAL_WITHIN_QUOTA', asked: 3n * unit, fits: true },
      beyond: { asked: 2n * unit, available: 5n * unit, fits: true },
    });
    const shown = toBudgetFit(preview.value.budget, journey.scope);
    expect([shown.available, shown.beyond?.asked, shown.beyond?.beyond]).toEqual([null, 2n * unit, null]);
    const id = await held(project, 5);
    expect([await reserved(central), await reserved(own), await live(project)]).toEqual([3n * unit, 2n * unit, 3]);
    const [encumbrances = []] = await get(EncumberingService).ofRequests([id]);
    expect(encumbrances.map(({ budgetId, amount, beyondQuota }) => [budgetId, amount, beyondQuota])).toEqual([
      [central, 3n * unit, false],
      [own, 2n * unit, true],
    ]);
    const [line] = await get(RequestsRepository).lines(id);
    expect(await get(BeyondQuotaUses).countsOfLines([line?.id ?? ''])).toEqual([2]);
    // Asked again its own counts as free, and is divided the same.
    const again = await journey.submission.preview(journey.scope, content(project, 5), id);
    expect(again).toMatchObject({
      value: { budget: { asked: 3n * unit, beyond: { asked: 2n * unit, own: 2n * unit } } },
    });
    idOf(await journey.approve(id));
    expect([await reserved(central), await reserved(own), await live(project)]).toEqual([3n * unit, 2n * unit, 3]);
    const { covered, own: ofOwn } = await machinesOf(id);
    expect([covered.length, ofOwn.length]).toEqual([3, 2]);
  });

  it('needs the department’s item only where something goes beyond, and says which of both is too small', async () => {
    const none = await paidTwice(2, { central: 9n * unit, own: null });
    await held(none.project, 2);
    expect(codesOf(await journey.submit(await journey.sent(content(none.project, 1))))).toEqual([
      'BUDGET_ITEM_MISSING',
    ]);
    const poor = await paidTwice(1, { central: 9n * unit, own: unit });
    expect(await journey.submit(await journey.sent(content(poor.project, 3)))).toMatchObject({
      error: [{ code: 'BUDGET_SHORTAGE', budgetId: poor.own, shortFen: unit.toString() }],
    });
    const bare = await paidTwice(3, { central: unit, own: 9n * unit });
    expect(await journey.submit(await journey.sent(content(bare.project, 4)))).toMatchObject({
      error: [{ code: 'NOT_PERMITTED', reason: 'BUDGET_SHORT' }],
    });
    for (const item of [poor.central, poor.own, bare.central, bare.own]) expect(await reserved(item)).toBe(0n);
    expect([await live(poor.project), await live(bare.project)]).toEqual([0, 0]);
  });

  it('is never inside an approved plan: what nobody has agreed on takes no short chain', async () => {
    const { project } = await paidTwice(1, { central: 9n * unit, own: 9n * unit });
    const quotation = await journey.submission.preview(journey.scope, content(project, 2), null);
    if (!quotation.ok) throw new Error('not quoted');
    expect(await get(HoldingService).isInsidePlan(quotation.value.quotation, newId())).toBe(false);
  });

  it.each(['WITHDRAW', 'REJECT'] as const)('gives both books and the quota back once: %s', async (how) => {
    const { project, central, own } = await paidTwice(1, { central: 9n * unit, own: 9n * unit });
    const id = await held(project, 3);
    await desk.move(how === 'REJECT' ? journey.acceptance : journey.applicant, id, how);
    expect([await reserved(central), await reserved(own), await live(project)]).toEqual([0n, 0n, 0]);
  });

  it('gives what each machine had reserved back to its own payer, to the fen', async () => {
    const { project, central, own } = await paidTwice(2, { central: 9n * unit, own: 9n * unit });
    const id = await held(project, 4);
    idOf(await journey.approve(id));
    const gone = async ({
      id: machine,
      requestId,
      monthlyFen,
    }: {
      id: string;
      requestId: string;
      monthlyFen: bigint;
    }) => {
      const followUp = get(FollowUpService);
      await get(UnitOfWork).run(async (tx) =>
        followUp.moveBudgets(tx, await followUp.resourceReleased(tx, { id: machine, requestId, monthlyFen })),
      );
    };
    const machines = await machinesOf(id);
    const figures = async () => [await reserved(central), await reserved(own)];
    const [first, second] = machines.own as [(typeof machines.own)[number], (typeof machines.own)[number]];
    await gone(first);
    expect(await figures()).toEqual([2n * unit, unit]);
    await gone(machines.covered[0] as typeof first);
    expect(await figures()).toEqual([unit, unit]);
    await gone(second);
    await gone(second);
    expect(await figures()).toEqual([unit, 0n]);
    await gone(machines.covered[1] as typeof first);
    expect(await figures()).toEqual([0n, 0n]);
  });

  it('spends a closed month of each machine of the item that reserved it', async () => {
    const { project, central, own } = await paidTwice(1, { central: 9n * unit, own: 9n * unit });
    const id = await held(project, 2);
    idOf(await journey.approve(id));
    const { covered, own: beyond } = await machinesOf(id);
    const months = get(ClosedMonths);
    const book = new MadeUpBook();
    Object.assign(months, { book });
    const year = new YearDesk(app, journey);
    for (const machine of [...covered, ...beyond]) await year.run(project, { resourceId: machine.id, requestId: id });
    book.close(
      '2026-11',
      [...covered, ...beyond].map(({ id: resourceId }, at) => ({
        ...{ resourceId, departmentId: journey.department.id, projectId: project.id, amount: at === 0 ? 3_00n : 2_00n },
      })),
    );
    await months.run();
    const figures = async (item: string) => {
      const row = await money.budgets.budget(WHOLE_PROVINCE, item);
      return [await reserved(item), row?.spent];
    };
    expect([await figures(central), await figures(own)]).toEqual([
      [unit - 3_00n, 3_00n],
      [unit - 2_00n, 2_00n],
    ]);
    // What finance pays as a whole from now on is all forecast of its item, what went beyond before with it.
    const running = async () => {
      const item = await money.budgets.budget(WHOLE_PROVINCE, central);
      return (item && (await get(Forecasts).of(item)))?.running ?? 0n;
    };
    const within = await running();
    expect(within > 0n).toBe(true);
    await app.test.db.query("update project set funding_mode = 'CENTRAL' where id = ?", [project.id]);
    // Both are summed before they are rounded: a fen beside twice the one.
    const both = await running();
    expect([2n * within - 1n, 2n * within, 2n * within + 1n]).toContain(both);
  });

  it('knows a service by what it was given, and not by a hold that was given up', async () => {
    const [requestId, lineId] = [newId(), newId()];
    const record = get(ItemRecord);
    const departmentId = journey.department.id;
    const service = { kind: 'SERVICE', subjectId: lineId, share: 'MAIN', centerId: null } as const;
    const item = { ...service, requestId, lineId, departmentId };
    const isBeyond = async () => get(BeyondQuotaUses).areBeyond([lineId]);
    const giveUp = () =>
      get(UnitOfWork).run(async (tx) => {
        const live = await record.of(requestId, ['HELD', 'ALLOCATED'], tx);
        await record.markReleased(
          tx,
          live.map(({ id }) => id),
        );
      });
    await get(UnitOfWork).run((tx) => record.insertHolds(tx, [{ ...item, beyondQuota: true }]));
    expect(await isBeyond()).toEqual([true]);
    // Sent in again once the quota covers it.
    await giveUp();
    await get(UnitOfWork).run((tx) => record.insertHolds(tx, [item]));
    await get(UnitOfWork).run((tx) => record.markAllocated(tx, requestId));
    expect(await isBeyond()).toEqual([false]);
    // Of one that was given beyond the quotas it is known after its end, too: its last month is still to be spent.
    await giveUp();
    await get(UnitOfWork).run((tx) => record.insertHolds(tx, [{ ...item, beyondQuota: true }]));
    await get(UnitOfWork).run((tx) => record.markAllocated(tx, requestId));
    await giveUp();
    expect(await isBeyond()).toEqual([true]);
  });

  it('changes within a payer: a covered machine grows as far as its quota, one beyond of its department’s item', async () => {
    const { project, central, own } = await paidTwice(1, { central: AMPLE / 10n, own: AMPLE / 10n });
    const id = await held(project, 2);
    idOf(await journey.approve(id));
    const { covered, own: beyond } = await machinesOf(id);
    for (const { id: machine } of [...covered, ...beyond]) await changes.life.observe(machine, 'RUNNING');
    const [now] = covered as [(typeof covered)[number]];
    await limit(project, { VCPU: now.vcpu });
    const asked = async (machine: string) =>
      changes.submit(await changes.sent(changes.content([machine], { offerId: big.id })));
    const before = [await reserved(central), await reserved(own)];
    expect(codesOf(await asked(now.id))).toEqual(['QUOTA_SHORTAGE']);
    idOf(await asked((beyond[0] as typeof now).id));
    expect(await reserved(central)).toBe(before[0]);
    expect((await reserved(own)) > (before[1] ?? 0n)).toBe(true);
  });
});

describe('so many at once', () => {
  it(`${CLIENTS} clients on both books: each holds exactly what it has, nothing is paid twice or by nobody`, async () => {
    const [covered, ofOwn] = [10, 20];
    const { project, central, own } = await paidTwice(covered, {
      central: BigInt(covered) * unit + unit - 1n,
      own: BigInt(ofOwn) * unit + unit - 1n,
    });
    const sent = await byClients(
      8,
      Array.from({ length: CLIENTS }, (_, at) => at),
      () => journey.sent(content(project, 1)),
    );
    const results = await byClients(CLIENTS, sent, (id) => journey.submit(id));
    const refused = results.filter(({ ok }) => !ok).map(codesOf);
    expect(refused).toEqual(Array.from({ length: CLIENTS - covered - ofOwn }, () => ['BUDGET_SHORTAGE']));
    expect([await reserved(central), await reserved(own), await live(project)]).toEqual([
      BigInt(covered) * unit,
      BigInt(ofOwn) * unit,
      covered,
    ]);
    for (const id of [central, own, wholeOfCenter, wholeOfOwn]) {
      const row = await money.budgets.budget(WHOLE_PROVINCE, id);
      expect(row && availableOf(row) >= 0n).toBe(true);
    }
  });
});
