import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OperationResult, useClient } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { usePressKey } from '../../../lib/use-press-key';
import { errorsOfPayload, type FormError } from '../../../ui/forms/form-errors';
import { type Act, actDocuments } from '../request-actions';
import { CreateDraftMutation, UpdateDraftMutation } from '../request-form.gql';
import { RequestOutcome } from '../requests.gql';
import type { ContentInput } from './line-draft';

export type Saved = { id: string; version: number };
export type SaveAnswer = { saved: Saved | null; errors: FormError[] };

/** How far the form goes at once: keep it, or hand it to the head. Whoever sends it does not sign it off, also no head. */
export type Goal = 'save' | 'send';

/** Saves the form and, if wished, goes on. What was saved stays saved when a later step is refused. */
export function useSaveDraft(): {
  save: (content: ContentInput, before: Saved | null, goal: Goal, formId?: string | null) => Promise<SaveAnswer>;
  busy: Goal | null;
} {
  const { t } = useTranslation();
  const client = useClient();
  const savePress = usePressKey();
  const actPress = usePressKey();
  const [busy, setBusy] = useState<Goal | null>(null);

  const failed = useCallback(
    (result: Pick<OperationResult, 'error'>): FormError[] => {
      const failure = result.error && failureOf(result.error);
      return [{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }];
    },
    [t],
  );

  const act = useCallback(
    async (name: Act, saved: Saved): Promise<SaveAnswer> => {
      const input = { id: saved.id, expectedVersion: saved.version, opinion: null };
      const result = await client.mutation(actDocuments[name], {
        input: { ...input, idempotencyKey: actPress.keyFor({ name, ...input }) },
      });
      if (!result.data) return { saved, errors: failed(result) };
      actPress.answered();
      const outcome = readFragment(RequestOutcome, result.data.outcome);
      const { request } = outcome;
      return {
        saved: request ? { id: request.id, version: request.version } : saved,
        errors: errorsOfPayload(userErrorsOf(outcome.errors)),
      };
    },
    [client, actPress, failed],
  );

  const save = useCallback(
    async (
      content: ContentInput,
      before: Saved | null,
      goal: Goal,
      formId: string | null = null,
    ): Promise<SaveAnswer> => {
      setBusy(goal);
      try {
        const idempotencyKey = savePress.keyFor({ before, content });
        const result = before
          ? await client.mutation(UpdateDraftMutation, {
              input: { id: before.id, expectedVersion: before.version, idempotencyKey, content },
            })
          : await client.mutation(CreateDraftMutation, { input: { idempotencyKey, content, formId } });
        if (!result.data) return { saved: before, errors: failed(result) };
        savePress.answered();
        const outcome = readFragment(RequestOutcome, result.data.outcome);
        const errors = errorsOfPayload(userErrorsOf(outcome.errors));
        const request = result.data.outcome.request;
        if (errors.length > 0 || !request) return { saved: before, errors };
        const saved: Saved = { id: request.id, version: request.version };
        if (goal === 'save') return { saved, errors: [] };
        return await act('SEND_FOR_SIGN_OFF', saved);
      } finally {
        setBusy(null);
      }
    },
    [client, savePress, act, failed],
  );
  return { save, busy };
}
