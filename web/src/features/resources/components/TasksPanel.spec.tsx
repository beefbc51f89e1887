import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { type Client, CombinedError, Provider } from 'urql';
import { makeSubject, type Source } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { TasksPanel } from './TasksPanel';

await withTranslations();
afterEach(cleanup);

const tasks = {
  stale: false,
  hasNext: false,
  data: { resourceTasks: { totalCount: 7, nodes: [] } },
};

function show() {
  const { source, next } = makeSubject<object>();
  const executeQuery = jest.fn((): Source<object> => source);
  const client = { executeQuery } as unknown as Client;
  const page = (news: number) => (
    <Provider value={client}>
      <MemoryRouter>
        <TasksPanel id="m1" code="ZY-2026-000001" news={news} />
      </MemoryRouter>
    </Provider>
  );
  const { rerender } = render(page(0));
  return {
    executeQuery,
    next: (result: object) => act(() => next(result)),
    hear: (news: number) => rerender(page(news)),
  };
}

describe('the tasks of a machine', () => {
  it('say that they are on their way, and count only what has come', () => {
    const { next } = show();
    expect(screen.getByRole('status').textContent).toBe('正在加载');
    expect(screen.queryByRole('link')).toBeNull();
    next(tasks);
    expect(screen.queryByRole('status')).toBeNull();
    expect(screen.getByRole('link', { name: '全部 7 条' })).toBeTruthy();
  });

  it('count nothing where they could not be read', () => {
    const { next } = show();
    next({ stale: false, hasNext: false, error: new CombinedError({ networkError: new Error('lost') }) });
    expect(screen.getByRole('button', { name: '重试' })).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('are asked for again at each event, and not without one', () => {
    const { executeQuery, hear, next } = show();
    next(tasks);
    const before = executeQuery.mock.calls.length;
    hear(0);
    expect(executeQuery).toHaveBeenCalledTimes(before);
    hear(1);
    expect(executeQuery).toHaveBeenCalledTimes(before + 1);
    hear(2);
    expect(executeQuery).toHaveBeenCalledTimes(before + 2);
  });
});
