import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { maskFragments } from 'gql.tada';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { RequestAttachments } from '../attachments.gql';
import { AttachmentsPanel } from './AttachmentsPanel';

await withTranslations();
afterEach(cleanup);

type Asked = { variables: { input?: Record<string, unknown> } };

const SM3 = 'ab'.repeat(32);
const file = { id: 'f1', name: '公函.pdf', sizeBytes: 20_480, sm3: SM3, url: '/files/f1' };

function setup({ edits, files = 1 }: { edits: boolean; files?: number }) {
  const executeMutation = jest.fn<(asked: Asked) => unknown>(() =>
    fromValue({ stale: false, hasNext: false, data: { outcome: { request: { id: 'r1' }, errors: [] } } }),
  );
  const client = { executeMutation } as unknown as Client;
  const attachment = { kind: 'LETTER' as const, attachedAt: '2026-11-29T02:00:00.000Z', attachedBy: '张经办', file };
  const request = maskFragments([RequestAttachments], {
    ...{ id: 'r1', code: 'SQ-2026-000001', version: 5, state: edits ? ('DRAFT' as const) : ('UNDER_REVIEW' as const) },
    availableActions: edits ? [{ action: 'EDIT' as const, disabledReason: null }] : [],
    attachments: files === 0 ? [] : [attachment],
  });
  render(
    <Provider value={client}>
      <MemoryRouter>
        <ThemeProvider>
          <NoticeProvider>
            <AttachmentsPanel request={request} />
          </NoticeProvider>
        </ThemeProvider>
      </MemoryRouter>
    </Provider>,
  );
  return { executeMutation };
}

describe('AttachmentsPanel', () => {
  it('names each file with its kind and SM3, for whoever decides too', () => {
    setup({ edits: false });
    expect(screen.getByRole('link', { name: '公函.pdf' }).getAttribute('href')).toBe('/files/f1');
    expect(screen.getByText('公函')).toBeTruthy();
    expect(screen.getByText(SM3)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('takes one back while it is a draft, by the version that is seen', async () => {
    const { executeMutation } = setup({ edits: true });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: '撤下 公函.pdf' })));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({
      ...{ id: 'r1', fileId: 'f1', expectedVersion: 5 },
    });
  });

  it('says what to do where there are none, and is not there for those who can add none', () => {
    setup({ edits: true, files: 0 });
    expect(screen.getByText(/公函、技术方案等可在此添加/)).toBeTruthy();
    cleanup();
    setup({ edits: false, files: 0 });
    expect(screen.queryByText('随表材料')).toBeNull();
  });
});
