import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { ContractPage } from './ContractPage';
import { PaymentListPage } from './PaymentListPage';
import { ReconciliationPage } from './ReconciliationPage';

await withTranslations();
afterEach(cleanup);

const cell = {
  ...{ month: '2026-01', spend: '3900', accounted: '2000', unallocated: '1900', cities: '300', explained: '0' },
  ...{ unexplained: '1600', vcpuMonths: 8, spendPerVcpuMonth: '488', accountedPerVcpuMonth: null },
};
const center = { id: 'c1', name: '同城主中心', role: 'ACTIVE_A' };
const reconciliation = {
  ...{ first: '2026-01', last: '2026-01', months: ['2026-01'], byMonth: [cell], total: cell },
  centers: [
    { center, cells: [cell], total: cell },
    { center: null, cells: [{ ...cell, unexplained: '0' }], total: cell },
  ],
};
const detail = {
  cell,
  spend: [
    {
      ...{ source: 'PAYMENT', amount: '3100', asset: null },
      contract: { id: 'k1', number: 'HT-1', name: '云平台服务' },
      payment: { id: 'p1', voucher: '记-1', from: '2026-01-01', to: '2026-07-01' },
    },
    {
      ...{ source: 'DEPRECIATION', amount: '800', contract: null, payment: null },
      asset: { id: 'a1', code: 'ZC-1', name: '存储' },
    },
  ],
  accounted: [{ amount: '2000', city: false, department: { id: 'd1', name: '省财政厅' } }],
  differences: [],
};
const hands = { enteredBy: '钱', enteredAt: '2026-07-01T00:00:00.000Z', decidedBy: null, decidedAt: null };
const entry = {
  ...{ id: 'e1', kind: 'PAYMENT', amount: '3100', onDate: '2026-07-10', from: '2026-01-01', to: '2026-07-01' },
  ...{ voucher: '记-1', instalment: 1, note: '', state: 'ENTERED', version: 1, reversesId: null, reversedById: null },
  ...{ availableActions: ['CONFIRM'], mayReverse: false, hands, files: [], assessment: null },
  contract: { id: 'k1', number: 'HT-1', name: '云平台服务' },
};
const paid = { ...entry, id: 'e2', state: 'CONFIRMED', availableActions: [], mayReverse: true };
const entries = {
  ...{ totalCount: 2, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [entry, paid] },
};
const contract = {
  ...{ id: 'k1', number: 'HT-1', name: '云平台服务', kind: 'CLOUD_PLATFORM', from: '2026-01-01', to: '2027-01-01' },
  ...{ note: '', state: 'CONFIRMED', version: 2, payable: '900', availableActions: [], hands },
  supplier: { id: 's1', name: '云平台公司', creditCode: '914403001922038216' },
  figures: { ceiling: '10000', accepted: '4000', deducted: '0', claimed: '3100', paid: '3100' },
  services: [{ position: 1, name: 'vCPU', unit: '核·月', unitPrice: '18.500000' }],
  shares: [
    { weight: 1, center },
    { weight: 0, center: { ...center, id: 'c2', name: '灾备中心' } },
  ],
  instalments: [{ position: 1, dueOn: '2026-07-31', amount: '5000', condition: '验收后', paid: '3100' }],
  advance: { limit: '0', advanced: '0', outstanding: '0', available: '0' },
  supplements: [],
  assessmentRules: [{ from: '2026-01', cap: 2_000, bands: [{ below: 9_995, deduct: 500 }] }],
};

function setup(address: string, data: object) {
  const asked: { query: unknown; variables: unknown }[] = [];
  const answer = (request: { query: unknown; variables: unknown }) => {
    asked.push(request);
    return merge([fromValue({ stale: false, hasNext: false, data }), never]);
  };
  const done = (request: { query: unknown; variables: unknown }) => {
    asked.push(request);
    return fromValue({ stale: false, hasNext: false, data: { outcome: { errors: [] } } });
  };
  const client = {
    executeQuery: answer,
    executeMutation: done,
    executeSubscription: () => never,
  } as unknown as Client;
  const permissions = ['READ', 'EDIT', 'REVIEW', 'EXPORT'].map((action) => ({
    ...{ object: 'SPEND', action, scope: 'PROVINCE' },
  }));
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '钱', departmentName: '省', permissions, seesCapacityFigures: true } as never}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/reconciliation" element={<ReconciliationPage />} />
              <Route path="/contracts/:id" element={<ContractPage />} />
              <Route path="/payments" element={<PaymentListPage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

describe('ReconciliationPage', () => {
  it('sets spend beside accounted cost, center by center, with what is of none', () => {
    setup('/reconciliation?year=2026', { spendReconciliation: reconciliation });
    const table = screen.getByRole('table', { name: '对账表 · 同城主中心' });
    const [, row] = within(table).getAllByRole('row');
    expect(row?.textContent).toContain('¥39.00¥20.00¥19.00¥3.00¥0.00¥16.008¥4.88–');
    expect(screen.getByRole('heading', { name: '未归属到数据中心' })).toBeTruthy();
    expect(screen.getByRole('img', { name: '同城主中心各月支出与核算费用' })).toBeTruthy();
  });

  it('opens a figure down to payments, assets and departments, and offers to say why', () => {
    setup('/reconciliation?year=2026&month=2026-01&center=c1', {
      ...{ spendReconciliation: reconciliation, reconciliationDetail: detail },
    });
    const dialog = screen.getByRole('dialog', { hidden: true });
    expect(within(dialog).getByRole('link', { name: '云平台服务', hidden: true }).getAttribute('href')).toBe(
      '/contracts/k1',
    );
    expect(dialog.textContent).toContain('2026-01-01 至 2026-06-30');
    expect(within(dialog).getByRole('link', { name: '存储', hidden: true }).getAttribute('href')).toBe(
      '/owned-assets?search=ZC-1',
    );
    expect(within(dialog).getByRole('link', { name: '省财政厅', hidden: true }).getAttribute('href')).toBe(
      '/statements/d1?month=2026-01&center=c1',
    );
    fireEvent.click(within(dialog).getByRole('button', { name: '说明差额', hidden: true }));
    expect(within(dialog).getByLabelText<HTMLInputElement>('金额').value).toBe('16.00');
  });

  it('says what to do where there is nothing', () => {
    setup('/reconciliation?year=2026', { spendReconciliation: { ...reconciliation, centers: [] } });
    expect(screen.getByRole('heading', { name: '2026 年没有支出和核算费用' })).toBeTruthy();
  });
});

describe('ContractPage', () => {
  it('says what was agreed and what came of it, and offers what may be done', () => {
    const asked = setup('/contracts/k1', { contract, contractEntries: entries });
    expect(screen.getByText('2026-01-01 至 2026-12-31')).toBeTruthy();
    expect(screen.getByText('同城主中心 1/1')).toBeTruthy();
    expect(screen.getByText('可用率低于 99.95%，扣 5.00%')).toBeTruthy();
    expect(screen.getByText(/合同上限 ¥100.00，已验收 ¥40.00，已付 ¥31.00/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '复核' }));
    expect(asked.at(-1)?.variables).toMatchObject({ input: { id: 'e1', expectedVersion: 1 } });
  });

  it('asks a voucher and a reason for a reversal', () => {
    setup('/contracts/k1', { contract, contractEntries: entries });
    fireEvent.click(screen.getByRole('button', { name: '冲销' }));
    const dialog = screen.getByRole('dialog', { hidden: true });
    expect(dialog.textContent).toContain('将录入一笔 -¥31.00');
    fireEvent.click(within(dialog).getByRole('button', { name: '冲销', hidden: true }));
    expect(dialog.textContent).toContain('请写明原因');
    expect(dialog.textContent).toContain('请填写凭证号');
  });
});

describe('PaymentListPage', () => {
  it('names the contract of each payment and the hands that it went through', () => {
    const asked = setup('/payments?states=ENTERED', {
      ...{ contractEntries: entries, contractEntrySums: { confirmed: '3100', waiting: '3100' } },
    });
    expect(asked[0]?.variables).toMatchObject({ filter: { kind: 'PAYMENT', states: ['ENTERED'] } });
    expect(screen.getByText(/已付 ¥31.00，待复核 ¥31.00/)).toBeTruthy();
    expect(screen.getAllByRole('link', { name: '云平台服务' })[0]?.getAttribute('href')).toBe('/contracts/k1');
  });
});
