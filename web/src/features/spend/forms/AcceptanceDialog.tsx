import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UploadedFile } from '../../../lib/upload-file';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { today } from '../components/spend-words';
import { RecordAcceptanceMutation } from '../spend.gql';
import { DateBox, positiveFen, YuanBox } from './amounts';
import { EvidenceField } from './EvidenceField';

const NOTE_LONGEST = 300;

/** 验收: how much of the contract was delivered as agreed, with what was signed. */
export function AcceptanceDialog({ contractId, onClose }: { contractId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(RecordAcceptanceMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({ amount: '', onDate: today(), note: '' });
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field);
  };
  const submit = async () => {
    const amount = positiveFen(facts.amount);
    const wrong: FormError[] = [];
    if (amount === null) wrong.push({ field: 'amount', message: t('spend.amountWrong') });
    if (!facts.onDate) wrong.push({ field: 'onDate', message: t('spend.dateMissing') });
    if (files.length === 0) wrong.push({ field: 'fileIds', message: t('entry.fileMissing') });
    if (amount === null || wrong.length > 0) return form.refuse(wrong);
    const answer = await send({ ...facts, contractId, amount, fileIds: files.map(({ id }) => id) });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('entry.entered'));
    onClose();
  };
  return (
    <DialogForm
      title={t('entry.accept')}
      submit={t('entry.accept')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <YuanBox
        field="amount"
        label={t('spend.amount')}
        errors={form.errors}
        value={facts.amount}
        onChange={put('amount')}
      />
      <DateBox
        field="onDate"
        label={t('spend.onDate')}
        errors={form.errors}
        value={facts.onDate}
        onChange={put('onDate')}
      />
      <EvidenceField form={form} files={files} onChange={setFiles} />
      <ReasonBox
        field="note"
        label={t('spend.note')}
        errors={form.errors}
        optional
        max={NOTE_LONGEST}
        value={facts.note}
        onChange={put('note')}
      />
    </DialogForm>
  );
}
