import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { DriftListPage } from './DriftListPage';

await withTranslations();
afterEach(cleanup);

function Address() {
  return <output>{useLocation().search}</output>;
}

function setup(address: string, node: object | null = null) {
  const asked: Record<string, unknown>[] = [];
  const data = {
    drifts: { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    centers: [{ id: 'c1', code: 'a', name: '甲中心', role: 'ACTIVE_A' }],
    node,
  };
  const client = {
    executeQuery: (request: { variables: Record<string, unknown> }) => {
      asked.push(request.variables);
      return merge([fromValue({ stale: false, hasNext: false, data }), never]);
    },
  } as unknown as Client;
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '李', departmentName: '省', permissions: [], seesCapacityFigures: false }}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <DriftListPage />
            <Address />
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

describe('DriftListPage', () => {
  it('shows the center that a link narrowed it to', () => {
    const asked = setup('/drift?center=c1');
    expect(asked[0]).toMatchObject({ filter: { centerId: 'c1' }, ofResource: false });
    expect(screen.getByRole('combobox', { name: '数据中心' })).toBeTruthy();
    expect(screen.getByText('甲中心')).toBeTruthy();
  });

  it('names the resource that a link narrowed it to, and lets go of it alone', () => {
    const asked = setup('/drift?resource=r1&states=OPEN', { __typename: 'Resource', id: 'r1', name: 'query-1' });
    expect(asked[0]).toMatchObject({ filter: { resourceId: 'r1' }, resourceId: 'r1', ofResource: true });
    fireEvent.click(screen.getByRole('button', { name: '取消筛选 资源 query-1' }));
    expect(document.querySelector('output')?.textContent).toBe('?states=OPEN');
    expect(asked.at(-1)).toMatchObject({ filter: { resourceId: null }, ofResource: false });
  });

  it('says so where the resource is none of the viewer’s', () => {
    setup('/drift?resource=r1');
    expect(screen.getByRole('button', { name: '取消筛选 资源 找不到的资源' })).toBeTruthy();
  });
});
