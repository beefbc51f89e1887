import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toNodeId } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { ExportDesk } from '../support/export-desk.ts';

let desk: ExportDesk;
beforeAll(async () => {
  desk = await ExportDesk.open();
}, 120_000);
afterAll(() => desk.close());

describe('money that is wrong is refused through the API, and nothing is written', () => {
  const tables = ['price_version', 'price_tier', 'closing', 'contract', 'budget'];
  const written = async () =>
    Promise.all(tables.map(async (table) => (await desk.sql(`select count(*) as n from ${table}`))[0].n));
  const refusalOf = async (field: string, type: string, input: object) => {
    const before = await written();
    const answer = await desk.people.finance.ask(
      `mutation M($input: ${type}!) { ${field}(input: $input) { errors { code path ... on InvalidInput { rule } ... on ClosingBlocked { item } } } }`,
      { input: { idempotencyKey: newId(), ...input } },
    );
    expect(await written()).toEqual(before);
    return answer.data?.[field]?.errors ?? answer.errors;
  };
  const itemOf = async (meter: string) => {
    const { priceItems } = await desk.people.finance.data('{ priceItems(first: 100) { nodes { id meter } } }');
    return priceItems.nodes.find((one: { meter: string }) => one.meter === meter).id;
  };
  const price = async (more: object) =>
    refusalOf('addPriceVersion', 'AddPriceVersionInput', {
      ...{ itemId: await itemOf('VCPU'), from: '2198-01-01', unitPrice: '40', reason: '调价' },
      ...more,
    });

  const tiers = (...rows: [from: string, to: string | null, unitPrice?: string][]) =>
    rows.map(([from, to, unitPrice = '1']) => ({ from, to, unitPrice }));

  it.each([
    ['a negative price', { unitPrice: '-1' }, 'unitPrice'],
    ['a price with seven decimals', { unitPrice: '1.0000001' }, 'unitPrice'],
    ['a price that overlaps another', { architecture: 'AMD64' }, 'priceOverlap'],
    ['a gap between tiers', { unitPrice: null, tiers: tiers(['0', '10'], ['11', null]) }, 'tierGap'],
    ['tiers that overlap', { unitPrice: null, tiers: tiers(['0', '10'], ['9', null]) }, 'tierOverlap'],
    ['a tier below nothing', { unitPrice: null, tiers: tiers(['0', '10', '-1'], ['10', null]) }, 'unitPrice'],
    ['tiers beside a price', { tiers: tiers(['0', '10'], ['10', null]) }, 'priceOrTiers'],
  ])('%s', async (_what, more, rule) => {
    expect(await price(more)).toMatchObject([{ code: 'INVALID_INPUT', rule }]);
  });

  it('a gap of prices: a month with a line that has none is not closed', async () => {
    await desk.sql(
      "update rated_line set state = 'UNPRICED', amount_fen = null where month = '2026-11' and department_id = ?",
      [desk.accounts.other.id],
    );
    const refused = await refusalOf('requestClosing', 'RequestClosingInput', { month: '2026-11', explanations: [] });
    expect(refused).toContainEqual(expect.objectContaining({ code: 'CLOSING_BLOCKED', item: 'UNPRICED' }));
  });

  it('a period that is closed', async () => {
    const refused = await refusalOf('requestClosing', 'RequestClosingInput', { month: '2026-09', explanations: [] });
    expect(refused).toMatchObject([{ code: 'PERIOD_CLOSED' }]);
  });

  it('a currency other than CNY, and a price of a contract with seven decimals', async () => {
    const refused = await refusalOf('enterContract', 'EnterContractInput', {
      ...{ supplierId: toNodeId('Supplier', newId()), number: 'HT-X', name: '云平台', kind: 'OTHER', ceiling: '100' },
      ...{ from: '2026-01-01', to: '2027-01-01', currency: 'USD' },
      services: [{ name: 'a', unit: 'b', unitPrice: '0.1234567' }],
    });
    expect(refused.map(({ path }: { path: string[] }) => path[0])).toEqual(
      expect.arrayContaining(['currency', 'services']),
    );
  });

  it('items of a budget whose sum is over their department’s', async () => {
    const { budgets } = await desk.people.finance.data(
      '{ budgets(first: 1, filter: { year: 2026, departmentsOnly: true }) { nodes { id department { id } figures { amount } } } }',
    );
    const [parent] = budgets.nodes;
    const refused = await refusalOf('createBudget', 'CreateBudgetInput', {
      ...{ parentId: parent.id, departmentId: parent.department.id, name: '超额', year: 2026 },
      ...{ amount: (BigInt(parent.figures.amount) + 1n).toString(), budgetCode: 'XM2026999', functionClass: '2010302' },
      ...{ economicClass: '30227', fundNature: 'GENERAL_BUDGET', budgetLevel: 'PROVINCE' },
    });
    expect(refused).toMatchObject([{ code: 'BUDGET_SHORTAGE' }]);
  });
});
