import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AcknowledgeAlertMutation } from '../alerts.gql';

const NOTE_LONGEST = 500;

/** Whoever takes it on says so: nobody else is called any more. */
export function AcknowledgeDialog({ id, version, onClose }: { id: string; version: number; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [note, setNote] = useState('');
  // The page behind it asks again and again: what is taken on is what was seen.
  const [expectedVersion] = useState(version);
  const { send, busy } = useOutcome(AcknowledgeAlertMutation);
  const submit = async () => {
    const { data, errors } = await send({ id, expectedVersion, note: note.trim() });
    if (!data) return form.refuse(errors);
    notice(t('alert.acknowledged'));
    onClose();
  };
  return (
    <DialogForm
      title={t('alert.acknowledge')}
      submit={t('alert.acknowledge')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('alert.acknowledgeText')}</p>
      <ReasonBox
        field="note"
        label={t('alert.note')}
        optional
        errors={form.errors}
        autoFocus
        max={NOTE_LONGEST}
        value={note}
        onChange={(next) => {
          setNote(next);
          form.changed('note');
        }}
      />
    </DialogForm>
  );
}
