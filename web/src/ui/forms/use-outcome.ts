import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type TypedDocumentNode, useMutation } from 'urql';
import { failureOf } from '../../graphql/failure';
import type { FragmentOf } from '../../graphql/tada';
import type { UserErrorFields } from '../../graphql/user-error.gql';
import { userErrorsOf } from '../../graphql/user-errors';
import { usePressKey } from '../../lib/use-press-key';
import { errorsOfPayload, type FormError } from './form-errors';

type Outcome = { outcome: { errors: readonly FragmentOf<typeof UserErrorFields>[] } };
type Sent<Data> = { data: Data; errors: [] } | { data: null; errors: FormError[] };

/** Sends one act, whose document calls its field `outcome`. Pressing again after a lost answer is safe. */
export function useOutcome<Data extends Outcome, Variables extends { input: { idempotencyKey: string } }>(
  document: TypedDocumentNode<Data, Variables>,
): { send: (input: Omit<Variables['input'], 'idempotencyKey'>) => Promise<Sent<Data>>; busy: boolean } {
  const { t } = useTranslation();
  const [{ fetching }, mutate] = useMutation(document);
  const press = usePressKey();
  const send = useCallback(
    async (input: Omit<Variables['input'], 'idempotencyKey'>): Promise<Sent<Data>> => {
      const variables = { input: { ...input, idempotencyKey: press.keyFor(input) } } as unknown as Variables;
      const { data, error } = await mutate(variables);
      if (!data) {
        const failure = error && failureOf(error);
        if (failure?.kind !== 'offline') press.answered();
        const message = failure && 'message' in failure ? failure.message : t('failure.offline');
        return { data: null, errors: [{ field: '', message }] };
      }
      press.answered();
      const errors = errorsOfPayload(userErrorsOf(data.outcome.errors));
      return errors.length > 0 ? { data: null, errors } : { data, errors: [] };
    },
    [mutate, press, t],
  );
  return { send, busy: fetching };
}
