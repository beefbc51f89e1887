import { useCallback, useState } from 'react';
import type { FormError } from '../../../ui/forms/form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { CreateChangeMutation, UpdateChangeMutation } from '../change.gql';
import { useAct } from '../use-act';
import type { ChangeInput } from './change-draft';
import type { Goal, Saved } from './use-save-draft';

export type SavedChange = { saved: Saved | null; errors: FormError[] };

/** Saves the wish as a draft and, if wished, sends it on. What was saved stays saved when sending is refused. */
export function useSaveChange() {
  const create = useOutcome(CreateChangeMutation);
  const update = useOutcome(UpdateChangeMutation);
  const { perform } = useAct('SEND_FOR_SIGN_OFF');
  const [busy, setBusy] = useState<Goal | null>(null);
  const { send: sendNew } = create;
  const { send: sendSaved } = update;
  const save = useCallback(
    async (content: ChangeInput, before: Saved | null, goal: Goal): Promise<SavedChange> => {
      setBusy(goal);
      try {
        const { data, errors } = before
          ? await sendSaved({ id: before.id, expectedVersion: before.version, content })
          : await sendNew({ content });
        const request = data?.outcome.request;
        if (!request) return { saved: before, errors };
        const saved = { id: request.id, version: request.version };
        if (goal === 'save') return { saved, errors: [] };
        return { saved, errors: await perform({ id: saved.id, expectedVersion: saved.version, opinion: null }) };
      } finally {
        setBusy(null);
      }
    },
    [sendNew, sendSaved, perform],
  );
  return { save, busy };
}
