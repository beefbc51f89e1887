import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { LineTermListPage } from './LineTermListPage';

await withTranslations();
afterEach(cleanup);

const row = {
  ...{ __typename: 'LineTerm', id: 't1', lineId: 'l1', name: 'firewall', kind: 'CABINET', count: 2, version: 3 },
  ...{ temporaryUntil: '2099-01-14', leavesOn: '2099-01-30', termOverAt: null, extensionsUsed: 1 },
  ...{ reviewDueAt: null, reviewStage: 'NONE', mayAct: true, mayOpenReclaim: false, reclaimCaseId: null },
  ...{ department: { id: 'd', name: '省财政厅' }, system: { id: 's', name: '预算系统' } },
  request: { id: 'r1', code: 'SQ-2026-000127' },
};
const long = { ...row, temporaryUntil: null, leavesOn: null, reviewDueAt: '2099-03-01T00:00:00Z', reviewStage: 'HEAD' };

function Where() {
  const { pathname, search } = useLocation();
  return <output>{`${pathname}${search}`}</output>;
}

function setup(nodes: readonly object[], address = '/terms/lines') {
  const asked: unknown[] = [];
  const linesDue = { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  const sent = { outcome: { term: null, extension: { id: 'e', state: 'ASKED' }, errors: [] } };
  const executeMutation = jest.fn((_request: { variables: { input: object } }) =>
    fromValue({ stale: false, hasNext: false, data: sent }),
  );
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request.variables);
      return merge([fromValue({ stale: false, hasNext: false, data: { linesDue, lifePolicies: [] } }), never]);
    },
    executeSubscription: () => never,
    executeMutation,
  } as unknown as Client;
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '李', departmentName: '省', permissions: [], seesCapacityFigures: true }}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <LineTermListPage />
            <Where />
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return { asked, input: () => executeMutation.mock.calls[0]?.[0].variables.input };
}

describe('LineTermListPage', () => {
  it('says until when, from when it is taken back, and leads to the request', () => {
    setup([row]);
    expect(screen.getByRole('link', { name: 'firewall' }).getAttribute('href')).toBe('/requests/r1');
    expect(screen.getByText('2099-01-14')).toBeTruthy();
    expect(screen.getByText('2099-01-30 起收回')).toBeTruthy();
    expect(screen.getByText('机柜空间')).toBeTruthy();
  });

  it('asks for a longer term of the line, by its own version', async () => {
    const { input } = setup([row]);
    fireEvent.click(screen.getByRole('button', { name: '延期 firewall' }));
    const dialog = within(screen.getByRole('dialog'));
    fireEvent.click(dialog.getByRole('radio', { name: '转为长期使用' }));
    fireEvent.change(dialog.getByRole('textbox'), { target: { value: ' 项目延期 ' } });
    await act(async () => fireEvent.click(dialog.getByRole('button', { name: '延期' })));
    expect(input()).toMatchObject({ lineId: 'l1', expectedVersion: 3, until: null, reason: '项目延期' });
  });

  it('reviews what is long-term, with or without a word, and keeps its list in the address', async () => {
    const { asked, input } = setup([long], '/terms/lines?list=TO_REVIEW');
    expect(asked[0]).toMatchObject({ list: 'TO_REVIEW' });
    expect(screen.getByText('已提醒负责人')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '复核 firewall' }));
    const dialog = within(screen.getByRole('dialog'));
    await act(async () => fireEvent.click(dialog.getByRole('button', { name: '提交复核' })));
    expect(input()).toMatchObject({ lineId: 'l1', expectedVersion: 3, note: null });
  });

  it('leads the center to a reclaim case about it, or to the one that there is', () => {
    setup([{ ...row, mayAct: false, mayOpenReclaim: true }]);
    expect(screen.queryByRole('button', { name: '延期 firewall' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '发起闲置回收 firewall' }));
    expect(screen.getByText('/reclaim-cases/new?line=l1')).toBeTruthy();
    cleanup();
    setup([{ ...row, reclaimCaseId: 'c1' }]);
    expect(screen.getByRole('link', { name: '闲置回收办理中' }).getAttribute('href')).toBe('/reclaim-cases/c1');
  });

  it('offers nothing to whoever only reads, and says what will come where there is none', () => {
    setup([{ ...row, mayAct: false }]);
    expect(screen.queryByRole('button', { name: '延期 firewall' })).toBeNull();
    cleanup();
    setup([]);
    expect(screen.getByRole('heading', { name: '没有临时使用的服务器、机位或服务' })).toBeTruthy();
  });
});
