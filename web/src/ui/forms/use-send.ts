import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnyVariables, type TypedDocumentNode, useMutation } from 'urql';
import { failureOf } from '../../graphql/failure';
import type { FragmentOf } from '../../graphql/tada';
import type { UserErrorFields } from '../../graphql/user-error.gql';
import { userErrorsOf } from '../../graphql/user-errors';
import { usePressKey } from '../../lib/use-press-key';
import { errorsOfPayload, type FormError } from './form-errors';

type Masked = readonly FragmentOf<typeof UserErrorFields>[];
type InputOf<Variables> = Variables extends { input: infer Input } ? Omit<Input, 'idempotencyKey'> : never;

/**
 * Sends a mutation of one `input` with the key of the press; the answer is the list of what refused it, empty when it is
 * done. Pressing again after a lost answer is safe.
 */
export function useSend<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  errorsOf: (data: Data) => Masked,
): { send: (input: InputOf<Variables>) => Promise<FormError[]>; busy: boolean } {
  const { t } = useTranslation();
  const [{ fetching }, mutate] = useMutation<Data, Variables>(document);
  const press = usePressKey();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `errorsOf` reads one field of the document's own answer.
  const send = useCallback(
    async (input: InputOf<Variables>): Promise<FormError[]> => {
      const variables = { input: { ...input, idempotencyKey: press.keyFor(input) } } as unknown as Variables;
      const result = await mutate(variables);
      if (!result.data) {
        const failure = result.error && failureOf(result.error);
        if (failure?.kind !== 'offline') press.answered();
        return [{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }];
      }
      press.answered();
      return errorsOfPayload(userErrorsOf(errorsOf(result.data)));
    },
    [mutate, press, t],
  );
  return { send, busy: fetching };
}
