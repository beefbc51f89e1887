import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoLiveEntryKind } from '../../../graphql/enums';
import { exactTime } from '../../../lib/time';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { RecordTrialMutation } from '../acts.gql';
import { OpinionField } from './OpinionField';

const TEXT_LONGEST = 1_000;

type Props = { golive: { id: string; version: number; begunOn: string }; onClose: () => void };

export function RecordDialog({ golive, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const today = exactTime(new Date().toISOString()).slice(0, 10);
  const [kind, setKind] = useState<GoLiveEntryKind>('RECORD');
  const [day, setDay] = useState(today);
  const [text, setText] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useOutcome(RecordTrialMutation);
  const submit = async () => {
    if (!text.trim()) return form.refuse([{ field: 'text', message: t('goLive.textMissing') }]);
    const { data, errors } = await send({
      id: golive.id,
      expectedVersion: golive.version,
      kind,
      day,
      text: text.trim(),
      fileIds: files.map((file) => file.id),
    });
    if (!data) return form.refuse(errors);
    notice(t('goLive.written'));
    onClose();
  };
  return (
    <DialogForm
      title={t('goLive.write')}
      submit={t('goLive.write')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="kind" label={t('goLive.kind')} hint={t('goLive.kindHint')} errors={form.errors}>
        {({ id }) => (
          <Radio.Group
            id={id}
            aria-label={t('goLive.kind')}
            value={kind}
            onChange={(event) => setKind(event.target.value as GoLiveEntryKind)}
            options={(['RECORD', 'INCIDENT'] as const).map((value) => ({ value, label: t(`goLive.entry.${value}`) }))}
          />
        )}
      </Field>
      <Field field="day" label={t('goLive.day')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={golive.begunOn}
            max={today}
            value={day}
            onChange={(event) => {
              setDay(event.target.value);
              form.changed('day');
            }}
          />
        )}
      </Field>
      <OpinionField
        field="text"
        label={t(kind === 'INCIDENT' ? 'goLive.incidentText' : 'goLive.recordText')}
        longest={TEXT_LONGEST}
        form={form}
        value={text}
        onChange={setText}
      />
      <Field field="fileIds" label={t('reclaim.files')} errors={form.errors} optional>
        {(control) => <FileField control={control} files={files} onChange={setFiles} />}
      </Field>
    </DialogForm>
  );
}
