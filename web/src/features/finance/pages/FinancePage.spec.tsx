import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { StartPage } from '../../../app/StartPage';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { percentOf } from '../finance-words';
import { DepartmentCostPage } from './DepartmentCostPage';
import { FinancePage } from './FinancePage';

await withTranslations();
afterEach(cleanup);

const movers = (key: string, label: string) => ({
  ...{ change: '-3000', restCount: 2, restChange: '100' },
  movers: [{ key, label, before: '9000', after: '5900', change: '-3100' }],
});
const overview = {
  ...{ month: '2026-11', lastMonth: '2026-10', beforeMonth: '2026-09', departmentName: '省财政厅' },
  ...{ monthToDate: '5400', lastMonthAmount: '18000', beforeMonthAmount: '21000', yearToDate: '44400' },
  yearOnYear: { months: 10, thisYear: '39000', lastYear: '40000' },
  months: [
    { month: '2026-10', amount: '18000', drafted: false },
    { month: '2026-11', amount: '5400', drafted: true },
  ],
  departments: movers('d1', '省水利厅'),
  systems: movers('s1', '人口库'),
};
const use = {
  ...{ year: 2026, warnPercent: 80, reachedCount: 1 },
  figures: { amount: '100000', reserved: '60000', spent: '25000', available: '15000' },
  cities: null,
  mostUsed: [
    {
      ...{ id: 'b1', name: '信息化运维', overrun: false, department: { id: 'd1', name: '省水利厅' } },
      figures: { amount: '1000', reserved: '0', spent: '900', available: '100' },
    },
  ],
};
const dispute = {
  ...{ id: 'x1', code: 'FY-1', month: '2026-10', name: '内存', resourceName: 'query-1', amount: '700' },
  ...{ raisedAt: '2026-11-01T00:00:00.000Z', department: { id: 'd1', name: '省水利厅' } },
};
const common = { costOverview: overview, budgetUse: use, lineDisputes: { totalCount: 1, nodes: [dispute] } };
const province = {
  ...common,
  monthToClose: {
    ...{ cityId: null, closedThrough: '2026-09' },
    next: {
      ...{ month: '2026-10', closingId: null, state: null, departments: 42, amount: '18000', unconfirmedCount: 9 },
      checks: [
        { item: 'UNCONFIRMED', result: 'EXPLAIN', count: 9, examples: ['省水利厅'] },
        { item: 'UNPRICED', result: 'BLOCKS', count: 3, examples: ['省教育厅'] },
        { item: 'OVER_RUNS', result: 'CLEAR', count: 0, examples: [] },
      ],
      unconfirmed: [{ amount: '9000', month: '2026-10', department: { id: 'd1', name: '省水利厅' } }],
    },
  },
  spendReconciliation: {
    centers: [
      {
        center: { id: 'c1', name: '主中心', role: 'ACTIVE_A' },
        total: { spend: '9000', accounted: '8000', unexplained: '1000' },
      },
    ],
    total: { spend: '9000', accounted: '8000', unexplained: '1000' },
  },
  duePayments: {
    ...{ until: '2026-12-29', count: 1, overdueCount: 1, rest: '20000' },
    payments: [
      {
        position: 2,
        dueOn: '2026-11-01',
        rest: '20000',
        overdue: true,
        contract: { id: 'k1', number: 'HT-1', name: '云平台服务' },
      },
    ],
  },
};

function setup(address: string, data: object, rights: readonly (readonly [string, string])[]) {
  const asked: { variables: unknown }[] = [];
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request);
      return merge([fromValue({ stale: false, hasNext: false, data }), never]);
    },
    executeMutation: () => never,
    executeSubscription: () => never,
  } as unknown as Client;
  const permissions = rights.map(([object, action]) => ({ object, action, scope: 'PROVINCE' }));
  render(
    <Provider value={client}>
      <ViewerContext
        value={
          { id: 'u', displayName: '钱', departmentName: '省财政厅', permissions, seesCapacityFigures: true } as never
        }
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/" element={<StartPage />} />
              <Route path="/finance" element={<FinancePage />} />
              <Route path="/department-costs/:id?" element={<DepartmentCostPage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

const FINANCE = [
  ...([
    ['BUDGET', 'READ'],
    ['BUDGET', 'EDIT'],
    ['CLOSING', 'READ'],
    ['SPEND', 'READ'],
  ] as const),
];
const hrefs = () => screen.getAllByRole('link').map((link) => link.getAttribute('href'));

describe('FinancePage', () => {
  it('is where finance begins, with every figure opening the page that it comes from', () => {
    setup('/', province, FINANCE);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('财政首页');
    const figures = within(screen.getByRole('list', { name: '关键数字' }));
    const of = (name: RegExp) => figures.getByRole('link', { name }).getAttribute('href');
    expect(of(/2026-11 至今核算费用 ¥54.00/)).toBe('/costs?rows=DEPARTMENT&columns=TOTAL&from=2026-11&to=2026-11');
    expect(of(/2026-10 核算费用 ¥180.00 较 2026-09 -¥30.00/)).toBe(
      '/costs?rows=DEPARTMENT&columns=MONTH&from=2026-09&to=2026-10',
    );
    expect(of(/2026 年累计 ¥444.00 前 10 个月同比 -¥10.00/)).toBe(
      '/costs?rows=DEPARTMENT&columns=MONTH&from=2026-01&to=2026-11',
    );
    expect(of(/预算占用与列支 85.0%/)).toBe('/budgets?year=2026');
    expect(of(/待付款项.*¥200.00.*1 笔已逾期/)).toBe('/contracts');
    expect(of(/未说明的对账差异 \+¥10.00/)).toMatch(/^\/reconciliation\?year=\d{4}$/);
  });

  it('says what keeps the month open and who has not confirmed, and leaves out what is in order', () => {
    setup('/finance', province, FINANCE);
    expect(screen.getByText('明细缺少计费标准')).toBeTruthy();
    expect(screen.queryByText('预算超支')).toBeNull();
    expect(hrefs()).toEqual(
      expect.arrayContaining([
        '/closings?month=2026-10',
        '/statements/d1?month=2026-10',
        '/statements?month=2026-10',
        '/disputes/x1',
        '/department-costs/d1',
        '/costs?rows=KIND&columns=MONTH&from=2026-09&to=2026-10&system=s1',
        '/contracts/k1',
        '/budgets/b1',
        '/budgets?year=2026&reached=80',
      ]),
    );
  });

  it('has nothing of spend for who may not read it, and asks for none', () => {
    const { spendReconciliation: _, duePayments: __, ...without } = province;
    const asked = setup('/finance', without, FINANCE.slice(0, 3));
    expect(asked[0]?.variables).toMatchObject({ spends: false });
    expect(screen.queryByText('待付款项')).toBeNull();
  });

  it('is not where others begin: whoever decides on requests begins with what awaits him', () => {
    const home = { home: { requestsByState: [], resourcesByState: [], centers: [], awaitingMe: 0 }, viewer: null };
    setup('/', home, [...FINANCE, ['REQUEST', 'REVIEW']]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('工作台');
  });
});

describe('DepartmentCostPage', () => {
  const own = {
    ...common,
    statementsToConfirm: [
      {
        month: '2026-10',
        amount: '18000',
        dueAt: '2026-12-04T16:00:00.000Z',
        department: { id: 'd1', name: '省财政厅' },
      },
    ],
    costPivot: {
      rows: [
        { key: 's1', label: '人口库', total: '40000' },
        { key: null, label: null, total: '4400' },
      ],
      ...{ rest: null, total: '44400' },
    },
  };

  it('shows a department what the year costs by system, and what waits for its word', () => {
    const asked = setup('/department-costs/d1', own, [['BUDGET', 'READ']]);
    expect(asked[0]?.variables).toMatchObject({ departmentId: 'd1' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('省财政厅 · 费用概览');
    const table = screen.getByRole('table', { name: '2026 年各系统费用' });
    expect(
      within(table)
        .getAllByRole('row')
        .map((row) => row.textContent),
    ).toEqual([...['名称核算费用占比', '人口库¥400.0090.1%', '未归属系统¥44.009.9%', '合计¥444.00100.0%']]);
    expect(hrefs()).toEqual(
      expect.arrayContaining(['/statements/d1?month=2026-10', '/disputes?state=OPEN&department=d1']),
    );
    expect(screen.getByText('2026-12-05 前未处理视同确认')).toBeTruthy();
  });

  it('is of all that one sees where no department is named', () => {
    const asked = setup('/department-costs', own, [['BUDGET', 'READ']]);
    expect(asked[0]?.variables).toMatchObject({ departmentId: null });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('本单位费用概览');
  });

  it('says so where there is no such department for the viewer', () => {
    setup('/department-costs/foreign', { ...own, costOverview: { ...overview, departmentName: null } }, [
      ['BUDGET', 'READ'],
    ]);
    expect(screen.getByRole('heading', { name: '没有这个单位，或不在您的可见范围' })).toBeTruthy();
  });
});

describe('a part in percent', () => {
  it('is rounded once, by whole fen, and is none of nothing', () => {
    expect([percentOf('1', '3'), percentOf('2', '3'), percentOf('0', '5'), percentOf('7', '5')]).toEqual([
      ...['33.3%', '66.7%', '0.0%', '140.0%'],
    ]);
    expect(percentOf('1', '0')).toBeNull();
    // A month of corrections: less than nothing, and not the same as so much.
    expect([percentOf('-1', '200'), percentOf('-3', '2'), percentOf('-1', '3000')]).toEqual([
      '-0.5%',
      '-150.0%',
      '0.0%',
    ]);
  });
});
