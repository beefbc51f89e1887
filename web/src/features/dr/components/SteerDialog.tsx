import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { type Execution, SteerExecutionMutation } from '../drexec.gql';

export type Steered = 'PAUSE' | 'ROLL_BACK' | 'CANCEL' | 'CONFIRM_HALTED';
const REASON_LONGEST = 500;

/** A pause, a roll-back, a cancellation or a person's word of what no cluster shows, with its reason. */
export function SteerDialog({
  execution,
  steering,
  onClose,
}: {
  execution: Execution;
  steering: Steered;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const [version] = useState(execution.version);
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(SteerExecutionMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: execution.id, expectedVersion: version, steering, reason });
    if (!data) return form.refuse(errors);
    onClose();
  };
  return (
    <DialogForm
      title={t(`drexec.steering.${steering}`, { code: execution.code })}
      submit={t(`drexec.steer.${steering}`)}
      danger={steering !== 'PAUSE'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`drexec.steeringText.${steering}`)}</p>
      <ReasonBox
        field="reason"
        label={t('drexec.reason')}
        errors={form.errors}
        autoFocus
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
