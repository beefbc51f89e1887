import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

/** Budgets are used by what was asked for. */
const PAST = { machines: 1_200, months: 24 };

let console_: TestConsole;
let finance: ConsoleClient;
let head: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole({ machines: PAST.machines });
  await console_.application.get(HistoryLoader, { strict: false }).load(PAST);
  [finance, head] = await Promise.all([console_.signIn('finance'), console_.signIn('head')]);
}, 120_000);
afterAll(() => console_.close());

const LIST = `query B($first: Int!, $filter: BudgetFilter) {
  budgets(first: $first, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id key name grain overrun version figures { amount reserved spent available } department { id name } project { code } parent { key } }
  }
  budgetTotals(filter: $filter) { figures { amount reserved spent available } cities { amount reserved spent } overrunCount years }
}`;

/** The process does other things meanwhile; its feed, leases and sessions are not this page's. */
const statementsOf = <T>(work: () => Promise<T>) =>
  countStatements(console_.test.db, work, /from `?(budget|department|price)/i);

describe('budgets over HTTP', () => {
  it('are listed department by department, with sums that agree, by a constant number of statements', async () => {
    const page = (first: number) => statementsOf(() => finance.data(LIST, { first, filter: { year: 2026 } }));
    const [few, many] = [await page(5), await page(100)];
    expect(few.statements).toBeGreaterThan(0);
    expect(many.statements).toBe(few.statements);
    const { budgets, budgetTotals } = many.result;
    expect(budgets.totalCount).toBeGreaterThan(200);
    const keys = budgets.nodes.map((node: { key: string }) => node.key);
    expect(keys.toSorted((a: string, b: string) => (a < b ? -1 : 1))).toEqual(keys);
    expect(budgetTotals.years).toEqual([2026, 2025]);
    // What cities keep is no part of the province's total, and stands beside it.
    const sides = await console_.test.db.query(
      `select city.id is not null as city, sum(b.amount_fen) as amount, sum(b.reserved_fen) as reserved, sum(b.spent_fen) as spent
       from budget b join department d on d.id = b.department_id
       left join department city on city.level = 'CITY' and d.path like concat(city.path, '%')
       where b.year = 2026 and b.grain = 'DEPARTMENT' group by city order by city`,
    );
    const [ofProvince, ofCities] = sides.map(({ amount, reserved, spent }: Record<string, unknown>) => ({
      ...{ amount: String(amount), reserved: String(reserved), spent: String(spent) },
    }));
    expect(budgetTotals.figures).toMatchObject(ofProvince);
    expect(budgetTotals.cities).toEqual(ofCities);
    expect(BigInt(ofCities.amount)).toBeGreaterThan(0n);
    const [over] = await console_.test.db.query(
      "select count(*) as n from budget whole where whole.grain = 'DEPARTMENT' and whole.allotted_fen <> (select coalesce(sum(item.amount_fen), 0) from budget item where item.parent_id = whole.id)",
    );
    expect(Number(over.n)).toBe(0);
    // What the made-up past has used stands in the ledger line by line.
    const [wrong] = await console_.test.db.query(
      `select count(*) as n from budget b where b.grain = 'ITEM' and b.spent_fen <> (
         select coalesce(sum(e.amount_fen), 0) from \`${console_.test.address.database}_audit\`.budget_entry e where e.budget_id = b.id and e.kind = 'SPEND')`,
    );
    expect(Number(wrong.n)).toBe(0);
  });

  it('are counted as overrun where more is reserved and spent than there is, and say why', async () => {
    const overruns = async () =>
      (await finance.data(LIST, { first: 1, filter: { year: 2026 } })).budgetTotals.overrunCount;
    const [item] = await console_.test.db.query(
      "select id, reserved_fen as reserved from budget where year = 2026 and grain = 'ITEM' and amount_fen >= reserved_fen + spent_fen limit 1",
    );
    const [{ n }] = await console_.test.db.query(
      'select count(*) as n from budget where year = 2026 and amount_fen < reserved_fen + spent_fen',
    );
    expect(await overruns()).toBe(Number(n));
    const reserve = (sql: string, values: unknown[]) =>
      console_.test.db.query(`update budget set reserved_fen = ${sql} where id = ?`, values);
    await reserve('amount_fen - spent_fen', [item.id]);
    expect(await overruns()).toBe(Number(n));
    await reserve('amount_fen - spent_fen + 1', [item.id]);
    expect(await overruns()).toBe(Number(n) + 1);
    await reserve('?', [item.reserved, item.id]);
    // The made-up past has some, whatever its seed; each is explained by use that nobody had reserved.
    expect(Number(n)).toBeGreaterThanOrEqual(3);
    const filter = { year: 2026, overrunOnly: true };
    const WHY =
      'query W($filter: BudgetFilter) { budgets(first: 100, filter: $filter) { nodes { figures { available } spentUnreserved } } }';
    const { nodes } = (await finance.data(WHY, { filter })).budgets;
    expect(nodes).toHaveLength(Number(n));
    for (const { figures, spentUnreserved } of nodes)
      expect(BigInt(spentUnreserved)).toBeGreaterThanOrEqual(-BigInt(figures.available));
    const others = (await finance.data(WHY, { filter: { year: 2026, departmentsOnly: true } })).budgets.nodes;
    expect(others.some(({ spentUnreserved }: { spentUnreserved: string | null }) => spentUnreserved === null)).toBe(
      true,
    );
  });

  it('are not adjusted by one person: finance asks with a reason, and whoever asked approves nothing', async () => {
    const { budgets } = await head.data(LIST, { first: 100, filter: { year: 2026 } });
    expect(new Set(budgets.nodes.map((node: { department: { id: string } }) => node.department.id)).size).toBe(1);
    const item = budgets.nodes.find(
      (node: { grain: string; overrun: boolean }) => node.grain === 'ITEM' && !node.overrun,
    );
    const ask = (change: string, client = finance) =>
      client.ask(
        'mutation A($input: RequestBudgetAdjustmentInput!) { requestBudgetAdjustment(input: $input) { adjustment { id state mine change } budget { figures { amount } } errors { __typename code message ... on BudgetShortage { budgetKey availableFen requestedFen shortFen } } } }',
        { input: { idempotencyKey: newId(), id: item.id, change, reason: '年中追加' } },
      );
    expect((await ask('1', head)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const tooMuch = (await ask(`-${BigInt(item.figures.available) + 5n}`)).data.requestBudgetAdjustment;
    expect(tooMuch).toMatchObject({
      adjustment: null,
      errors: [{ code: 'BUDGET_SHORTAGE', availableFen: item.figures.available, shortFen: '5' }],
    });
    const asked = (await ask('12345')).data.requestBudgetAdjustment;
    expect(asked).toMatchObject({
      adjustment: { state: 'REQUESTED', mine: true, change: '12345' },
      budget: { figures: { amount: item.figures.amount } },
      errors: [],
    });
    const decided = await finance.data(
      'mutation D($input: DecideBudgetAdjustmentInput!) { decideBudgetAdjustment(input: $input) { budget { id } errors { code ... on NotPermitted { reason } } } }',
      { input: { idempotencyKey: newId(), id: asked.adjustment.id, decision: 'APPROVE', note: '' } },
    );
    expect(decided.decideBudgetAdjustment).toEqual({
      budget: null,
      errors: [{ code: 'NOT_PERMITTED', reason: 'TWO_PEOPLE' }],
    });
    const { budgetAdjustments } = await head.data(
      'query A($filter: BudgetAdjustmentFilter) { budgetAdjustments(filter: $filter) { nodes { state mine requestedBy } } }',
      { filter: { budgetId: item.id } },
    );
    expect(budgetAdjustments.nodes[0]).toMatchObject({ state: 'REQUESTED', mine: false });
  });
});

describe('prices over HTTP', () => {
  const ITEMS =
    '{ priceItems(first: 100) { totalCount nodes { id meter name unit version versions { id from to unitPrice state architecture center { code } } gaps { from to } } } }';

  it('show their past and their reach by a constant number of statements', async () => {
    const { result, statements } = await statementsOf(() => finance.data(ITEMS));
    expect(statements).toBeLessThanOrEqual(6);
    const item = result.priceItems.nodes.find((node: { meter: string }) => node.meter === 'CABINET_U');
    expect(item.versions.map((v: { state: string; center: unknown }) => [v.state, v.center !== null])).toEqual([
      ['ENDED', false],
      ['IN_FORCE', false],
      ['IN_FORCE', true],
    ]);
    expect(item.gaps).toEqual([]);
  });

  it('may go by tiers: what is quoted is what each part costs in its own, and the page shows the whole table', async () => {
    const { priceItems } = await finance.data(ITEMS);
    const item = priceItems.nodes.find((node: { meter: string }) => node.meter === 'SERVICE:backup');
    const ADD = `mutation A($input: AddPriceVersionInput!) { addPriceVersion(input: $input) {
      priceItem { versions { from unitPrice tiers { number from to unitPrice } } } errors { code path message ... on InvalidInput { rule } } } }`;
    const add = async (more: object) =>
      (
        await finance.data(ADD, {
          input: {
            ...{ idempotencyKey: newId(), itemId: item.id, unitPrice: null, reason: '阶梯计费', endsPrevious: true },
            ...more,
          },
        })
      ).addPriceVersion;
    const rows = (second: string) => [
      { from: '0', to: '100', unitPrice: '0.15' },
      { from: second, to: '1000', unitPrice: '0.12' },
      { from: '1000', to: null, unitPrice: '0.1' },
    ];
    const refused = await add({ from: '2198-01-01', tiers: rows('101') });
    expect(refused).toMatchObject({
      priceItem: null,
      errors: [{ code: 'INVALID_INPUT', rule: 'tierGap', path: ['tiers', '1', 'from'] }],
    });
    const done = await add({ from: '2198-01-01', tiers: rows('100') });
    expect(done.errors).toEqual([]);
    expect(done.priceItem.versions.at(-1)).toEqual({
      ...{ from: '2198-01-01', unitPrice: '0.150000' },
      tiers: [
        { number: 1, from: 0, to: 100, unitPrice: '0.150000' },
        { number: 2, from: 100, to: 1_000, unitPrice: '0.120000' },
        { number: 3, from: 1_000, to: null, unitPrice: '0.100000' },
      ],
    });
    expect(done.priceItem.versions[0].tiers).toEqual([]);
    const [{ summary_en }] = await console_.test.db.query(
      `select summary_en from \`${console_.test.address.database}_audit\`.audit_event where action = 'price.addVersion' order by id desc limit 1`,
    );
    expect(summary_en).toContain('0–100: 0.150000, 100–1000: 0.120000, 1000–: 0.100000');
  });

  it('change for what is asked for then, not for what is asked for today', async () => {
    const { priceItems } = await finance.data(ITEMS);
    const item = priceItems.nodes.find((node: { meter: string }) => node.meter === 'VCPU');
    const price = async () =>
      (await finance.data('{ catalog { offers { code monthlyPrice } } }')).catalog.offers[0].monthlyPrice;
    const before = await price();
    const add = (fields: Record<string, unknown>) =>
      finance.data(
        'mutation A($input: AddPriceVersionInput!) { addPriceVersion(input: $input) { priceItem { version versions { from to architecture } gaps { from to } } errors { code message path ... on InvalidInput { rule } } } }',
        { input: { idempotencyKey: newId(), itemId: item.id, unitPrice: '99', reason: '调价通知', ...fields } },
      );
    const overlap = (await add({ from: '2198-01-01', architecture: 'AMD64' })).addPriceVersion;
    expect(overlap.errors).toMatchObject([{ code: 'INVALID_INPUT', rule: 'priceOverlap', path: ['from'] }]);
    const done = (await add({ from: '2198-01-01', architecture: 'AMD64', endsPrevious: true })).addPriceVersion;
    expect(done.errors).toEqual([]);
    expect(done.priceItem.gaps).toEqual([]);
    expect(await price()).toBe(before);
    const applicant = await console_.signIn('applicant');
    expect((await applicant.data(ITEMS)).priceItems.totalCount).toBeGreaterThan(15);
    const refused = await applicant.ask(
      'mutation A($input: AddPriceVersionInput!) { addPriceVersion(input: $input) { errors { code } } }',
      { input: { idempotencyKey: newId(), itemId: item.id, from: '2199-01-01', unitPrice: '1', reason: 'x' } },
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('contracts and owned assets over HTTP', () => {
  const send = async (client: ConsoleClient, field: string, input: object, returns: string) => {
    const type = `${(field[0] ?? '').toUpperCase()}${field.slice(1)}Input`;
    const named = /^(confirm|withdraw)/.test(field) ? 'SpendActInput' : type;
    const answer = await client.data(
      `mutation M($input: ${named}!) { ${field}(input: $input) { ${returns} errors { code path ... on InvalidInput { rule } ... on NotPermitted { reason } } } }`,
      { input: { idempotencyKey: newId(), ...input } },
    );
    return answer[field];
  };
  let second: ConsoleClient;
  let contractId: string;
  const LIFE =
    'contract { id version state from to figures { ceiling accepted paid } advance { limit advanced available outstanding } supplements { id version state availableActions former { ceiling } terms { ceiling advanceLimit to services { name unitPrice } } } }';
  const CONTRACT = `query C($id: ID!) { node(id: $id) { ... on Contract ${LIFE.slice('contract '.length)} } }`;
  const now = async () => (await finance.data(CONTRACT, { id: contractId })).node;

  beforeAll(async () => {
    second = await console_.signIn('finance.czt');
    const supplier = await send(
      finance,
      'createSupplier',
      { name: '湖东云服务有限公司', creditCode: '914403001922038216' },
      'supplier { id }',
    );
    const entered = await send(
      finance,
      'enterContract',
      {
        ...{ supplierId: supplier.supplier.id, number: 'HT-HTTP-1', name: '云平台服务', kind: 'CLOUD_PLATFORM' },
        ...{ ceiling: '1200000', from: '2026-01-01', to: '2027-01-01' },
        services: [{ name: 'vCPU', unit: '核·月', unitPrice: '18.5' }],
      },
      LIFE,
    );
    contractId = entered.contract.id;
    const confirmed = await send(second, 'confirmContract', { id: contractId, expectedVersion: 1 }, LIFE);
    expect(confirmed).toMatchObject({ contract: { state: 'CONFIRMED', advance: { limit: '0' } }, errors: [] });
  });

  it('a supplement holds once another has confirmed it, and keeps what held before', async () => {
    const wish = {
      ...{ contractId, number: 'HT-HTTP-1 补 1', signedOn: '2026-06-20', from: '2026-07-01', reason: '扩容' },
      ...{ ceiling: '1500000', advanceLimit: '400000' },
      services: [{ name: 'vCPU', unit: '核·月', unitPrice: '17' }],
    };
    const low = await send(finance, 'enterContractSupplement', { ...wish, ceiling: '0' }, 'supplement { id }');
    expect(low).toMatchObject({ supplement: null, errors: [{ rule: 'range', path: ['ceiling'] }, {}] });
    const entered = await send(finance, 'enterContractSupplement', wish, 'supplement { id state }');
    expect(entered).toMatchObject({ supplement: { state: 'ENTERED' }, errors: [] });
    expect((await now()).figures.ceiling).toBe('1200000');
    const act = { id: entered.supplement.id, expectedVersion: 1 };
    const own = await send(finance, 'confirmContractSupplement', act, 'supplement { id }');
    expect(own.errors).toMatchObject([{ code: 'NOT_PERMITTED' }]);
    const confirmed = await send(second, 'confirmContractSupplement', act, 'supplement { state former { ceiling } }');
    expect(confirmed).toEqual({ supplement: { state: 'CONFIRMED', former: { ceiling: '1200000' } }, errors: [] });
    expect(await now()).toMatchObject({
      ...{ figures: { ceiling: '1500000' }, advance: { limit: '400000', available: '400000' } },
      supplements: [{ terms: { services: [{ unitPrice: '17' }] }, availableActions: [] }],
    });
  });

  it('an advance takes what the contract allows and no more, and is told as what is not drawn down', async () => {
    const pay = (amount: string, more: object = {}) =>
      send(
        finance,
        'enterPayment',
        {
          ...{ contractId, amount, voucher: `记-HTTP-${amount}`, onDate: '2026-07-10', advance: true },
          ...{ from: '2026-07-01', to: '2026-10-01', ...more },
        },
        'entry { id state advance }',
      );
    expect((await pay('400001')).errors).toMatchObject([{ code: 'INVALID_INPUT', rule: 'advance' }]);
    expect((await pay('1', { advance: false })).errors).toMatchObject([{ code: 'INVALID_INPUT', rule: 'accepted' }]);
    const entered = await pay('400000');
    expect(entered).toMatchObject({ entry: { state: 'ENTERED', advance: true }, errors: [] });
    const confirmed = await send(
      second,
      'confirmContractEntry',
      { id: entered.entry.id, expectedVersion: 1 },
      'entry { state }',
    );
    expect(confirmed).toEqual({ entry: { state: 'CONFIRMED' }, errors: [] });
    expect(await now()).toMatchObject({
      figures: { paid: '400000' },
      advance: { advanced: '400000', available: '0', outstanding: '400000' },
    });
  });

  it('what is disposed of leaves what it was still worth as a cost of its month', async () => {
    const { centers } = await finance.data('{ centers { id code } }');
    const asset = await send(
      finance,
      'enterOwnedAsset',
      {
        ...{ code: 'ZC-HTTP-1', name: '存储阵列', centerId: centers[0].id, acquiredOn: '2026-01-18' },
        ...{ cost: '1200000', residual: '0', lifeMonths: 12 },
      },
      'asset { id }',
    );
    const { id } = asset.asset;
    const wish = { assetId: id, disposedOn: '2026-07-15', document: '苏财资〔2026〕1 号', reason: '停产停保' };
    const early = await send(finance, 'disposeOwnedAsset', wish, 'disposal { id }');
    expect(early.errors).toMatchObject([{ reason: 'NOT_CONFIRMED' }]);
    await send(second, 'confirmOwnedAsset', { id, expectedVersion: 1 }, 'asset { id }');
    const entered = await send(finance, 'disposeOwnedAsset', wish, 'disposal { id state writeDown }');
    expect(entered).toMatchObject({ disposal: { state: 'ENTERED', writeDown: '600000' }, errors: [] });
    const confirmed = await send(
      second,
      'confirmAssetDisposal',
      { id: entered.disposal.id, expectedVersion: 1 },
      'disposal { state }',
    );
    expect(confirmed).toEqual({ disposal: { state: 'CONFIRMED' }, errors: [] });
    const again = await send(finance, 'disposeOwnedAsset', wish, 'disposal { id }');
    expect(again.errors).toMatchObject([{ rule: 'unique', path: ['assetId'] }]);
    const { reconciliationDetail } = await finance.data(
      'query R($month: String!, $id: ID) { reconciliationDetail(month: $month, centerId: $id) { spend { source amount } } }',
      { month: '2026-07', id: centers[0].id },
    );
    expect(reconciliationDetail.spend).toContainEqual({ source: 'WRITE_DOWN', amount: '600000' });
  });
});
