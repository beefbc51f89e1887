import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ResetFirstLoginMutation } from '../delivery.gql';
import type { DeliveryItem } from './DeliveryItems';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** 重置口令: says what it takes, and that the old one holds until then. */
export function ResetLoginDialog({ item, onClose }: { item: DeliveryItem; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(ResetFirstLoginMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('deliverySheet.resetReasonMissing') }]);
    const { data, errors } = await send({ resourceId: item.resourceId, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('deliverySheet.resetAsked'));
    onClose();
  };
  return (
    <DialogForm
      title={t('deliverySheet.resetTitle', { name: item.name })}
      submit={t('deliverySheet.reset')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('deliverySheet.resetText', { username: item.login?.username ?? '' })}</p>
      <ReasonBox
        field="reason"
        label={t('deliverySheet.resetReason')}
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
