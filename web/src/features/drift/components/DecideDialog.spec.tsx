import { afterEach, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type Client, CombinedError, Provider } from 'urql';
import { fromValue, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { DecideDialog } from './DecideDialog';
import type { Drift } from './drift-columns';

await withTranslations();
afterEach(cleanup);

const drift: Drift = {
  ...{ id: 'd1', version: 3, subjectCode: 'ZY-2026-000001', objectKind: 'VirtualMachine', objectNamespace: 'dept-a' },
  ...{ objectName: 'vm-1', path: 'spec.memory', fieldClass: 'SIZE', wanted: '4Gi', found: '8Gi', manager: 'kubectl' },
  ...{ handling: 'REPORT', state: 'OPEN', acceptedUntil: null, decidedBy: null, decidedAt: null, reason: null },
  ...{ firstSeenAt: '2026-11-29T01:00:00Z', lastSeenAt: '2026-11-29T01:00:00Z', endedAt: null },
  ...{ availableActions: ['PUT_BACK', 'ACCEPT'], center: null, department: null, resource: null },
};

type Mutation = (request: { variables: { input: Record<string, unknown> } }) => unknown;

it('asks for days, and a second press after a lost answer is the same wish', async () => {
  const lost = { error: new CombinedError({ networkError: new Error('lost') }) };
  const executeMutation = jest.fn<Mutation>(() => fromValue({ stale: false, hasNext: false, ...lost }));
  const client = { executeMutation, executeQuery: () => never } as unknown as Client;
  render(
    <Provider value={client}>
      <ThemeProvider>
        <NoticeProvider>
          <DecideDialog drift={drift} act="ACCEPT" onClose={jest.fn()} />
        </NoticeProvider>
      </ThemeProvider>
    </Provider>,
  );
  fireEvent.change(screen.getByRole('textbox'), { target: { value: '压测期间' } });
  const press = screen.getByRole('button', { name: '暂时接受' });
  await act(async () => fireEvent.click(press));
  await act(async () => fireEvent.click(press));
  const [first, second] = executeMutation.mock.calls.map(([request]) => request.variables.input);
  expect(first).toMatchObject({ id: 'd1', expectedVersion: 3, reason: '压测期间', days: 7 });
  expect(second).toEqual(first);
});
