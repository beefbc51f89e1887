import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EndBackupMutation, ResumeBackupMutation, SuspendBackupMutation } from '../backups.gql';

const documents = { SUSPEND: SuspendBackupMutation, RESUME: ResumeBackupMutation, END: EndBackupMutation };
const REASON_LONGEST = 300;

type Props = {
  act: keyof typeof documents;
  backup: { id: string; code: string; version: number };
  onClose: () => void;
};

export function BackupActDialog({ act, backup, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(documents[act]);
  const submit = async () => {
    const answer = await send({ id: backup.id, expectedVersion: backup.version, reason: reason.trim() || null });
    if (!answer.data)
      return form.refuse(answer.errors.map((error) => (error.field === 'reason' ? error : { ...error, field: '' })));
    notice(t('backup.acted', { act: t(`backup.action.${act}`), code: backup.code }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t(`backup.action.${act}`)} ${backup.code}`}
      submit={t(`backup.action.${act}`)}
      danger={act === 'END'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`backup.consequence.${act}`)}</p>
      <ReasonBox
        field="reason"
        label={t('backup.reason')}
        errors={form.errors}
        optional={act === 'RESUME'}
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
