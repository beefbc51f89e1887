import { Button, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { machineSize } from '../../../lib/quantity';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { CandidateTable } from '../../../ui/placement/CandidateTable';
import { CandidateParts } from '../../../ui/placement/candidates.gql';
import { RePlaceMachineMutation, ReplaceCandidatesQuery } from '../replacements.gql';
import type { ReplaceTask } from './replace-columns';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** 改放: every pool that the machine could be in, by the criteria of its submit; one is chosen, with the reason. */
export function RePlaceDialog({ task, onClose }: { task: ReplaceTask; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [{ data, error }, again] = useQuery({
    query: ReplaceCandidatesQuery,
    variables: { id: task.id },
    requestPolicy: 'network-only',
  });
  const [poolId, setPoolId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const form = useFormErrors();
  const { send, busy } = useOutcome(RePlaceMachineMutation);
  const { resource } = task;
  const found = data?.node && 'candidates' in data.node ? data.node.candidates : [];
  const candidates = readFragment(CandidateParts, found);
  const some = candidates.some(({ fits, refusedBy }) => refusedBy === null && fits > 0);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const text = reason.trim();
    if (poolId === null) return form.refuse([{ field: 'poolId', message: t('replace.poolMissing') }]);
    if (!text) return form.refuse([{ field: 'reason', message: t('replace.reasonMissing') }]);
    const asked = { id: task.id, poolId, expectedVersion: task.version, reason: text };
    const { data: done, errors } = await send(asked);
    if (!done) return form.refuse(errors);
    notice(t('replace.done', { name: resource.name }));
    onClose();
  };

  return (
    <Dialog title={t('replace.ask', { name: resource.name })} kind="wide" onClose={onClose}>
      {!data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={() => again({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={5} />
        )
      ) : (
        <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
          <ErrorSummary errors={form.errors} refusals={form.refusals} />
          <p>
            {t('replace.explain', {
              size: `${machineSize(resource.vcpu, resource.memoryMib)} · ${resource.diskGib} GiB`,
            })}
          </p>
          <p className="jy-quiet-text jy-wrap-anywhere">{task.schedulerText}</p>
          {candidates.length > 0 ? (
            <div className="jy-field">
              <CandidateTable
                candidates={candidates}
                label={t('placement.candidates')}
                lead={({ fits, pool, refusedBy }) => (
                  <Radio
                    checked={poolId === pool.id}
                    disabled={refusedBy !== null || fits === 0}
                    aria-label={t('replace.chooseIn', { pool: pool.code })}
                    onChange={() => {
                      setPoolId(pool.id);
                      form.changed('poolId');
                    }}
                  />
                )}
              />
            </div>
          ) : (
            <EmptyState title={t('replace.noPools')}>{t('replace.noPoolsText')}</EmptyState>
          )}
          {candidates.length > 0 && !some && <p className="jy-banner jy-tone-waiting">{t('replace.noneFits')}</p>}
          <ReasonBox
            field="reason"
            label={t('placement.reason')}
            errors={form.errors}
            showCount
            max={REASON_LONGEST}
            value={reason}
            onChange={(next) => {
              setReason(next);
              form.changed('reason');
            }}
          />
          <div className="jy-dialog-foot">
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={busy} aria-busy={busy}>
              {t('replace.place')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
