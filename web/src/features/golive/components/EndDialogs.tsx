import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PresentGoLiveMutation, StopGoLiveMutation } from '../acts.gql';
import { OpinionField } from './OpinionField';

type Props = { golive: { id: string; code: string; version: number }; onClose: () => void };

/** Says what is kept from then on, and who is asked. */
export function PresentDialog({ golive, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(PresentGoLiveMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: golive.id, expectedVersion: golive.version });
    if (!data) return form.refuse(errors);
    notice(t('goLive.presented', { code: golive.code }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t('goLive.action.PRESENT')} ${golive.code}`}
      submit={t('goLive.action.PRESENT')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('goLive.presentText')}</p>
    </DialogForm>
  );
}

export function StopDialog({ golive, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(StopGoLiveMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('reclaim.reasonMissing') }]);
    const { data, errors } = await send({ id: golive.id, expectedVersion: golive.version, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('goLive.stopped', { code: golive.code }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t('goLive.action.STOP')} ${golive.code}`}
      submit={t('goLive.action.STOP')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('goLive.stopText')}</p>
      <OpinionField field="reason" label={t('reclaim.reason')} form={form} value={reason} onChange={setReason} />
    </DialogForm>
  );
}
