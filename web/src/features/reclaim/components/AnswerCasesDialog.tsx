import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReclaimAnswer } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { type Answers, answersOf, BatchAnswers, type Chosen, doneOf } from '../../../ui/list/BatchAnswers';
import { AnswerReclaimsMutation } from '../reclaim.gql';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

type Props = { answer: ReclaimAnswer; rows: readonly Chosen[]; onClose: () => void };

/** One reason for all that were chosen, each of which stands alone: the answer says which did not go, and why. */
export function AnswerCasesDialog({ answer, rows, onClose }: Props) {
  const { t } = useTranslation();
  // The list behind renews itself once they are answered; what was chosen stays to be read.
  const [chosen] = useState(rows);
  const [reason, setReason] = useState('');
  const [answers, setAnswers] = useState<Answers | null>(null);
  const form = useFormErrors();
  const { send, busy } = useOutcome(AnswerReclaimsMutation);
  const act = t(`reclaim.action.${answer}`);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (answer === 'OBJECT' && !reason.trim())
      return form.refuse([{ field: 'reason', message: t('reclaim.reasonMissing') }]);
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors } = await send({ answer, items, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    setAnswers(answersOf(data.outcome.results, ({ caseId }) => caseId));
  };

  return (
    <Dialog
      title={t('reclaim.answerTitle', { act, total: count(chosen.length), count: chosen.length })}
      onClose={onClose}
    >
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={form.errors} refusals={form.refusals} />
        <p role="status">
          {answers
            ? t('reclaim.answerDone', { done: count(doneOf(answers)), total: count(chosen.length) })
            : t(`reclaim.consequence.${answer}`)}
        </p>
        <BatchAnswers rows={chosen} answers={answers} />
        {!answers && (
          <ReasonBox
            field="reason"
            label={t('reclaim.reasonOfAll')}
            errors={form.errors}
            optional={answer === 'AGREE'}
            autoFocus
            showCount
            max={REASON_LONGEST}
            value={reason}
            onChange={(next) => {
              setReason(next);
              form.changed('reason');
            }}
          />
        )}
        <div className="jy-dialog-foot">
          <Button type={answers ? 'primary' : 'default'} onClick={onClose}>
            {t(answers ? 'common.close' : 'common.cancel')}
          </Button>
          {!answers && (
            <Button type="primary" htmlType="submit" loading={busy}>
              {act}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
