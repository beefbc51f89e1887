import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { CombinedError } from '@urql/core';
import { GraphQLError } from 'graphql';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import type { Permission } from '../../../graphql/permissions';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { RequestListPage } from './RequestListPage';

await withTranslations();
afterEach(cleanup);

const row = {
  id: 'r1',
  code: 'SQ-2026-000001',
  state: 'UNDER_REVIEW',
  purpose: '扩容',
  applicantName: '李晓雨',
  machineCount: 2,
  serverCount: 1,
  cabinetCount: 0,
  serviceCount: 0,
  monthlyCost: '85200',
  createdAt: '2026-11-24T00:00:00Z',
  submittedAt: null,
  holder: '技术审核岗',
  holderSince: '2026-11-24T00:00:00Z',
  department: { id: 'd', name: '省财政厅' },
  system: { id: 's', name: '预算管理一体化系统' },
};

const pageOf = (nodes: object[]) => ({
  data: { requests: { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes } },
});
const failing = (code: string) => ({
  error: new CombinedError({
    graphQLErrors: [new GraphQLError('服务器说不', { extensions: { code, traceId: 'trace-7' } })],
  }),
});

function setup(
  answer: object | null,
  address = '/requests',
  permissions: Permission[] = [{ object: 'REQUEST', action: 'CREATE', scope: 'OWN_DEPARTMENT' }],
) {
  const asked: unknown[] = [];
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request.variables);
      // A real source stays open after its answer; one that ends would take an error away again.
      return answer ? merge([fromValue({ stale: false, hasNext: false, ...answer }), never]) : never;
    },
    executeSubscription: () => never,
  } as unknown as Client;
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '李晓雨', departmentName: '省财政厅', permissions, seesCapacityFigures: true }}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <RequestListPage />
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

describe('RequestListPage', () => {
  it('shows rows with state, cost and a link', () => {
    setup(pageOf([row]));
    expect(screen.getByRole('link', { name: 'SQ-2026-000001' }).getAttribute('href')).toBe('/requests/r1');
    expect(screen.getByRole('cell', { name: '中心审核中' })).toBeTruthy();
    expect(screen.getByText('¥852.00')).toBeTruthy();
  });

  it('asks for what the address says', () => {
    const asked = setup(
      pageOf([row]),
      '/requests?states=DRAFT,RETURNED&search=%E9%A2%84%E7%AE%97&order=OLDEST&after=key&from=51',
    );
    expect(asked[0]).toEqual({
      first: 50,
      after: 'key',
      orderBy: 'OLDEST',
      filter: { search: '预算', states: ['DRAFT', 'RETURNED'] },
    });
    expect(screen.getByRole('button', { name: '草稿' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('says loading while nothing is known', () => {
    setup(null);
    expect(screen.getByText('正在加载')).toBeTruthy();
  });

  it('offers the next action when there is nothing, and widening when a filter hides it', () => {
    setup(pageOf([]));
    expect(screen.getByText('还没有申请单')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: '新建申请' }).length).toBe(2);
    cleanup();
    setup(pageOf([]), '/requests?search=x');
    expect(screen.getAllByRole('button', { name: '清除筛选' }).length).toBeGreaterThan(0);
  });

  it('shows the trace id of an error and a way to try again', () => {
    setup(failing('INTERNAL_SERVER_ERROR'));
    expect(screen.getByText('服务器说不')).toBeTruthy();
    expect(screen.getByText('trace-7')).toBeTruthy();
    expect(screen.getByRole('button', { name: '重试' })).toBeTruthy();
  });

  it('says whom to ask when there is no permission', () => {
    setup(failing('FORBIDDEN'));
    expect(screen.getByText('没有权限查看')).toBeTruthy();
    expect(screen.getByText(/信息化负责人/)).toBeTruthy();
  });

  it('offers no new request to someone who may not make one', () => {
    setup(pageOf([row]), '/requests', []);
    expect(screen.queryByRole('button', { name: '新建申请' })).toBeNull();
  });
});
