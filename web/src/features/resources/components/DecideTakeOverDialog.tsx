import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ApproveTakeOverMutation, ReturnTakeOverMutation } from '../take-over.gql';

/** The API's own limit of an opinion. */
const OPINION_LONGEST = 500;

type Props = {
  act: 'APPROVE' | 'RETURN';
  resource: { id: string; name: string };
  /** Of what was proposed. */
  version: number;
  onClose: () => void;
};

export function DecideTakeOverDialog({ act, onClose, resource: { id, name }, version }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [opinion, setOpinion] = useState('');
  const approve = useOutcome(ApproveTakeOverMutation);
  const giveBack = useOutcome(ReturnTakeOverMutation);
  const { busy, send } = act === 'APPROVE' ? approve : giveBack;
  const submit = async () => {
    if (act === 'RETURN' && !opinion.trim())
      return form.refuse([{ field: 'opinion', message: t('takeOver.opinionMissing') }]);
    const { data, errors } = await send({ id, expectedVersion: version, opinion: opinion.trim() || null });
    if (!data) return form.refuse(errors);
    notice(t(`takeOver.done.${act}`, { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t(`takeOver.ask.${act}`, { name })}
      submit={t(act === 'APPROVE' ? 'takeOver.approve' : 'takeOver.return')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`takeOver.text.${act}`)}</p>
      <ReasonBox
        field="opinion"
        label={t('takeOver.opinion')}
        errors={form.errors}
        value={opinion}
        max={OPINION_LONGEST}
        onChange={(value) => {
          setOpinion(value);
          form.changed('opinion');
        }}
      />
    </DialogForm>
  );
}
