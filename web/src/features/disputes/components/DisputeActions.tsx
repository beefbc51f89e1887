import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { ActionButton } from '../../../ui/ActionButton';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { AnswerLineDisputeMutation, type LineDisputeParts, WithdrawLineDisputeMutation } from '../disputes.gql';

type Dispute = ResultOf<typeof LineDisputeParts>;
type Act = 'KEEP' | 'CORRECT' | 'AMEND' | 'WITHDRAW';

/** The API's own limit of an answer. */
const ANSWER_LONGEST = 500;

export function DisputeActions({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Act | null>(null);
  const acts: Act[] = [
    ...(dispute.mayAnswer ? (['KEEP', 'CORRECT'] as const) : []),
    ...(dispute.mayAmend ? (['AMEND'] as const) : []),
    ...(dispute.mayWithdraw ? (['WITHDRAW'] as const) : []),
  ];
  return (
    <>
      {acts.map((act) => (
        <ActionButton key={act} disabledReason={null} onPress={() => setOpen(act)}>
          {t(`dispute.acts.${act}`)}
        </ActionButton>
      ))}
      {open && <ActDialog key={open} act={open} dispute={dispute} onClose={() => setOpen(null)} />}
    </>
  );
}

function ActDialog({ act, dispute, onClose }: { act: Act; dispute: Dispute; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [answer, setAnswer] = useState('');
  const [yuan, setYuan] = useState('');
  const answering = useOutcome(AnswerLineDisputeMutation);
  const withdrawing = useOutcome(WithdrawLineDisputeMutation);
  const { id, version } = dispute;
  const corrects = act === 'CORRECT' || act === 'AMEND';
  const submit = async () => {
    if (act !== 'WITHDRAW' && !answer.trim())
      return form.refuse([{ field: 'answer', message: t('dispute.answerMissing') }]);
    const correctedAmount = corrects ? fenOfYuan(yuan) : null;
    if (corrects && correctedAmount === null)
      return form.refuse([{ field: 'correctedFen', message: t('dispute.amountWrong') }]);
    const { data, errors } =
      act === 'WITHDRAW'
        ? await withdrawing.send({ id, expectedVersion: version })
        : await answering.send({ id, expectedVersion: version, answer: answer.trim(), correctedAmount });
    if (!data) return form.refuse(errors);
    notice(t(`dispute.done.${act}`, { code: dispute.code }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t(`dispute.acts.${act}`)} · ${dispute.code}`}
      submit={t(`dispute.acts.${act}`)}
      busy={answering.busy || withdrawing.busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t(`dispute.consequence.${act}`)} <Money fen={act === 'AMEND' ? dispute.correctedAmount : dispute.amount} />
      </p>
      {corrects && (
        <Field field="correctedFen" label={t('dispute.correctedYuan')} errors={form.errors}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              suffix={t('dispute.yuan')}
              value={yuan}
              onChange={(event) => {
                setYuan(event.target.value);
                form.changed('correctedFen');
              }}
            />
          )}
        </Field>
      )}
      {act !== 'WITHDRAW' && (
        <ReasonBox
          field="answer"
          label={t('dispute.answer')}
          errors={form.errors}
          showCount
          max={ANSWER_LONGEST}
          value={answer}
          onChange={(next) => {
            setAnswer(next);
            form.changed('answer');
          }}
        />
      )}
    </DialogForm>
  );
}
