import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ReviewLineMutation } from '../life.gql';

/** The API's own limit of a word. */
const NOTE_LONGEST = 500;

type Props = { line: { lineId: string; name: string; version: number }; onClose: () => void };

/** The yearly review of a line of servers, places or services: all of it is still needed. */
export function ReviewLineDialog({ line, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [note, setNote] = useState('');
  const { send, busy } = useOutcome(ReviewLineMutation);
  const submit = async () => {
    const { lineId, version: expectedVersion } = line;
    const { data, errors } = await send({ lineId, expectedVersion, note: note.trim() || null });
    if (!data) return form.refuse(errors);
    notice(t('life.lineReviewDone', { name: line.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('life.lineReviewTitle', { name: line.name })}
      submit={t('life.reviewPress')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('life.lineReviewText')}</p>
      <ReasonBox
        field="note"
        label={t('life.note')}
        optional
        errors={form.errors}
        rows={2}
        showCount
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
