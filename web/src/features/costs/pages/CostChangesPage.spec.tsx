import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { CostChangesPage } from './CostChangesPage';
import { IdleCostsPage } from './IdleCostsPage';

await withTranslations();
afterEach(cleanup);

const parts = (some: Record<string, string>) =>
  ['NEW', 'RELEASED', 'RESIZED', 'PRICE', 'MOVED', 'DAYS', 'CORRECTION'].map((part) => ({
    part,
    amount: some[part] ?? '0',
  }));
const change = {
  ...{ before: '30000', after: '38000', rest: '0', parts: parts({ NEW: '10000', RELEASED: '-2000' }) },
  groups: [
    {
      ...{ key: 'd1', label: '省财政厅', before: '10000', after: '18000', rest: '0' },
      parts: parts({ NEW: '10000', RELEASED: '-2000' }),
    },
    { key: 'd2', label: '省水利厅', before: '20000', after: '20000', rest: '0', parts: parts({}) },
  ],
  ...{ beyond: null, groupsBeyond: 0, narrowedTo: [], madeAt: '2026-11-01T00:00:00.000Z' },
};
const uses = {
  ...{ totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null } },
  nodes: [
    {
      ...{ id: 'r1', departmentId: 'd1', kind: 'MACHINE', code: 'VM-1', name: 'web-1' },
      parts: parts({ NEW: '10000' }),
    },
  ],
};
const idle = {
  ...{ machines: 2, amount: '2500', total: '10000', narrowedTo: [], reckonedAt: '2026-11-01T00:00:00.000Z' },
  groups: [{ key: 'd1', label: '省财政厅', machines: 2, amount: '2500' }],
  dearest: [{ resourceId: 'r1', departmentId: 'd1', code: 'VM-1', name: 'web-1', amount: '2500' }],
};

function setup(address: string) {
  const asked: unknown[] = [];
  const data = { costChange: change, costChangeUses: uses, idleCost: idle, statementMonths: ['2026-10', '2026-09'] };
  const client = {
    executeQuery: ({ variables }: { variables: unknown }) => {
      asked.push(variables);
      return merge([fromValue({ stale: false, hasNext: false, data }), never]);
    },
    executeSubscription: () => never,
  } as unknown as Client;
  const permissions = [{ object: 'BUDGET', action: 'READ', scope: 'PROVINCE' }];
  render(
    <Provider value={client}>
      <ViewerContext value={{ id: 'u', displayName: '钱', permissions } as never}>
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/cost-changes" element={<CostChangesPage />} />
              <Route path="/idle-costs" element={<IdleCostsPage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

describe('CostChangesPage', () => {
  it('says step by step why a month costs more, and the same in a table', () => {
    setup('/cost-changes?from=2026-09&to=2026-10');
    const steps = within(screen.getByRole('figure')).getAllByRole('listitem');
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      ...['2026-09¥300.00', '新增+¥100.00', '释放-¥20.00', '2026-10¥380.00'],
    ]);
    const rows = within(screen.getByRole('table', { name: '各使用单位 2026-09 → 2026-10' })).getAllByRole('row');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      '使用单位2026-09新增释放2026-10差额',
      '省财政厅¥100.00+¥100.00-¥20.00¥180.00+¥80.00',
      // To whom nothing happened stands as one.
      '其余 1 行无变动¥200.00––¥200.00¥0.00',
      '合计¥300.00+¥100.00-¥20.00¥380.00+¥80.00',
    ]);
  });

  it('opens a part down to its uses, and those to their lines', () => {
    const asked = setup('/cost-changes?from=2026-09&to=2026-10');
    fireEvent.click(within(screen.getByRole('figure')).getByRole('button', { name: /新增/ }));
    expect(asked.at(-1)).toMatchObject({ part: 'NEW', from: '2026-09', to: '2026-10' });
    const table = screen.getByRole('table', { name: '新增：涉及的资源' });
    expect(within(table).getByRole('link', { name: '2026-10' }).getAttribute('href')).toBe(
      '/statements/d1?month=2026-10&search=VM-1',
    );
  });

  it('narrows to a group and a part of it at once', () => {
    const asked = setup('/cost-changes?from=2026-09&to=2026-10');
    fireEvent.click(within(screen.getByRole('row', { name: /省财政厅/ })).getByRole('button', { name: '-¥20.00' }));
    expect(asked.at(-1)).toMatchObject({ departmentId: 'd1', part: 'RELEASED' });
  });
});

describe('IdleCostsPage', () => {
  it('says what idle machines cost, and leads to each and to its lines', () => {
    setup('/idle-costs?month=2026-10');
    expect(screen.getByText(/2026-10 有 2 台闲置云主机计费，占同口径全部核算费用的 25.0%/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'web-1' }).getAttribute('href')).toBe('/resources/r1');
    expect(screen.getByRole('link', { name: '2026-10' }).getAttribute('href')).toBe(
      '/statements/d1?month=2026-10&search=VM-1',
    );
  });
});
