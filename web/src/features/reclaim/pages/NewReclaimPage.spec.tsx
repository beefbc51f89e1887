import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { NewReclaimPage } from './NewReclaimPage';

await withTranslations();
afterEach(cleanup);

const lineTerm = {
  ...{ __typename: 'LineTerm', id: 't1', lineId: 'l1', name: 'firewall', kind: 'CABINET', count: 2 },
  ...{ temporaryUntil: null, department: { id: 'd', name: '省财政厅' }, system: { id: 's', name: '预算系统' } },
  request: { id: 'r1', code: 'SQ-2026-000127' },
};

function Where() {
  const { pathname } = useLocation();
  return <output>{pathname}</output>;
}

function setup() {
  const asked: unknown[] = [];
  const sent = { outcome: { case: { id: 'c1', code: 'HS-2026-000007' }, errors: [] } };
  const executeMutation = jest.fn((_request: { variables: { input: object } }) =>
    fromValue({ stale: false, hasNext: false, data: sent }),
  );
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request.variables);
      return merge([fromValue({ stale: false, hasNext: false, data: { lineTerm } }), never]);
    },
    executeSubscription: () => never,
    executeMutation,
  } as unknown as Client;
  render(
    <Provider value={client}>
      <MemoryRouter initialEntries={['/reclaim-cases/new?line=l1']}>
        <ThemeProvider>
          <Routes>
            <Route path="/reclaim-cases/new" element={<NewReclaimPage />} />
            <Route path="*" element={null} />
          </Routes>
          <Where />
        </ThemeProvider>
      </MemoryRouter>
    </Provider>,
  );
  return { asked, inputs: () => executeMutation.mock.calls.map(([{ variables }]) => variables.input) };
}

describe('NewReclaimPage of a line', () => {
  it('says what it is about, and leads back to its request', () => {
    const { asked } = setup();
    expect(asked[0]).toEqual({ id: 'l1' });
    expect(screen.getByRole('heading', { name: '发起闲置回收：firewall' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'SQ-2026-000127' }).getAttribute('href')).toBe('/requests/r1');
    for (const fact of ['省财政厅', '预算系统', '机柜空间 × 2', '长期']) expect(screen.getByText(fact)).toBeTruthy();
  });

  it('sends the evidence with the line, and shows the case; without evidence it sends nothing', async () => {
    const { inputs } = setup();
    const send = screen.getByRole('button', { name: '发起并告知' });
    await act(async () => fireEvent.click(send));
    expect(inputs()).toEqual([]);
    fireEvent.change(screen.getByRole('textbox', { name: '闲置依据' }), { target: { value: ' 空置半年 ' } });
    await act(async () => fireEvent.click(send));
    expect(inputs()).toMatchObject([{ lineId: 'l1', evidence: '空置半年', figures: [], fileIds: [] }]);
    expect(screen.getByText('/reclaim-cases/c1')).toBeTruthy();
  });
});
