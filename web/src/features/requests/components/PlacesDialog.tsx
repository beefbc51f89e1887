import { Button, Input, InputNumber, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CandidateTable } from '../../../ui/placement/CandidateTable';
import { CandidateParts } from '../../../ui/placement/candidates.gql';
import { ChoosePlacesMutation, PlacementCandidatesQuery, PlacementChoicesQuery } from '../places.gql';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

type Props = {
  request: { id: string; code: string; version: number };
  onClose: () => void;
  onDone: () => void;
};

type Choice = ResultOf<typeof PlacementChoicesQuery>['placementChoices'][number];

/** 容量分配: which of the shares that are held is looked at, one of up to 2,000. */
export function PlacesDialog({ request, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({
    query: PlacementChoicesQuery,
    variables: { requestId: request.id },
    requestPolicy: 'network-only',
  });
  const [at, setAt] = useState(0);
  const choices = data?.placementChoices ?? [];
  const choice = choices[at];

  return (
    <Dialog title={t('placement.title', { code: request.code })} kind="wide" onClose={onClose}>
      {!data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={() => again({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={5} />
        )
      ) : !choice ? (
        <EmptyState title={t('placement.none')}>{t('placement.noneText')}</EmptyState>
      ) : (
        <>
          <p>{t('placement.lead')}</p>
          {choices.length > 1 && (
            <Select
              className="jy-full"
              aria-label={t('placement.which')}
              value={at}
              onChange={setAt}
              showSearch={{ optionFilterProp: 'label' }}
              options={choices.map((one, index) => ({
                value: index,
                label: `${one.line.index + 1}. ${one.line.name} · ${t(`placement.share.${one.share}`)} × ${count(one.count)}`,
              }))}
            />
          )}
          <ShareForm
            key={`${choice.line.id} ${choice.share}`}
            request={request}
            choice={choice}
            onClose={onClose}
            onDone={onDone}
          />
        </>
      )}
    </Dialog>
  );
}

/** Every pool that the machines of one share could be in, and how many go where, with the reason. */
function ShareForm({ request, choice, onClose, onDone }: Props & { choice: Choice }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [{ data, error }, again] = useQuery({
    query: PlacementCandidatesQuery,
    variables: { requestId: request.id, lineId: choice.line.id, share: choice.share },
    requestPolicy: 'network-only',
  });
  const [changed, setChanged] = useState<{ [poolId: string]: number }>({});
  const [reason, setReason] = useState('');
  const form = useFormErrors();
  const { send, busy } = useOutcome(ChoosePlacesMutation);
  const candidates = readFragment(CandidateParts, data?.placementChoices[0]?.candidates ?? []);
  const chosen = candidates.map(({ pool, taken }) => ({ poolId: pool.id, count: changed[pool.id] ?? taken }));
  const total = chosen.reduce((sum, place) => sum + place.count, 0);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (total !== choice.count)
      return form.refuse([
        { field: 'places', message: t('placement.totalWrong', { total, count: count(choice.count) }) },
      ]);
    if (!reason.trim()) return form.refuse([{ field: 'opinion', message: t('placement.reasonMissing') }]);
    const { errors } = await send({
      id: request.id,
      expectedVersion: request.version,
      lineId: choice.line.id,
      share: choice.share,
      places: chosen.filter((place) => place.count > 0),
      reason: reason.trim(),
    });
    if (errors.length > 0) return form.refuse(errors);
    notice(t('placement.done', { code: request.code, name: choice.line.name }));
    onDone();
  };

  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => again({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={5} />
    );
  return (
    <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <CandidateTable
        candidates={candidates}
        label={t('placement.candidates')}
        last={{
          title: t('placement.place', { count: count(choice.count) }),
          of: (candidate) => (
            <InputNumber
              size="small"
              min={0}
              max={choice.count}
              precision={0}
              disabled={candidate.refusedBy !== null && candidate.taken === 0}
              aria-label={t('placement.placeIn', { pool: candidate.pool.code })}
              value={changed[candidate.pool.id] ?? candidate.taken}
              onChange={(value) => {
                setChanged((now) => ({ ...now, [candidate.pool.id]: value ?? 0 }));
                form.changed('places');
              }}
            />
          ),
        }}
      />
      <p className={total === choice.count ? 'jy-quiet-text' : 'jy-strong'}>
        {t('placement.total', { total: count(total), count: count(choice.count) })}
      </p>
      <Field field="opinion" label={t('placement.reason')} hint={t('placement.reasonHint')} errors={form.errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={REASON_LONGEST}
            showCount
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              form.changed('opinion');
            }}
          />
        )}
      </Field>
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('request.action.CHOOSE_PLACES')}
        </Button>
      </div>
    </form>
  );
}
