import { Button, Input, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewOutcome } from '../../../graphql/enums';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { type Answers, answersOf, BatchAnswers, type Chosen, doneOf } from '../../../ui/list/BatchAnswers';
import { ReviewResourcesMutation } from '../life.gql';

/** The API's own limit of a word. */
const NOTE_LONGEST = 500;
const outcomes: readonly ReviewOutcome[] = ['IN_USE', 'SHRINK', 'GIVE_BACK'];

/** The yearly review of one or several: the same outcome and word for all of them, an answer for each. */
export function ReviewDialog({ rows, onClose }: { rows: readonly Chosen[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [chosen] = useState(rows);
  const [outcome, setOutcome] = useState<ReviewOutcome>('IN_USE');
  const [note, setNote] = useState('');
  const [answers, setAnswers] = useState<Answers | null>(null);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useOutcome(ReviewResourcesMutation);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (outcome !== 'IN_USE' && !note.trim()) return refuse([{ field: 'note', message: t('life.noteMissing') }]);
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors: refused } = await send({ items, outcome, note: note.trim() });
    if (!data) return refuse(refused);
    setAnswers(answersOf(data.outcome.results, ({ resourceId }) => resourceId));
  };

  return (
    <Dialog title={t('life.reviewTitle', { total: chosen.length })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p role="status">
          {answers ? t('life.reviewDone', { done: doneOf(answers), total: chosen.length }) : t('life.reviewText')}
        </p>
        <BatchAnswers rows={chosen} answers={answers} />
        {!answers && (
          <>
            <Field
              field="outcome"
              label={t('life.outcomeLabel')}
              hint={t(`life.outcomeText.${outcome}`)}
              errors={errors}
            >
              {({ id, 'aria-describedby': describedBy }) => (
                <Radio.Group
                  id={id}
                  aria-label={t('life.outcomeLabel')}
                  aria-describedby={describedBy}
                  value={outcome}
                  onChange={(event) => {
                    setOutcome(event.target.value as ReviewOutcome);
                    changed('note');
                  }}
                  options={outcomes.map((value) => ({ value, label: t(`life.outcome.${value}`) }))}
                />
              )}
            </Field>
            <Field field="note" label={t('life.note')} errors={errors} optional={outcome === 'IN_USE'}>
              {(control) => (
                <Input.TextArea
                  {...control}
                  rows={2}
                  maxLength={NOTE_LONGEST}
                  showCount
                  value={note}
                  onChange={(event) => {
                    setNote(event.target.value);
                    changed('note');
                  }}
                />
              )}
            </Field>
          </>
        )}
        <div className="jy-dialog-foot">
          <Button type={answers ? 'primary' : 'default'} onClick={onClose}>
            {t(answers ? 'common.close' : 'common.cancel')}
          </Button>
          {!answers && (
            <Button type="primary" danger={outcome === 'GIVE_BACK'} htmlType="submit" loading={busy}>
              {t('life.reviewPress')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
