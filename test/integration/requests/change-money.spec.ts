import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { accountingYear } from '../../../server/src/kernel/calendar.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const WHOLE = 10_000_000_000n;
const PLENTY = 100_000_000n;
/** Each runs some forty acts on a real database. */
const ORDERS = Number(process.env.JIYUN_SOAK_RUNS ?? 4);
const STEPS_MAX = 24;
const clock = new MovedClock();

let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let desk: ChangeDesk;
/** Of each budget year that a test comes by. */
const wholes = new Map<number, Promise<string>>();
let centerId: string;
let poolId: string;
let offers: Offer[];

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, () => clock.now());
  desk = new ChangeDesk(app, journey);
  const { center, pool } = await journey.openCenter('change-money', 100_000);
  [centerId, poolId] = [center.id, pool.id];
  offers = await desk.offers(
    { vcpu: 4, memoryMib: 4_096 },
    { vcpu: 2, memoryMib: 8_192 },
    { vcpu: 8, memoryMib: 1_024 },
  );
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

async function paying(amount: bigint): Promise<{ project: Project; item: string }> {
  const year = accountingYear(clock.now());
  const whole = wholes.get(year) ?? money.whole(WHOLE);
  wholes.set(year, whole);
  const project = await money.project();
  return { project, item: await money.item(await whole, amount, project) };
}

async function machines(project: Project, count = 1): Promise<string[]> {
  const request = await journey.submitted(journey.content(centerId, count, { projectId: project.id }));
  idOf(await journey.approve(request));
  const ids = ((await desk.life.resources.ofRequests([request]))[0] ?? []).map(({ id }) => id);
  for (const id of ids) await desk.life.observe(id, 'RUNNING');
  return ids;
}

/** What its figures say; they are the sum of its entries and of what is left of its encumbrances. */
const reserved = async (item: string): Promise<bigint> => {
  const { reserved: figure, entries, left } = await money.books(item);
  expect([entries, left]).toEqual([figure, figure]);
  return figure;
};

describe('the budget of a change', () => {
  it('is encumbered with what becomes dearer, from the hold on, and gets it back with it', async () => {
    const { project, item } = await paying(PLENTY);
    const [id = ''] = await machines(project);
    const before = await reserved(item);
    const change = await desk.submitted(desk.content([id], { offerId: offers[0]?.id ?? '' }));
    const held = await reserved(item);
    expect(held).toBeGreaterThan(before);
    idOf(await desk.withdraw(change));
    expect(await reserved(item)).toBe(before);
    await desk.granted(desk.content([id], { offerId: offers[0]?.id ?? '' }));
    await desk.life.observe(id, 'RUNNING');
    expect(await reserved(item)).toBe(held);
  });

  it('is given back what becomes cheaper when that is done, and all of it when the machine goes', async () => {
    const { project, item } = await paying(PLENTY);
    const [id = ''] = await machines(project);
    const before = await reserved(item);
    for (const offer of [...offers, journey.offer]) {
      await desk.granted(desk.content([id], { offerId: offer.id }));
      await desk.life.observe(id, 'RUNNING');
    }
    // As big as it was, and as dear: the same fen, whatever it cost meanwhile.
    expect(await reserved(item)).toBe(before);
    await desk.granted(desk.content([id], { offerId: offers[0]?.id ?? '' }));
    await desk.life.observe(id, 'RUNNING');
    idOf(await desk.life.release(id));
    idOf(await desk.life.purge(id));
    await desk.life.observe(id, 'GONE');
    expect(await reserved(item)).toBe(0n);
  });

  it('refuses a change that it cannot pay, and holds nothing of it', async () => {
    const { project, item } = await paying(PLENTY);
    const [id = ''] = await machines(project);
    const left = PLENTY - (await reserved(item));
    await money.spend(item, left);
    const before = await desk.pool(poolId);
    const change = await desk.sent(desk.content([id], { offerId: offers[0]?.id ?? '' }));
    expect(codesOf(await desk.submit(change))).toEqual(['BUDGET_SHORTAGE']);
    expect(await desk.pool(poolId)).toEqual(before);
  });
});

describe('whatever is done to machines, in whatever order', () => {
  const steps = fc.array(
    fc.record({
      at: fc.nat({ max: 3 }),
      act: fc.constantFrom('ask', 'submit', 'approve', 'see', 'withdraw', 'expire', 'release', 'purge'),
      offer: fc.nat({ max: 3 }),
      gib: fc.nat({ max: 40 }),
    }),
    { minLength: 8, maxLength: STEPS_MAX },
  );

  it('counters are the sums of the claims, a machine’s claim is its size, and budgets the sums of their entries', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (order) => {
        const { project, item } = await paying(PLENTY);
        const empty = await desk.pool(poolId);
        const ids = await machines(project, 4);
        const open = new Map<string, string>();
        const sizes = [journey.offer, ...offers];
        for (const { at, act, offer, gib } of order) {
          const id = ids[at] as string;
          const change = open.get(id);
          const { state, diskGib } = await desk.life.row(id);
          // An act that is refused is no less part of the order: nothing of it may stay.
          if (act === 'ask' && !change) {
            const draft = await desk.draft(desk.content([id], { offerId: sizes[offer]?.id ?? null, diskGib: diskGib + gib }));
            if (draft.ok && (await desk.send(draft.value.id)).ok) open.set(id, draft.value.id);
          }
          if (act === 'submit' && change) await desk.submit(change);
          if (act === 'approve' && change && (await desk.state(change)) === 'UNDER_REVIEW') await journey.approve(change);
          if (act === 'see' && state === 'IN_USE') await desk.life.observe(id, 'RUNNING');
          if (act === 'see' && state === 'RELEASING') await desk.life.observe(id, 'GONE');
          if (act === 'withdraw' && change) await desk.withdraw(change);
          if (act === 'expire') {
            clock.pass(20);
            await desk.deadlines.expireHolds(SYSTEM);
          }
          if (act === 'release') await desk.life.release(id);
          if (act === 'purge') await desk.life.purge(id);
          if (change && (await desk.life.row(id)).openChangeId === null) open.delete(id);
          expect(await desk.imbalances()).toEqual([]);
          await reserved(item);
        }
        for (const id of ids) {
          const change = open.get(id);
          if (change && (await desk.state(change)) !== 'PROVISIONING') await desk.withdraw(change);
          const { state } = await desk.life.row(id);
          if (state === 'IN_USE') {
            await desk.life.observe(id, 'RUNNING');
            idOf(await desk.life.release(id));
          }
          if ((await desk.life.row(id)).state === 'IN_BIN') idOf(await desk.life.purge(id));
          if ((await desk.life.row(id)).state === 'RELEASING') await desk.life.observe(id, 'GONE');
        }
        expect(await desk.pool(poolId)).toEqual(empty);
        expect(await desk.imbalances()).toEqual([]);
      }),
      { numRuns: ORDERS },
    );
  }, 600_000);
});
