import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { DissolveDrTierMutation } from '../dr.gql';
import type { Tier } from './TierTable';

const REASON_LONGEST = 500;

/** Its machines are of their requests' lines again. */
export function DissolveDialog({ tier, onClose }: { tier: Tier; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(DissolveDrTierMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('drDebt.reasonMissing') }]);
    const { data, errors } = await send({ id: tier.id, expectedVersion: tier.version, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('dr.dissolveTitle', { tier: tier.name })}
      submit={t('dr.dissolve')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('dr.dissolveText')}</p>
      <ReasonBox
        field="reason"
        label={t('drDebt.reasonLabel')}
        errors={form.errors}
        autoFocus
        showCount
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
