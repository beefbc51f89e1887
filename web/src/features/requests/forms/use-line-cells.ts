import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { RequestLineKind } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { userErrorsOf } from '../../../graphql/user-errors';
import { uniqueId } from '../../../lib/unique-id';
import { EditLineCellsMutation } from '../request-form.gql';

export type CellProblem = { column: string | null; message: string };
export type TypedLineCell = { lineId: string; column: string; value: string };
/** wrong: what is typed stands on the page and is not in the draft yet, because some of it is wrong. */
export type CellsState = 'ok' | 'saving' | 'wrong' | 'failed';

type Pending = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Types into lines of a draft. A draft's lines are right at every moment: what is typed is kept once all of it is, and until then
 * stands on the page with what is wrong at its cell. One edit after the other; what is typed meanwhile goes with the next.
 */
export function useLineCells(
  draft: { id: string; version: number },
  table: { kind: RequestLineKind; serviceId: string | null },
): {
  state: CellsState;
  problem: string | null;
  pending: Pending;
  problems: ReadonlyMap<string, readonly CellProblem[]>;
  type: (cells: readonly TypedLineCell[]) => void;
  /** What is not in the draft yet is forgotten. */
  revert: () => void;
} {
  const { t } = useTranslation();
  const client = useClient();
  const [state, setState] = useState<CellsState>('ok');
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState<Pending>(new Map());
  const [problems, setProblems] = useState<ReadonlyMap<string, readonly CellProblem[]>>(new Map());
  const version = useRef(draft.version);
  version.current = Math.max(version.current, draft.version);
  const waiting = useRef<Map<string, Map<string, string>>>(new Map());
  const busy = useRef(false);
  const changed = useRef(false);

  const show = useCallback(() => {
    setPending(new Map([...waiting.current].map(([line, cells]) => [line, new Map(cells)])));
  }, []);

  const send = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    let wrong = false;
    setState('saving');
    while (waiting.current.size > 0 && changed.current) {
      changed.current = false;
      const sent = [...waiting.current].flatMap(([lineId, cells]) =>
        [...cells].map(([column, value]) => ({ lineId, column, value })),
      );
      const input = {
        ...{ id: draft.id, expectedVersion: version.current, idempotencyKey: uniqueId() },
        ...{ kind: table.kind, serviceId: table.serviceId, cells: sent },
      };
      const result = await client.mutation(EditLineCellsMutation, { input });
      const answer = result.data?.outcome;
      if (!answer?.request) {
        const failure = result.error && failureOf(result.error);
        const [refused] = answer ? userErrorsOf(answer.errors) : [];
        setProblem(refused?.message ?? (failure && 'message' in failure ? failure.message : t('failure.offline')));
        setState('failed');
        busy.current = false;
        return;
      }
      setProblem(null);
      version.current = Math.max(version.current, answer.request.version);
      wrong = answer.problems.length > 0;
      setProblems(Map.groupBy(answer.problems, ({ lineId }) => lineId));
      if (wrong) continue;
      // What was typed over meanwhile waits for the next edit.
      for (const { lineId, column, value } of sent) {
        const cells = waiting.current.get(lineId);
        if (cells?.get(column) === value) cells.delete(column);
        if (cells?.size === 0) waiting.current.delete(lineId);
      }
      show();
    }
    busy.current = false;
    setState(wrong ? 'wrong' : 'ok');
  }, [client, draft.id, table.kind, table.serviceId, show, t]);

  const type = useCallback(
    (cells: readonly TypedLineCell[]) => {
      for (const { lineId, column, value } of cells) {
        const line = waiting.current.get(lineId) ?? new Map<string, string>();
        line.set(column, value);
        waiting.current.set(lineId, line);
      }
      changed.current = true;
      show();
      void send();
    },
    [send, show],
  );
  const revert = useCallback(() => {
    waiting.current = new Map();
    setPending(new Map());
    setProblems(new Map());
    setProblem(null);
    setState('ok');
  }, []);
  return { state, problem, pending, problems, type, revert };
}
