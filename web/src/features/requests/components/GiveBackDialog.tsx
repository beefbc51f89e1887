import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { GiveBackRequestLineMutation } from '../give-back.gql';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

type Props = {
  line: { id: string; name: string; kind: 'SERVICE' | 'CABINET' };
  /** Of the request. */
  version: number;
  onClose: () => void;
};

/** 退还: a service, or places in cabinets once nothing stands in them; what was counted and reserved goes back. */
export function GiveBackDialog({ line, version, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(GiveBackRequestLineMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('resource.reasonMissing') }]);
    const { data, errors } = await send({ lineId: line.id, expectedVersion: version, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('giveBack.done', { name: line.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('giveBack.title', { name: line.name })}
      submit={t('giveBack.act')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(line.kind === 'CABINET' ? 'giveBack.placesText' : 'giveBack.serviceText')}</p>
      <ReasonBox
        field="reason"
        label={t('resource.reason')}
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
