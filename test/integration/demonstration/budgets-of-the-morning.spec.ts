import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BudgetAdjustments } from '../../../server/src/budgets/adjustments.service.js';
import { CentralPayers } from '../../../server/src/budgets/central-payers.service.js';
import { DemonstrationBudgets } from '../../../server/src/demonstration/demonstration-budgets.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey);
});
afterAll(() => app.close());

it('finance adds to an item of which nothing is left, once however often its system is named, and to its whole', async () => {
  const whole = await money.whole(1_000n);
  const item = await money.item(whole, 1_000n, await money.project());
  await money.spend(item, 1_000n);
  const systems = app.context.get(SystemsService, { strict: false });
  const budgets = new DemonstrationBudgets(
    money.budgets,
    app.context.get(BudgetAdjustments, { strict: false }),
    app.context.get(CentralPayers, { strict: false }),
    systems,
    { now: () => new Date() },
  );
  await budgets.add(money.finance, [journey.system.id, journey.system.id]);
  const [ofWhole, ofItem] = await money.budgets.budgets([whole, item]);
  expect(ofItem?.amount).toBeGreaterThan(1_000n);
  expect([ofWhole?.amount, ofWhole?.allotted]).toEqual([ofItem?.amount, ofItem?.amount]);
  const entries = await money.budgets.entries(ofItem as NonNullable<typeof ofItem>, { first: 10, after: null });
  expect(entries.rows.filter(({ reason }) => reason?.includes('追加'))).toHaveLength(1);
});
