import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupResult } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { RecordBackupRunMutation } from '../backups.gql';
import { momentOf, textOfMoment } from './moments';

const results: readonly BackupResult[] = ['SUCCEEDED', 'FAILED'];
const NOTE_LONGEST = 300;
const MIB_PER_GIB = 1024;

/** What became of one copy, where no platform tells it. */
export function BackupRunDialog({ backup, onClose }: { backup: { id: string }; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [endedAt, setEndedAt] = useState(() => textOfMoment(new Date().toISOString()));
  const [result, setResult] = useState<BackupResult>('SUCCEEDED');
  const [gib, setGib] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const { send, busy } = useOutcome(RecordBackupRunMutation);
  const submit = async () => {
    const at = momentOf(endedAt);
    if (!at) return form.refuse([{ field: 'endedAt', message: t('backup.endedAtNeeded') }]);
    const sizeMib = gib === null ? null : Math.round(gib * MIB_PER_GIB);
    const answer = await send({ id: backup.id, endedAt: at, result, sizeMib, note: note.trim() || null });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('backup.recorded'));
    onClose();
  };
  return (
    <DialogForm
      title={t('backup.action.RECORD')}
      submit={t('backup.record')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-fields-row">
        <Field field="endedAt" label={t('backup.endedAt')} errors={form.errors}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={endedAt}
              onChange={(event) => {
                setEndedAt(event.target.value);
                form.changed('endedAt');
              }}
            />
          )}
        </Field>
        <ChoiceBox
          field="result"
          label={t('backup.resultTitle')}
          errors={form.errors}
          value={result}
          options={results.map((value) => ({ value, label: t(`backup.result.${value}`) }))}
          onChange={setResult}
        />
        <NumberBox
          field="sizeMib"
          label={t('backup.size')}
          errors={form.errors}
          optional
          decimals
          suffix="GiB"
          value={gib}
          onChange={setGib}
        />
      </div>
      <TextBox
        field="note"
        label={t('backup.note')}
        errors={form.errors}
        optional={result === 'SUCCEEDED'}
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
