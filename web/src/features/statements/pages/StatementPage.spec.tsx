import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { StatementListPage } from './StatementListPage';
import { StatementPage } from './StatementPage';

await withTranslations();
afterEach(cleanup);

const total = {
  ...{
    amount: '111360',
    drAmount: '22272',
    correctedAmount: '0',
    resources: 2,
    unpriced: 1,
    disputed: 0,
    suspended: 0,
  },
};
const frame = {
  ...{ month: '2026-11', until: '2026-11-29T16:00:00.000Z', complete: false, cities: null, total },
  ...{ closing: null, issue: null, figures: null, mayConfirm: false },
  ...{ proration: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', department: { id: 'd1', name: '省财政厅' } },
  bySystem: [
    { key: 's1', label: '预算一体化', amount: '89088', resources: 1 },
    { key: null, label: null, amount: '22272', resources: 1 },
  ],
  byMeter: [{ key: 'VCPU', label: '虚拟处理器', amount: '111360', resources: 2 }],
  byCenter: [{ key: 'c1', label: '同城中心 A', amount: '111360', resources: 2 }],
};
const line = {
  ...{ meter: 'VCPU', name: '虚拟处理器', unit: 'vCPU', quantity: 4, minimum: false },
  ...{ from: '2026-10-31T16:00:00.000Z', to: '2026-11-29T16:00:00.000Z', period: 'MONTH', state: 'RATED' },
  ...{
    portionNumerator: '29',
    portionDenominator: '30',
    unitPrice: '28.800000',
    amount: '11136',
    ratedAmount: '11136',
  },
  price: { from: '2026-01-01', to: null, reason: '2026 年度计费标准', kind: 'STANDARD', listPrice: null },
  ...{ listAmount: null, tier: 0, priceTier: null },
};
const unpriced = {
  ...line,
  meter: 'ACCELERATOR:910B',
  name: '加速卡 910B',
  state: 'UNPRICED',
  unitPrice: null,
  amount: null,
  ratedAmount: null,
  price: null,
};
const use = {
  ...{ useId: 'u1', subjectId: 'r1', kind: 'MACHINE', code: 'VM-2026-000001', name: 'app-1', share: 'RECOVERY' },
  ...{
    amount: '11136',
    drAmount: '11136',
    unpriced: 1,
    disputed: 0,
    suspended: 0,
    system: { id: 's1', name: '预算一体化' },
  },
  lines: [line, unpriced],
  corrections: [],
};
const none = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };

function setup(address: string, data: object) {
  const asked: unknown[] = [];
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request.variables);
      return merge([fromValue({ stale: false, hasNext: false, data }), never]);
    },
    executeSubscription: () => never,
  } as unknown as Client;
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '李', departmentName: '省', permissions: [], seesCapacityFigures: true }}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/statements" element={<StatementListPage />} />
              <Route path="/statements/:id" element={<StatementPage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

const pageOf = (nodes: readonly object[]) => ({
  statementResources: { ...none, totalCount: nodes.length, nodes },
  draftStatement: frame,
  statementMonths: ['2026-11', '2026-10'],
});

describe('StatementPage', () => {
  it('of a month that is over asks the department for its word, and says what silence means', () => {
    const issue = { state: 'ISSUED', lines: 2, amount: '111360', issuedAt: '2026-12-01T01:00:00.000Z' };
    const asked = {
      ...{ ...frame, complete: true, mayConfirm: true, figures: { lines: 2, amount: '111360' } },
      issue: { ...issue, dueAt: '2026-12-08T01:00:00.000Z', confirmedBy: null, confirmedAt: null },
    };
    setup('/statements/d1?month=2026-11', { ...pageOf([use]), draftStatement: asked });
    const panel = within(screen.getByRole('region', { name: '单位确认' }));
    expect(panel.getByText('待确认')).toBeTruthy();
    expect(panel.getByText(/逾期视同确认/)).toBeTruthy();
    expect(panel.getByRole('button', { name: '确认核算单' })).toBeTruthy();
  });

  it('of a closed month says so, and shows corrections of earlier months with their cause', () => {
    const corrections = [
      { ofMonth: '2026-09', meter: 'VCPU', name: '虚拟处理器', cause: 'PRICE', before: '10000', amount: '-2500' },
    ];
    const dates = { issuedAt: '2026-12-01T01:00:00.000Z', dueAt: '2026-12-08T01:00:00.000Z' };
    const closed = {
      ...{ ...frame, complete: true, closing: { id: 'c1', state: 'CLOSED' }, figures: { lines: 2, amount: '111360' } },
      issue: { ...dates, state: 'ISSUED', lines: 2, amount: '111360', confirmedBy: null, confirmedAt: null },
    };
    setup('/statements/d1?month=2026-11&use=u1', { ...pageOf([{ ...use, corrections }]), draftStatement: closed });
    expect(screen.getByText('已结账')).toBeTruthy();
    // Nobody is asked any more.
    expect(screen.getByText('结账时单位未确认')).toBeTruthy();
    expect(screen.queryByText(/逾期视同确认/)).toBeNull();
    const table = within(screen.getByRole('region', { name: '以前月份更正' }));
    expect(table.getByText('价格追溯调整')).toBeTruthy();
    expect(table.getByRole('row', { name: /2026-09/ }).textContent).toContain('25.00');
    expect(screen.queryByRole('button', { name: '提出异议' })).toBeNull();
  });

  it('says what is not in its sum, in words that say what to do', () => {
    setup('/statements/d1?month=2026-11', pageOf([use]));
    expect(screen.getByRole('heading', { name: '省财政厅 · 2026-11 费用核算单' })).toBeTruthy();
    expect(screen.getByText(/1 行没有单价，未计入合计/)).toBeTruthy();
    expect(screen.getByText(/截至 2026-11-30 00:00/)).toBeTruthy();
  });

  it('is divided by system, price item and center, each part with its share of the whole', () => {
    setup('/statements/d1?month=2026-11', pageOf([use]));
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows).toContain('预算一体化¥890.8880.00%');
    expect(rows).toContain('不属于系统¥222.7220.00%');
    expect(rows).toContain('同城中心 A¥1,113.60100.00%');
  });

  it('opens a resource down to the product that each line is', () => {
    setup('/statements/d1?month=2026-11', pageOf([use]));
    fireEvent.click(screen.getByRole('button', { name: 'app-1' }));
    const lines = within(screen.getByRole('table', { name: '计费明细' })).getAllByRole('row');
    expect(lines[1]?.textContent).toContain('4 vCPU28.8 元/vCPU·月自 2026-01-01 起：2026 年度计费标准29/30 月¥111.36');
    expect(lines[2]?.textContent).toContain('没有单价');
    expect(screen.getByRole('link', { name: 'VM-2026-000001' }).getAttribute('href')).toBe('/resources/r1');
  });

  it('asks for what its address says', () => {
    expect(setup('/statements/d1?month=2026-10&kind=SERVER&search=db', pageOf([]))[0]).toMatchObject({
      ...{ month: '2026-10', departmentId: 'd1', kind: 'SERVER', search: 'db', systemId: null },
    });
    expect(screen.getByText('没有符合条件的记录')).toBeTruthy();
  });

  it('says no sum beside a search, which narrows the list alone', () => {
    const narrowed = { amount: '11136', resources: 9, narrowedTo: [{ side: 'CENTER', name: '同城中心 A' }] };
    setup('/statements/d1?month=2026-10&center=c1&search=db', { ...pageOf([use]), narrowedStatement: narrowed });
    expect(screen.getByRole('button', { name: /^取消筛选 数据中心/ })).toBeTruthy();
    expect(screen.queryByText(/^筛选合计/)).toBeNull();
  });

  it('says of what of it a figure was opened, and what that comes to; cleared, it is the whole of the same month', () => {
    const narrowed = { amount: '11136', resources: 1, narrowedTo: [{ side: 'CENTER', name: '同城中心 A' }] };
    const address = '/statements/d1?month=2026-10&center=c1&share=RECOVERY&budget=YS-1&dr=1';
    const asked = setup(address, { ...pageOf([use]), narrowedStatement: narrowed });
    expect(asked[0]).toMatchObject({
      ...{ centerId: 'c1', share: 'RECOVERY', budgetCode: 'YS-1', onlyDr: true, narrowed: true },
    });
    expect(screen.getByText(/^筛选合计（1 项资源）/).textContent).toContain('111.36');
    for (const name of ['数据中心 同城中心 A', '容灾份额 异地（容灾）', '预算项目编码 YS-1'])
      expect(screen.getByRole('button', { name: `取消筛选 ${name}` })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '清除筛选' }));
    expect(asked.at(-1)).toMatchObject({ month: '2026-10', centerId: null, share: null, narrowed: false });
  });
});

describe('StatementListPage', () => {
  const list = (nodes: readonly object[], cities: object | null) => ({
    departmentStatements: { ...none, totalCount: nodes.length, nodes },
    draftStatement: { ...frame, cities },
    sharedSpreads: [],
    statementMonths: ['2026-11'],
  });
  const row = { ...total, department: { id: 'd1', name: '省财政厅' } };

  it('leads to each department’s statement of the same month', () => {
    setup('/statements?month=2026-10', list([row], null));
    expect(screen.getByRole('link', { name: '省财政厅' }).getAttribute('href')).toBe('/statements/d1?month=2026-10');
    // Who sees no cities is not asked about them.
    expect(screen.queryByRole('button', { name: '仅设区市' })).toBeNull();
  });

  it('keeps cities apart', () => {
    const asked = setup('/statements?month=2026-10', list([row], { amount: '5000' }));
    expect(asked[0]).toMatchObject({ side: 'PROVINCE' });
    expect(screen.getByText('设区市（另计）')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '仅设区市' }));
    expect(asked.at(-1)).toMatchObject({ side: 'CITIES' });
  });

  it('says what to expect of a month in which nothing was used', () => {
    setup('/statements', list([], null));
    expect(screen.getByRole('heading', { name: /没有费用/ })).toBeTruthy();
  });
});
