import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { yuanOfFen } from '../../../lib/money';
import type { UploadedFile } from '../../../lib/upload-file';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox, ReasonBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { shareText, today } from '../components/spend-words';
import { DeductionPreviewQuery, RecordDeductionMutation } from '../spend.gql';
import { DateBox } from './amounts';
import { EvidenceField } from './EvidenceField';

const NOTE_LONGEST = 300;
const MONTH = /^\d{4}-\d{2}$/;

/** 考核扣减: minutes that the provider's service was down; what they cost is reckoned while one types. */
export function DeductionDialog({ contractId, onClose }: { contractId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(RecordDeductionMutation);
  const form = useFormErrors();
  const [month, setMonth] = useState('');
  const [minutes, setMinutes] = useState({ downMinutes: 0, excusedMinutes: 0 });
  const [note, setNote] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [{ data }] = useQuery({
    query: DeductionPreviewQuery,
    variables: { contractId, month, ...minutes },
    pause: !MONTH.test(month) || minutes.downMinutes === 0,
  });
  const preview = data?.previewDeduction;
  const submit = async () => {
    const wrong: FormError[] = [];
    if (!MONTH.test(month)) wrong.push({ field: 'month', message: t('entry.monthMissing') });
    if (files.length === 0) wrong.push({ field: 'fileIds', message: t('entry.fileMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const fileIds = files.map(({ id }) => id);
    const answer = await send({ contractId, month, ...minutes, note, fileIds, onDate: today() });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('entry.entered'));
    onClose();
  };
  return (
    <DialogForm
      title={t('entry.deduct')}
      submit={t('entry.deduct')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <DateBox
        type="month"
        field="month"
        label={t('entry.month')}
        errors={form.errors}
        value={month}
        onChange={(value) => {
          setMonth(value);
          form.changed('month');
        }}
      />
      {(['downMinutes', 'excusedMinutes'] as const).map((field) => (
        <NumberBox
          key={field}
          field={field}
          label={t(`entry.${field}`)}
          errors={form.errors}
          value={minutes[field]}
          onChange={(value) => {
            setMinutes((now) => ({ ...now, [field]: value ?? 0 }));
            form.changed(field);
          }}
        />
      ))}
      <p role="status" className="jy-quiet-text">
        {preview?.assessment
          ? t('entry.preview', {
              fee: yuanOfFen(preview.assessment.fee),
              availability: shareText(preview.assessment.availability),
              share: shareText(preview.assessment.share),
              deduction: yuanOfFen(preview.assessment.deduction),
            })
          : preview?.errors.map(({ message }) => message).join(' ')}
      </p>
      <EvidenceField form={form} files={files} onChange={setFiles} />
      <ReasonBox
        field="note"
        label={t('spend.note')}
        errors={form.errors}
        optional
        max={NOTE_LONGEST}
        value={note}
        onChange={setNote}
      />
    </DialogForm>
  );
}
