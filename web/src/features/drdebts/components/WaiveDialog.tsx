import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { WaiveDrDebtMutation } from '../drdebts.gql';
import type { Debt } from './debt-columns';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** 免予补建: the department is told, with the reason. */
export function WaiveDialog({ debt, onClose }: { debt: Debt; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(WaiveDrDebtMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('drDebt.reasonMissing') }]);
    const { data, errors } = await send({ id: debt.id, expectedVersion: debt.version, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('drDebt.waived'));
    onClose();
  };
  return (
    <DialogForm
      title={t('drDebt.waiveTitle', { name: `${debt.requestCode} ${debt.lineName}` })}
      submit={t('drDebt.action.WAIVE')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('drDebt.waiveText')}</p>
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
