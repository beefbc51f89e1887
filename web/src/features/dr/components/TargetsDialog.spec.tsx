import { afterEach, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type Client, CombinedError, Provider } from 'urql';
import { fromValue, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import type { DrGroup } from '../dr.gql';
import { TargetsDialog } from './TargetsDialog';

await withTranslations();
afterEach(cleanup);

const groupAt = (version: number) =>
  ({
    ...{ id: 'g1', name: '办事系统', version, targetLevel: 5, rtoSeconds: 1_800, rpoSeconds: 300 },
    ...{ dooSeconds: null, nroSeconds: null, level: { elements: [] } },
  }) as unknown as DrGroup;

type Mutation = (request: { variables: { input: Record<string, unknown> } }) => unknown;

it('sends the version that its figures are of, whatever the page has read since', async () => {
  const lost = { error: new CombinedError({ networkError: new Error('lost') }) };
  const executeMutation = jest.fn<Mutation>(() => fromValue({ stale: false, hasNext: false, ...lost }));
  const client = { executeMutation, executeQuery: () => never } as unknown as Client;
  const dialogOf = (version: number) => (
    <Provider value={client}>
      <ThemeProvider>
        <NoticeProvider>
          <TargetsDialog group={groupAt(version)} onClose={jest.fn()} />
        </NoticeProvider>
      </ThemeProvider>
    </Provider>
  );
  const { rerender } = render(dialogOf(1));
  fireEvent.change(screen.getByRole('textbox'), { target: { value: '三级系统' } });
  rerender(dialogOf(2));
  await act(async () => fireEvent.click(screen.getByRole('button', { name: '保存' })));
  expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ id: 'g1', expectedVersion: 1, level: 5 });
});
