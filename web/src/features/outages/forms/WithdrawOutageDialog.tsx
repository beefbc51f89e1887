import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type OutageRow, WithdrawOutageMutation } from '../outages.gql';

const REASON_LONGEST = 300;

export function WithdrawOutageDialog({ row, onClose }: { row: ResultOf<typeof OutageRow>; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(WithdrawOutageMutation);
  const [reason, setReason] = useState('');
  const submit = async () => {
    const answer = await send({ id: row.id, expectedVersion: row.version, reason });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('outage.withdrawn'));
    onClose();
  };
  return (
    <DialogForm
      title={`${t('outage.withdraw')} ${row.code}`}
      submit={t('outage.withdraw')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('outage.withdrawText')}</p>
      <ReasonBox
        autoFocus
        field="reason"
        label={t('outage.withdrawReason')}
        errors={form.errors}
        max={REASON_LONGEST}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  );
}
