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
import { PlacesDialog } from './PlacesDialog';

await withTranslations();
afterEach(cleanup);

const LINES = 1000;
type Asked = { variables: { lineId?: string; share?: string; input?: Record<string, unknown> } };

function candidate(id: string, fits: number, taken: number) {
  const pool = { id, code: id, center: { id: 'c1', name: '同城 A', role: 'ACTIVE_A' as const } };
  const scores = { score: 700, balance: 300, fragmentation: 200, locality: 100, headroom: 100 };
  return maskFragments([CandidateParts], { fits, taken, ...scores, refusedBy: null, pool });
}

function setup() {
  const choices = Array.from({ length: LINES }, (_, index) => ({
    share: 'MAIN',
    count: 2,
    line: { id: `l${index}`, index, name: `应用服务器 ${index}` },
  }));
  const executeQuery = jest.fn<(asked: Asked) => unknown>(({ variables: { lineId } }) => {
    const placementChoices = lineId
      ? [{ candidates: [candidate('pool-1', 2, 2), candidate('pool-2', 2, 0)] }]
      : choices;
    return fromValue({ stale: false, hasNext: false, data: { placementChoices } });
  });
  const outcome = { request: null, errors: [] };
  const executeMutation = jest.fn<(asked: Asked) => unknown>(() =>
    fromValue({ stale: false, hasNext: false, data: { outcome } }),
  );
  const client = { executeQuery, executeMutation } as unknown as Client;
  const onDone = jest.fn();
  render(
    <Provider value={client}>
      <MemoryRouter>
        <ThemeProvider>
          <NoticeProvider>
            <PlacesDialog
              request={{ id: 'r1', code: 'SQ-2026-000001', version: 3 }}
              onClose={() => undefined}
              onDone={onDone}
            />
          </NoticeProvider>
        </ThemeProvider>
      </MemoryRouter>
    </Provider>,
  );
  const weighed = () => executeQuery.mock.calls.flatMap(([{ variables }]) => variables.lineId ?? []);
  return { weighed, executeMutation, onDone };
}

describe('PlacesDialog', () => {
  it('weighs the one line that is looked at, of 1,000', () => {
    const { weighed } = setup();
    expect(new Set(weighed())).toEqual(new Set(['l0']));
    expect(screen.getByText('1. 应用服务器 0 · 单中心 × 2')).toBeTruthy();
  });

  it('sends where all of them go, and refuses a sum that is not all', async () => {
    const { executeMutation, onDone } = setup();
    const [first, second] = screen.getAllByRole('spinbutton');
    fireEvent.change(first as HTMLElement, { target: { value: '1' } });
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '该资源池更空' } });
    const send = () => act(async () => fireEvent.click(screen.getByRole('button', { name: '改放' })));
    await send();
    expect(executeMutation).not.toHaveBeenCalled();
    fireEvent.change(second as HTMLElement, { target: { value: '1' } });
    await send();
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({
      lineId: 'l0',
      share: 'MAIN',
      expectedVersion: 3,
      reason: '该资源池更空',
      places: [
        { poolId: 'pool-1', count: 1 },
        { poolId: 'pool-2', count: 1 },
      ],
    });
    expect(onDone).toHaveBeenCalledTimes(1);
  });
});
