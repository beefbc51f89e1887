import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { failureOf } from '../../graphql/failure';
import { readFragment } from '../../graphql/tada';
import { userErrorsOf } from '../../graphql/user-errors';
import { usePressKey } from '../../lib/use-press-key';
import { errorsOfPayload, type FormError } from '../../ui/forms/form-errors';
import { type Act, actDocuments } from './request-actions';
import { RequestOutcome } from './requests.gql';

type Input = { id: string; expectedVersion: number; opinion: string | null; fileId?: string | null; seatId?: string };

const LINE = /^lines\.(\d+)/;

/** Where an act is pressed there are no fields of lines to lead to: the words say which line it is. */
function ofLine(error: FormError, t: TFunction): FormError {
  const number = LINE.exec(error.field)?.[1];
  if (number === undefined) return error;
  const line = t('requestForm.line', { line: Number(number) + 1 });
  return { ...error, field: '', message: t('requestForm.lineSays', { line, message: error.message }) };
}

/** Performs one act; the answer is the list of what refused it, empty when it is done. Pressing again after a lost answer is safe. */
export function useAct(act: Act): { perform: (input: Input) => Promise<FormError[]>; busy: boolean } {
  const { t } = useTranslation();
  const [{ fetching }, mutate] = useMutation(actDocuments[act]);
  const press = usePressKey();
  const perform = useCallback(
    async (input: Input): Promise<FormError[]> => {
      const result = await mutate({ input: { ...input, idempotencyKey: press.keyFor(input) } });
      if (!result.data) {
        const failure = result.error && failureOf(result.error);
        if (failure?.kind !== 'offline') press.answered();
        return [{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }];
      }
      press.answered();
      const errors = errorsOfPayload(userErrorsOf(readFragment(RequestOutcome, result.data.outcome).errors));
      return errors.map((error) => ofLine(error, t));
    },
    [mutate, press, t],
  );
  return { perform, busy: fetching };
}
