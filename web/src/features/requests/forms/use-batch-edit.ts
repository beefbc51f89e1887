import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { uniqueId } from '../../../lib/unique-id';
import { BatchHead, type BatchRow, EditBatchMutation } from '../batches.gql';

type Row = ResultOf<typeof BatchRow>;
export type TypedCell = { row: number; column: string; value: string };
/** ok: everything that was typed is kept. */
export type SavingState = 'ok' | 'saving' | 'failed';

/**
 * Sends what is typed, one edit after the other, each under the version that the last answer brought; what is typed meanwhile goes with
 * the next. The answer renews the rows on the screen where they stand, also those that became right.
 */
export function useBatchEdit(
  batch: { id: string; version: number },
  rows: readonly Row[],
): { type: (cells: readonly TypedCell[]) => void; saving: SavingState; problem: string | null } {
  const { t } = useTranslation();
  const client = useClient();
  const [saving, setSaving] = useState<SavingState>('ok');
  const [problem, setProblem] = useState<string | null>(null);
  const version = useRef(batch.version);
  const waiting = useRef<TypedCell[]>([]);
  const busy = useRef(false);
  const numbers = useRef<number[]>([]);
  useEffect(() => {
    version.current = Math.max(version.current, batch.version);
  }, [batch.version]);
  useEffect(() => {
    numbers.current = rows.map(({ number }) => number);
  }, [rows]);

  const send = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setSaving('saving');
    while (waiting.current.length > 0) {
      const cells = waiting.current;
      waiting.current = [];
      const input = { id: batch.id, expectedVersion: version.current, idempotencyKey: uniqueId(), cells };
      const result = await client.mutation(EditBatchMutation, { input, numbers: numbers.current });
      const answer = result.data?.outcome;
      const failure = result.error && failureOf(result.error);
      const [refused] = answer ? userErrorsOf(answer.errors) : [];
      if (!answer?.lineBatch) {
        setProblem(refused?.message ?? (failure && 'message' in failure ? failure.message : t('failure.offline')));
        setSaving('failed');
        busy.current = false;
        return;
      }
      version.current = readFragment(BatchHead, answer.lineBatch).version;
      setProblem(null);
    }
    busy.current = false;
    setSaving('ok');
  }, [batch.id, client, t]);

  const type = useCallback(
    (cells: readonly TypedCell[]) => {
      waiting.current = [...waiting.current, ...cells];
      void send();
    },
    [send],
  );
  return { type, saving, problem };
}
