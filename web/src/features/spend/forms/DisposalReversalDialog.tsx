import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { AssetRow } from '../components/asset-columns';
import { ReverseDisposalMutation } from '../contract-life.gql';

const LONGEST = { document: 120, reason: 300 } as const;

type Props = { asset: AssetRow; onClose: () => void };

/** 冲销报废: by which document, and why; the disposal stays as it was, and counts no more once another person has confirmed this. */
export function DisposalReversalDialog({ asset, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ReverseDisposalMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({ document: '', reason: '' });
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field);
  };
  const submit = async () => {
    const { document, reason } = facts;
    const wrong: FormError[] = [];
    if (!document.trim()) wrong.push({ field: 'document', message: t('contract.required') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('entry.reasonMissing') });
    if (!asset.disposal || wrong.length > 0) return form.refuse(wrong);
    const answer = await send({ id: asset.disposal.id, document, reason });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('asset.reversalEntered'));
    onClose();
  };
  const { errors } = form;
  return (
    <DialogForm
      title={t('asset.reverseOf', { name: asset.name })}
      submit={t('asset.reverse')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-hint">{t('asset.reverseLead')}</p>
      <TextBox
        field="document"
        label={t('asset.document')}
        errors={errors}
        max={LONGEST.document}
        value={facts.document}
        onChange={put('document')}
      />
      <ReasonBox
        field="reason"
        label={t('asset.reverseReason')}
        errors={errors}
        max={LONGEST.reason}
        value={facts.reason}
        onChange={put('reason')}
      />
    </DialogForm>
  );
}
