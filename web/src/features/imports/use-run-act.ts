import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { failureOf } from '../../graphql/failure';
import { userErrorsOf } from '../../graphql/user-errors';
import { usePressKey } from '../../lib/use-press-key';
import { ApplyImportMutation, DiscardImportMutation } from './imports.gql';

type Run = { id: string; version: number };

/** Applies or discards a run. `refused` says why not; pressing again after a lost answer is safe. */
export function useRunAct() {
  const { t } = useTranslation();
  const [{ fetching: applying }, applyRun] = useMutation(ApplyImportMutation);
  const [{ fetching: discarding }, discardRun] = useMutation(DiscardImportMutation);
  const press = usePressKey();
  const [refused, setRefused] = useState<string | null>(null);

  const perform = async (act: 'apply' | 'discard', { id, version }: Run): Promise<boolean> => {
    const input = { id, expectedVersion: version };
    const variables = { input: { ...input, idempotencyKey: press.keyFor({ act, ...input }) } };
    const { data, error } =
      act === 'apply'
        ? await applyRun(variables).then((result) => ({ data: result.data?.applyImport, error: result.error }))
        : await discardRun(variables).then((result) => ({ data: result.data?.discardImport, error: result.error }));
    const failure = error && failureOf(error);
    if (failure?.kind !== 'offline') press.answered();
    if (!data) {
      setRefused(failure && 'message' in failure ? failure.message : t('failure.offline'));
      return false;
    }
    const [refusal] = userErrorsOf(data.errors);
    setRefused(refusal?.message ?? null);
    return refusal === undefined;
  };
  return { perform, refused, applying, discarding };
}
