import { afterEach, expect, it } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { type Client, CombinedError, Provider } from 'urql';
import { makeSubject } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ServerTasksPanel } from './ServerTasksPanel';

await withTranslations();
afterEach(cleanup);

const task = {
  ...{
    __typename: 'ServerTask',
    id: 't1',
    kind: 'INSTALL',
    state: 'RUNNING',
    progressPercent: 40,
    text: '写入系统镜像',
  },
  ...{ tries: 0, begunAt: '2026-11-29T08:00:00.000Z', changedAt: '2026-11-29T08:00:00.000Z', endedAt: null },
  ...{ server: { id: 's1', assetNumber: 'ZC-A-0001', department: null }, center: null },
};

function show() {
  const { source, next } = makeSubject<object>();
  const client = { executeQuery: () => source } as unknown as Client;
  render(
    <Provider value={client}>
      <MemoryRouter>
        <ServerTasksPanel id="s1" assetNumber="ZC-A-0001" news="" />
      </MemoryRouter>
    </Provider>,
  );
  const serverTasks = (nodes: object[]) => ({ data: { serverTasks: { totalCount: nodes.length, nodes } } });
  const hear = (result: object) => act(() => next({ stale: false, hasNext: false, ...result }));
  return { hear, tasks: (nodes: object[]) => hear(serverTasks(nodes)) };
}

const title = () => screen.queryByRole('heading', { name: '任务日志' });

it('takes no room where people do everything to a server', () => {
  const { tasks } = show();
  expect(title()).toBeNull();
  tasks([]);
  expect(title()).toBeNull();
});

it('says how far its host is, and leads to the log of servers', () => {
  const { tasks } = show();
  tasks([task]);
  expect(screen.getByText('装机', { exact: false }).textContent).toContain('装机');
  expect(screen.getByRole('progressbar', { name: 'ZC-A-0001 的进度' })).toBeTruthy();
  expect(screen.getByRole('link', { name: '全部 1 条' }).getAttribute('href')).toBe('/tasks/servers?search=ZC-A-0001');
});

it('says that they could not be read', () => {
  const { hear } = show();
  hear({ error: new CombinedError({ networkError: new Error('lost') }) });
  expect(title()).toBeTruthy();
  expect(screen.getByRole('button', { name: '重试' })).toBeTruthy();
});
