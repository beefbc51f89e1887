import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { maskFragments } from 'gql.tada';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { CandidateParts } from '../../../ui/placement/candidates.gql';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { RePlaceDialog } from './RePlaceDialog';
import type { ReplaceTask } from './replace-columns';

await withTranslations();
afterEach(cleanup);

type Asked = { variables: { input?: Record<string, unknown> } };

const center = { id: 'c1', name: '同城 A', role: 'ACTIVE_A' as const };
const task: ReplaceTask = {
  ...{ id: 't1', version: 4, state: 'OPEN', schedulerText: '0/3 nodes are available', mayPlace: true },
  ...{ refusedSince: '2026-11-29T02:00:00.000Z', openedAt: '2026-11-29T02:10:00.000Z', closedAt: null },
  ...{ decidedBy: null, reason: null, center, pool: { id: 'pool-1', code: 'a-arm64' }, toCenter: null, toPool: null },
  resource: {
    ...{ id: 'r1', name: 'web-1', code: 'VM-2026-000001', vcpu: 4, memoryMib: 8_192, diskGib: 100 },
    department: { id: 'd1', name: '省财政厅' },
  },
};

function candidate(id: string, refusedBy: string | null) {
  const pool = { id, code: id, center };
  const scores = refusedBy
    ? { score: null, balance: null, fragmentation: null, locality: null, headroom: null }
    : { score: 700, balance: 300, fragmentation: 200, locality: 100, headroom: 100 };
  return maskFragments([CandidateParts], { fits: refusedBy ? 0 : 1, taken: 0, ...scores, refusedBy, pool });
}

function setup() {
  const node = { id: 't1', candidates: [candidate('pool-2', null), candidate('pool-1', 'NODES')] };
  const executeQuery = () => fromValue({ stale: false, hasNext: false, data: { node } });
  const executeMutation = jest.fn<(asked: Asked) => unknown>(() =>
    fromValue({ stale: false, hasNext: false, data: { outcome: { task: { id: 't1' }, errors: [] } } }),
  );
  const client = { executeQuery, executeMutation } as unknown as Client;
  const onClose = jest.fn();
  render(
    <Provider value={client}>
      <MemoryRouter>
        <ThemeProvider>
          <NoticeProvider>
            <RePlaceDialog task={task} onClose={onClose} />
          </NoticeProvider>
        </ThemeProvider>
      </MemoryRouter>
    </Provider>,
  );
  const send = () => act(async () => fireEvent.click(screen.getByRole('button', { name: '改放' })));
  return { executeMutation, onClose, send };
}

describe('RePlaceDialog', () => {
  it('says what its cluster said, and offers no pool that something leaves out', () => {
    setup();
    expect(screen.getByText('0/3 nodes are available')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '放入 pool-2' }).disabled).toBe(false);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '放入 pool-1' }).disabled).toBe(true);
    expect(screen.getByText(/节点放不下/)).toBeTruthy();
  });

  it('sends the pool with the reason, and nothing without either', async () => {
    const { executeMutation, onClose, send } = setup();
    await send();
    fireEvent.click(screen.getByRole('radio', { name: '放入 pool-2' }));
    await send();
    expect(executeMutation).not.toHaveBeenCalled();
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '该中心节点检修' } });
    await send();
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({
      ...{ id: 't1', poolId: 'pool-2', expectedVersion: 4, reason: '该中心节点检修' },
    });
    expect(onClose).toHaveBeenCalledTimes(1);
  });
});
