import { VerticalAlignTopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { RequestLineKind } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { count } from '../../../lib/quantity';
import { useOwnPaging } from '../../../lib/use-key-paging';
import type { FormError } from '../../../ui/forms/form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { KeyPages } from '../../../ui/KeyPages';
import { useNotice } from '../../../ui/notice';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { DraftLinesQuery, MoveLineMutation, RemoveLinesMutation } from '../request-form.gql';
import { BatchGrid } from './BatchGrid';
import { useLineCells } from './use-line-cells';

/** So many are looked over at once; each is some ten cells, and one edit takes 500. */
const PAGE = 50;

type Props = {
  draft: { id: string; version: number };
  table: { kind: RequestLineKind; serviceId: string | null };
  /** It is the only line of the draft: that one stays. */
  last: boolean;
  onChanged: () => void;
  onPending: (pending: boolean) => void;
};

/** Lines of one kind, each a row of fields. What is typed is in the draft as soon as it is right. */
export function LinesTable({ draft, table: { kind, serviceId }, last, onChanged, onPending }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const paging = useOwnPaging(`${draft.id} ${kind} ${serviceId}`);
  const [{ data, error, fetching }, ask] = useQuery({
    query: DraftLinesQuery,
    variables: { id: draft.id, kind, serviceId, first: PAGE, after: paging.after },
    requestPolicy: 'cache-and-network',
  });
  const cells = useLineCells(draft, { kind, serviceId });
  const remove = useSend(RemoveLinesMutation, (answer) => answer.outcome.errors);
  const move = useSend(MoveLineMutation, (answer) => answer.outcome.errors);
  const page = data?.request.lineTable;
  const keys = useMemo(() => (page?.columns ?? []).map(({ key }) => key), [page]);
  const open = cells.pending.size;
  const told = open > 0 || cells.state === 'saving';
  useEffect(() => {
    onPending(told);
    return () => onPending(false);
  }, [told, onPending]);

  if (!page)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={8} />
    );
  const idOf = (number: number): string => page.nodes.find((node) => node.number === number)?.id ?? '';
  const rows = page.nodes.map(({ id, number, cells: kept }) => {
    const typed = cells.pending.get(id);
    return {
      id,
      number,
      cells: kept.map((value, at) => typed?.get(keys[at] ?? '') ?? value),
      problems: cells.problems.get(id) ?? [],
    };
  });
  const act = { id: draft.id, expectedVersion: draft.version };
  const done = (errors: readonly FormError[]) => {
    if (errors[0]) notice(errors[0].message, 'reason');
    onChanged();
    ask({ requestPolicy: 'network-only' });
  };
  // Until the rows are those of the newest version, a row's number is not what it was.
  const busy = remove.busy || move.busy || fetching;
  return (
    <div className="jy-lines-grid-area" aria-busy={busy}>
      <div className="jy-lines-grid-head">
        <p className="jy-hint">{t('manyLines.hint')}</p>
        <span className="jy-quiet-text" role="status" data-state={cells.state}>
          {cells.state === 'wrong' ? (
            <strong className="jy-lines-grid-wrong">
              {t('manyLines.notKept', { lines: count(open), count: open })}
            </strong>
          ) : (
            t(`batch.saving.${cells.state}`)
          )}
        </span>
        {(cells.state === 'wrong' || cells.state === 'failed') && (
          <Button size="small" onClick={cells.revert}>
            {t('manyLines.revert')}
          </Button>
        )}
      </div>
      {cells.problem && (
        <div className="jy-error-summary" role="alert">
          {cells.problem}
        </div>
      )}
      <BatchGrid
        label={t('request.lines')}
        columns={page.columns}
        rows={rows}
        onType={(typed) => cells.type(typed.map(({ row, column, value }) => ({ lineId: idOf(row), column, value })))}
        onRemove={last || told || busy ? null : (row) => void remove.send({ ...act, lineIds: [idOf(row)] }).then(done)}
        tools={(row) =>
          row > 1 && (
            <Button
              type="text"
              size="small"
              disabled={busy || told}
              icon={<VerticalAlignTopOutlined aria-hidden />}
              aria-label={t('manyLines.first', { row })}
              title={t('manyLines.first', { row })}
              onClick={() => void move.send({ ...act, lineId: idOf(row), to: 0 }).then(done)}
            />
          )
        }
      />
      <KeyPages label={t('request.lines')} page={page} shown={rows.length} paging={paging} held={told} />
      {told && cells.state === 'wrong' && <p className="jy-hint">{t('manyLines.notKeptText')}</p>}
    </div>
  );
}
