import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { RemoveDrProbeMutation } from '../dr.gql';
import type { Probe } from './ProbeTable';

const REASON_LONGEST = 500;

export function RemoveProbeDialog({ probe, onClose }: { probe: Probe; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(RemoveDrProbeMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('drDebt.reasonMissing') }]);
    const { data, errors } = await send({ id: probe.id, expectedVersion: probe.version, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('dr.removeProbeTitle', { name: probe.name })}
      submit={t('dr.removeProbe')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('dr.removeProbeText')}</p>
      <ReasonBox
        field="reason"
        label={t('drDebt.reasonLabel')}
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
