import { CopyOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type KeyPaging, useKeyPaging } from '../../../lib/use-key-paging';
import { ActionButton } from '../../../ui/ActionButton';
import type { FormError } from '../../../ui/forms/form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { KeyPages } from '../../../ui/KeyPages';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import {
  AddBatchRowMutation,
  BatchHead,
  BatchPageQuery,
  BatchRow,
  DiscardBatchMutation,
  RemoveBatchRowsMutation,
  TakeBatchMutation,
} from '../batches.gql';
import { BatchGrid } from '../forms/BatchGrid';
import { useBatchEdit } from '../forms/use-batch-edit';

type Data = ResultOf<typeof BatchPageQuery>;

/** Of rows that were added since the page was opened: the API takes as many numbers at once, with those of the page. */
const ADDED_SHOWN = 50;

/** A table of lines before a draft takes it: every cell with what is wrong with it, to be mended where it stands. */
export function BatchPage() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const paging = useKeyPaging();
  const wrongOnly = params.get('wrong') === '1';
  // Rows that were added here stand below the page's own, wherever their place among a thousand is.
  const [added, setAdded] = useState<number[]>([]);
  const [{ data, error, fetching }, ask] = useQuery({
    query: BatchPageQuery,
    variables: { id, after: paging.after, wrongOnly, added },
    requestPolicy: 'cache-and-network',
  });
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  return (
    <Batch
      key={id}
      data={data}
      paging={paging}
      wrongOnly={wrongOnly}
      busy={fetching}
      onAdded={(number) => setAdded((before) => [...before, number].slice(-ADDED_SHOWN))}
    />
  );
}

type Props = {
  data: Data;
  paging: KeyPaging;
  wrongOnly: boolean;
  busy: boolean;
  onAdded: (number: number) => void;
};

function Batch({ data: { lineBatch }, paging, wrongOnly, busy, onAdded }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const [, setParams] = useSearchParams();
  const batch = readFragment(BatchHead, lineBatch);
  const ofPage = useMemo(() => readFragment(BatchRow, lineBatch.rows.nodes), [lineBatch.rows.nodes]);
  const rows = useMemo(() => {
    const shown = new Set(ofPage.map(({ id }) => id));
    return [...ofPage, ...readFragment(BatchRow, lineBatch.added).filter(({ id }) => !shown.has(id))];
  }, [ofPage, lineBatch.added]);
  const [newest, setNewest] = useState<number | null>(null);
  const { type, saving, problem } = useBatchEdit(batch, rows);
  const acts = useBatchActs(batch);
  const right = batch.openRowCount - batch.wrongRowCount;
  const draft = batch.request;
  const refused = acts.refused ?? problem;

  const take = async (what: 'ALL' | 'RIGHT') => {
    const taken = await acts.take(what, draft?.version ?? null);
    if (!taken) return;
    notice(t('batch.taken', { rows: count(right), count: right }));
    if (what === 'ALL') void navigate(routes.request(taken));
  };
  const add = async (like: number | null) => {
    const number = await acts.add(like);
    if (number === null) return;
    onAdded(number);
    setNewest(number);
  };
  const discard = async () => {
    if (!(await acts.discard())) return;
    notice(t('batch.discarded'));
    void navigate(draft ? routes.editRequest(draft.id) : routes.newRequest(), { replace: true });
  };

  return (
    <>
      <PageHeader
        title={t('batch.title', { kind: batch.serviceName ?? t(`lineKind.${batch.kind}`), file: batch.fileName })}
        back={
          draft ? (
            <Link to={routes.request(draft.id)}>{t('batch.ofDraft', { code: draft.code })}</Link>
          ) : (
            <Link to={routes.newBatch()}>{t('batch.backToNew')}</Link>
          )
        }
        actions={
          batch.state === 'OPEN' && (
            <>
              <Button loading={acts.busy === 'discard'} onClick={() => void discard()}>
                {t('batch.discard')}
              </Button>
              {batch.wrongRowCount > 0 && right > 0 && (
                <Button
                  loading={acts.busy === 'RIGHT'}
                  disabled={saving === 'saving'}
                  onClick={() => void take('RIGHT')}
                >
                  {t('batch.takeRight', { rows: count(right) })}
                </Button>
              )}
              <ActionButton
                type="primary"
                loading={acts.busy === 'ALL'}
                disabledReason={
                  batch.wrongRowCount > 0
                    ? t('batch.stillWrong', { rows: count(batch.wrongRowCount), count: batch.wrongRowCount })
                    : null
                }
                onPress={() => void take('ALL')}
              >
                {t('batch.takeAll', { rows: count(batch.openRowCount), count: batch.openRowCount })}
              </ActionButton>
            </>
          )
        }
      >
        {batch.purpose}
      </PageHeader>
      {refused && (
        <div className="jy-error-summary" role="alert">
          {refused}
        </div>
      )}
      {batch.state === 'OPEN' ? (
        <section className="jy-lines-grid-area" aria-busy={busy}>
          <div className="jy-lines-grid-head">
            <p role="status">
              {t('batch.figures', { rows: count(batch.openRowCount), right: count(right), count: batch.openRowCount })}
              {batch.wrongRowCount > 0 && (
                <strong className="jy-lines-grid-wrong">
                  {t('batch.figuresWrong', { rows: count(batch.wrongRowCount) })}
                </strong>
              )}
              {batch.takenCount > 0 && ` · ${t('batch.figuresTaken', { rows: count(batch.takenCount) })}`}
            </p>
            <span className="jy-quiet-text" role="status">
              {t(`batch.saving.${saving}`)}
            </span>
            <Checkbox
              checked={wrongOnly}
              onChange={({ target }) => setParams(target.checked ? { wrong: '1' } : {}, { replace: true })}
            >
              {t('batch.wrongOnly')}
            </Checkbox>
          </div>
          {rows.length === 0 ? (
            <EmptyState title={t('batch.noneWrong')}>{t('batch.noneWrongText')}</EmptyState>
          ) : (
            <BatchGrid
              label={t('batch.grid')}
              columns={lineBatch.columns}
              rows={rows}
              onType={type}
              onRemove={(row) => void acts.remove(row)}
              focusOn={newest}
              tools={(row) => (
                <Button
                  type="text"
                  size="small"
                  icon={<CopyOutlined aria-hidden />}
                  aria-label={t('batch.addLike', { row })}
                  title={t('batch.addLike', { row })}
                  onClick={() => void add(row)}
                />
              )}
            />
          )}
          <div>
            <Button
              icon={<PlusOutlined aria-hidden />}
              loading={acts.busy === 'add'}
              disabled={saving === 'saving'}
              onClick={() => void add(null)}
            >
              {t('batch.add')}
            </Button>
          </div>
          <KeyPages label={t('batch.grid')} page={lineBatch.rows} shown={ofPage.length} paging={paging} />
          <p className="jy-hint">
            {t('batch.gridHint')} <code className="jy-lines-grid-hash">SM3 {batch.sm3.slice(0, 16)}…</code>
          </p>
        </section>
      ) : (
        <EmptyState
          title={t(`batch.ended.${batch.state}`)}
          action={draft && <Link to={routes.request(draft.id)}>{t('batch.ofDraft', { code: draft.code })}</Link>}
        >
          {t('batch.endedText', { rows: count(batch.takenCount), count: batch.takenCount })}
        </EmptyState>
      )}
    </>
  );
}

type Busy = 'ALL' | 'RIGHT' | 'discard' | 'add' | null;

/** What is done with the whole table, each once, under the version that is on the screen. */
function useBatchActs({ id, version }: { id: string; version: number }) {
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState<Busy>(null);
  const takenBy = useRef<string | null>(null);
  const taking = useSend(TakeBatchMutation, (data) => {
    takenBy.current = data.outcome.request?.id ?? null;
    return data.outcome.errors;
  });
  const added = useRef<number | null>(null);
  const adding = useSend(AddBatchRowMutation, (data) => {
    added.current = data.outcome.rowNumber;
    return data.outcome.errors;
  });
  const removing = useSend(RemoveBatchRowsMutation, (data) => data.outcome.errors);
  const discarding = useSend(DiscardBatchMutation, (data) => data.outcome.errors);
  const act = { id, expectedVersion: version };
  const done = (errors: readonly FormError[]): boolean => {
    setBusy(null);
    setRefused(errors[0]?.message ?? null);
    return errors.length === 0;
  };
  return {
    refused,
    busy,
    take: async (take: 'ALL' | 'RIGHT', requestVersion: number | null): Promise<string | null> => {
      setBusy(take);
      return done(await taking.send({ ...act, take, requestVersion })) ? takenBy.current : null;
    },
    /** The number of the row, or null: it was refused. */
    add: async (like: number | null): Promise<number | null> => {
      setBusy('add');
      return done(await adding.send({ ...act, like })) ? added.current : null;
    },
    remove: async (row: number) => done(await removing.send({ ...act, rows: [row] })),
    discard: async () => {
      setBusy('discard');
      return done(await discarding.send(act));
    },
  };
}
