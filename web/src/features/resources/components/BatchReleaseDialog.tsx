import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { type Answers, answersOf, BatchAnswers, type Chosen, doneOf } from '../../../ui/list/BatchAnswers';
import { ReleaseResourcesMutation } from '../life.gql';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** Several at once into the bin, each of which stands alone: the answer says which did not go, and why. */
export function BatchReleaseDialog({ rows, onClose }: { rows: readonly Chosen[]; onClose: () => void }) {
  const { t } = useTranslation();
  // The list behind renews itself once they are released; what was chosen stays to be read.
  const [chosen] = useState(rows);
  const [reason, setReason] = useState('');
  const [answers, setAnswers] = useState<Answers | null>(null);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useOutcome(ReleaseResourcesMutation);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) return refuse([{ field: 'reason', message: t('resource.reasonMissing') }]);
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors: refused } = await send({ items, reason: reason.trim() });
    if (!data) return refuse(refused);
    setAnswers(answersOf(data.outcome.results, ({ resourceId }) => resourceId));
  };

  return (
    <Dialog title={t('life.releaseTitle', { total: chosen.length, count: chosen.length })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p role="status">
          {answers
            ? t('life.releaseBatchDone', { done: doneOf(answers), total: chosen.length })
            : t('life.releaseText')}
        </p>
        <BatchAnswers rows={chosen} answers={answers} />
        {!answers && (
          <Field field="reason" label={t('resource.reason')} errors={errors}>
            {(control) => (
              <Input.TextArea
                {...control}
                autoFocus
                rows={2}
                maxLength={REASON_LONGEST}
                showCount
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value);
                  changed('reason');
                }}
              />
            )}
          </Field>
        )}
        <div className="jy-dialog-foot">
          <Button type={answers ? 'primary' : 'default'} onClick={onClose}>
            {t(answers ? 'common.close' : 'common.cancel')}
          </Button>
          {!answers && (
            <Button type="primary" danger htmlType="submit" loading={busy}>
              {t('life.releasePress')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
