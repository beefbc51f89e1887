import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { OfferHandOverMutation, type RosterData, type Shift } from '../alerts.gql';

const NOTE_LONGEST = 500;

type Props = { shift: Shift; people: RosterData['dutyRoster']['candidates']; onClose: () => void };

/** 交班: until the other has taken it, the shift is the giver's. */
export function OfferDialog({ shift, people, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const { send, busy } = useOutcome(OfferHandOverMutation);
  const submit = async () => {
    if (!to) return form.refuse([{ field: 'toUserId', message: t('duty.toMissing') }]);
    if (!note.trim()) return form.refuse([{ field: 'note', message: t('duty.noteMissing') }]);
    const { data, errors } = await send({
      id: shift.id,
      expectedVersion: shift.version,
      toUserId: to,
      note: note.trim(),
    });
    if (!data) return form.refuse(errors);
    notice(t('duty.offered'));
    onClose();
  };
  return (
    <DialogForm
      title={t('duty.offer')}
      submit={t('duty.offer')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('duty.offerText')}</p>
      <ChoiceBox
        field="toUserId"
        label={t('duty.to')}
        errors={form.errors}
        value={to}
        options={[
          { value: '', label: t('duty.choose') },
          ...people
            .filter(({ name }) => name !== shift.person)
            .map(({ name, reachable, userId }) => ({
              value: userId,
              label: reachable ? name : t('duty.unreachable', { name }),
            })),
        ]}
        onChange={(next) => {
          setTo(next);
          form.changed('toUserId');
        }}
      />
      <ReasonBox
        field="note"
        label={t('duty.note')}
        errors={form.errors}
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
