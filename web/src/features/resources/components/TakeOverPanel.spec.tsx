import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import type { Permission } from '../../../graphql/permissions';
import type { ResultOf } from '../../../graphql/tada';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import type { TakeOverPreviewQuery } from '../take-over.gql';
import { TakeOverPanel } from './TakeOverPanel';

await withTranslations();
afterEach(cleanup);

type Preview = ResultOf<typeof TakeOverPreviewQuery>['takeOverPreview'];
type Mutation = (request: { variables: { input: Record<string, unknown> } }) => unknown;

const shown = {
  ...{ hash: 'h1', resourceVersion: '7', owned: ['spec.runStrategy'] },
  conflicts: [{ manager: 'helm', field: '.metadata.labels.app.kubernetes.io/managed-by' }],
  differences: [{ path: 'metadata.labels["jiyun.internal/code"]', before: null, after: '"VM-1"' }],
};
const preview: Preview = {
  ...{ readAt: '2026-11-29T06:00:00Z', namespace: 'dept-js-finance', name: 'web-1', vcpu: 4, memoryMib: 8_192 },
  ...{ disks: ['web-1-root'], managers: ['helm'], stops: [], mayPropose: true, shown, newest: null },
};
const waiting: NonNullable<Preview['newest']> = {
  ...{ state: 'PROPOSED', version: 1, proposedBy: '张三', proposedAt: '2026-11-29T05:00:00Z' },
  ...{ decidedBy: null, decidedAt: null, opinion: null, mayDecide: true, mayWithdraw: false, shown },
};

function setup(over: Partial<Preview>, management = 'OBSERVED', reads = true) {
  const data = { takeOverPreview: { ...preview, ...over } };
  const outcome = { data: { outcome: { resource: { id: 'm1' }, errors: [] } } };
  const executeMutation = jest.fn<Mutation>(() => fromValue({ stale: false, hasNext: false, ...outcome }));
  const executeQuery = jest.fn(() => merge([fromValue({ stale: false, hasNext: false, data }), never]));
  const client = { executeMutation, executeQuery, executeSubscription: () => never } as unknown as Client;
  const permissions: Permission[] = reads ? [{ object: 'INTAKE', action: 'READ', scope: 'PROVINCE' }] : [];
  const viewer = { id: 'u', displayName: '李', departmentName: null, permissions, seesCapacityFigures: true };
  render(
    <Provider value={client}>
      <ThemeProvider>
        <ViewerContext.Provider value={viewer}>
          <NoticeProvider>
            <TakeOverPanel resource={{ id: 'm1', name: 'web-1', version: 3, management }} />
          </NoticeProvider>
        </ViewerContext.Provider>
      </ThemeProvider>
    </Provider>,
  );
  return { executeMutation, executeQuery };
}
const names = () => screen.getAllByRole('button').map((each) => each.textContent);
const inputOf = (mutation: jest.Mock<Mutation>) => mutation.mock.calls[0]?.[0].variables.input;

describe('taking over a machine', () => {
  it('asks nothing of the cluster where it is not only observed, or not this person’s work', () => {
    const driven = setup({}, 'DRIVEN');
    const other = setup({}, 'OBSERVED', false);
    expect(driven.executeQuery).not.toHaveBeenCalled();
    expect(other.executeQuery).not.toHaveBeenCalled();
    expect(screen.queryByText('纳入管理')).toBeNull();
  });

  it('shows what would be written, and proposes just that', async () => {
    const { executeMutation } = setup({});
    expect(screen.getByText('metadata.labels["jiyun.internal/code"]')).toBeTruthy();
    expect(screen.getByText(/web-1-root，仍归原所有者/)).toBeTruthy();
    expect(screen.getByText('.metadata.labels.app.kubernetes.io/managed-by')).toBeTruthy();
    await act(async () => fireEvent.click(screen.getByRole('button', { name: '提出纳入管理' })));
    expect(inputOf(executeMutation)).toMatchObject({ id: 'm1', expectedVersion: 3, shownHash: 'h1' });
  });

  it('says what stands against it, and offers nothing', () => {
    setup({ stops: ['它不在所属单位的命名空间中'], mayPropose: false, shown: null });
    expect(screen.getByRole('alert').textContent).toContain('它不在所属单位的命名空间中');
    expect(names()).toEqual(['重新查看']);
  });

  it('lets the other person approve what was shown, by its own version', async () => {
    const { executeMutation } = setup({ mayPropose: false, newest: waiting });
    expect(screen.getByText(/张三提出/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '批准纳入管理' }));
    await act(async () =>
      fireEvent.click(screen.getAllByRole('button', { name: '批准纳入管理' }).at(-1) as HTMLElement),
    );
    expect(inputOf(executeMutation)).toMatchObject({ id: 'm1', expectedVersion: 1 });
  });

  it('returns only with an opinion', async () => {
    const { executeMutation } = setup({ mayPropose: false, newest: waiting });
    fireEvent.click(screen.getByRole('button', { name: /^退 ?回$/ }));
    await act(async () => fireEvent.click(screen.getAllByRole('button', { name: /^退 ?回$/ }).at(-1) as HTMLElement));
    expect(executeMutation).not.toHaveBeenCalled();
    expect(screen.getAllByText('请填写退回意见').length).toBeGreaterThan(0);
  });

  it('says that the object is another than was proposed', () => {
    setup({ mayPropose: false, newest: waiting, shown: { ...shown, hash: 'h2' } });
    expect(screen.getByRole('alert').textContent).toContain('批准会被拒绝');
  });
});
