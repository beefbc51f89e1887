import { describe, expect, it } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { type DocumentNode, Kind } from 'graphql';
import type { ReactNode } from 'react';
import { type Client, Provider } from 'urql';
import { withTranslations } from '../../../lib/i18n/for-tests';
import type { ContentInput } from './line-draft';
import { useSaveDraft } from './use-save-draft';

await withTranslations();

const CONTENT: ContentInput = { systemId: 's', projectId: 'p', purpose: '扩容', lines: [] };

/** The mutations that were sent, by name; whatever is asked may be done, as to a head. */
function setup() {
  const sent: string[] = [];
  const request = {
    id: 'r1',
    version: 1,
    availableActions: ['SEND_FOR_SIGN_OFF', 'SUBMIT'].map((action) => ({ action, disabledReason: null })),
  };
  const client = {
    mutation: async (document: DocumentNode) => {
      const named = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
      sent.push(named?.kind === Kind.OPERATION_DEFINITION ? (named.name?.value ?? '') : '');
      return { data: { outcome: { request, errors: [] } } };
    },
  } as unknown as Client;
  const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
  return { sent, hook: renderHook(() => useSaveDraft(), { wrapper }) };
}

describe('useSaveDraft', () => {
  it('keeps a draft and does nothing more', async () => {
    const { sent, hook } = setup();
    await act(() => hook.result.current.save(CONTENT, null, 'save'));
    expect(sent).toEqual(['CreateRequestDraft']);
  });

  it('sends it on its way and signs nothing off, whoever presses', async () => {
    const { sent, hook } = setup();
    const answer = await act(() => hook.result.current.save(CONTENT, { id: 'r1', version: 1 }, 'send'));
    expect(sent).toHaveLength(2);
    expect(sent[0]).toBe('UpdateRequestDraft');
    expect(sent[1]).toMatch(/send/i);
    expect(answer).toEqual({ saved: { id: 'r1', version: 1 }, errors: [] });
  });
});
