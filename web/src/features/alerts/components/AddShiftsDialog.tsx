import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AddDutyShiftsMutation, type RosterData } from '../alerts.gql';
import { readRoster } from '../roster-table';

const TEXT_LONGEST = 100_000;
const ROLES = ['ENGINEER', 'BACKUP', 'LEADER'] as const;

/** 排班: pasted from a spreadsheet, all lines or none; what is wrong is said line by line. */
export function AddShiftsDialog({ data, onClose }: { data: RosterData; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const { send, busy } = useOutcome(AddDutyShiftsMutation);
  const known = {
    centers: data.centers,
    people: data.dutyRoster.candidates,
    roles: ROLES.map((role) => ({ role, words: [t(`duty.role.${role}`), role] })),
  };
  const submit = async () => {
    const { faults, lines, rows } = readRoster(text, known);
    if (faults.length > 0)
      return form.refuse([
        {
          field: 'text',
          message: faults
            .map(({ line, what }) => t('duty.fault', { line, what: t(`duty.faults.${what}`) }))
            .join(t('dr.semicolon')),
        },
      ]);
    if (rows.length === 0) return form.refuse([{ field: 'text', message: t('duty.nothingPasted') }]);
    const { data: done, errors } = await send({ rows });
    if (!done)
      return form.refuse(
        errors.map(({ field, message }) => {
          // Of a head and of empty lines the server knows nothing.
          const line = lines[Number(/^rows\.(\d+)\./.exec(field)?.[1])];
          return { field: 'text', message: line === undefined ? message : t('duty.fault', { line, what: message }) };
        }),
      );
    notice(t('duty.added', { n: rows.length }));
    onClose();
  };
  return (
    <DialogForm
      title={t('duty.add')}
      submit={t('duty.add')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('duty.addText')}</p>
      <p className="jy-quiet-text">
        {t('duty.addExample', {
          center: data.centers[0]?.name ?? '',
          role: t('duty.role.ENGINEER'),
          person: known.people[0]?.name ?? '',
        })}
      </p>
      <ReasonBox
        field="text"
        label={t('duty.pasted')}
        errors={form.errors}
        autoFocus
        rows={10}
        max={TEXT_LONGEST}
        value={text}
        onChange={(next) => {
          setText(next);
          form.changed('text');
        }}
      />
    </DialogForm>
  );
}
