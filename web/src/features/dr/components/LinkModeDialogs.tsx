import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AgreeDrLinkModeMutation, AskDrLinkModeMutation, WithdrawDrLinkModeMutation } from '../dr.gql';
import type { DrLink } from './PathsDialog';

/** The API's own limit. */
const REASON_LONGEST = 500;

/** What is given up is said before anybody asks for it. */
export function AskModeDialog({ link, onClose }: { link: DrLink; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(AskDrLinkModeMutation);
  const toMode = link.mode === 'SYNC' ? 'ASYNC' : 'SYNC';
  const submit = async () => {
    if (reason.trim() === '') return form.refuse([{ field: 'reason', message: t('dr.linkModeReasonMissing') }]);
    const { data, errors } = await send({ id: link.id, expectedVersion: link.version, toMode, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('dr.linkModeSent'));
    onClose();
  };
  return (
    <DialogForm
      title={t('dr.linkModeTitle', { from: link.from.name, to: link.to.name, mode: t(`dr.linkMode.${toMode}`) })}
      submit={t('dr.linkModeAsk')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`dr.linkModeMeans.${toMode}`)}</p>
      <p className="jy-quiet-text">{t('dr.linkModeTwo')}</p>
      <ReasonBox
        field="reason"
        label={t('dr.linkModeReason')}
        errors={form.errors}
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

export function EndModeDialog({
  act,
  link,
  onClose,
}: {
  act: 'agree' | 'withdraw';
  link: DrLink;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const agree = useOutcome(AgreeDrLinkModeMutation);
  const withdraw = useOutcome(WithdrawDrLinkModeMutation);
  const { send, busy } = act === 'agree' ? agree : withdraw;
  const asked = link.modeRequest;
  const submit = async () => {
    const { data, errors } = await send({ id: link.id, expectedVersion: link.version });
    if (!data) return form.refuse(errors);
    notice(t(act === 'agree' ? 'dr.linkModeAgreed' : 'dr.linkModeWithdrawn'));
    onClose();
  };
  return (
    <DialogForm
      title={t(act === 'agree' ? 'dr.linkModeAgree' : 'dr.linkModeWithdraw')}
      submit={t(act === 'agree' ? 'dr.linkModeAgree' : 'dr.linkModeWithdraw')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {asked && (
        <>
          <p>
            {t('dr.linkModeAsked', {
              ...{ who: asked.askedBy, mode: t(`dr.linkMode.${asked.toMode}`), reason: asked.reason },
            })}
          </p>
          {act === 'agree' && <p>{t(`dr.linkModeMeans.${asked.toMode}`)}</p>}
        </>
      )}
    </DialogForm>
  );
}
