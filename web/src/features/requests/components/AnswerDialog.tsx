import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AnswerObjectionMutation } from '../delivery.gql';

/** The API's own limit of an answer. */
const ANSWER_LONGEST = 500;

type Props = { objection: { id: string; reason: string }; onClose: () => void };

export function AnswerDialog({ objection, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(AnswerObjectionMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [answer, setAnswer] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!answer.trim()) return refuse([{ field: 'answer', message: t('deliverySheet.answerMissing') }]);
    const sent = await send({ objectionId: objection.id, answer: answer.trim() });
    if (!sent.data) return refuse(sent.errors);
    notice(t('deliverySheet.answered'));
    onClose();
  };

  return (
    <Dialog title={t('deliverySheet.answerTitle')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{objection.reason}</p>
        <Field
          field="answer"
          label={t('deliverySheet.answerLabel')}
          hint={t('deliverySheet.answerHint')}
          errors={errors}
        >
          {(control) => (
            <Input.TextArea
              {...control}
              autoFocus
              rows={3}
              maxLength={ANSWER_LONGEST}
              value={answer}
              onChange={(event) => {
                setAnswer(event.target.value);
                changed('answer');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('deliverySheet.answerIt')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
