import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { AssetRow } from '../components/asset-columns';
import { today } from '../components/spend-words';
import { DisposeAssetMutation } from '../contract-life.gql';
import { DateBox, YuanBox } from './amounts';

const LONGEST = { document: 120, reason: 300 } as const;

/** 报废: the day, the document that allows it, and what was got for it; it holds once another person has confirmed it. */
export function DisposalDialog({ asset, onClose }: { asset: AssetRow; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(DisposeAssetMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({ disposedOn: today(), proceeds: '', document: '', reason: '' });
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field);
  };
  const submit = async () => {
    const { disposedOn, document, reason } = facts;
    const proceeds = fenOfYuan(facts.proceeds || '0');
    const wrong: FormError[] = [];
    if (!disposedOn) wrong.push({ field: 'disposedOn', message: t('spend.dateMissing') });
    if (proceeds === null) wrong.push({ field: 'proceeds', message: t('spend.amountWrong') });
    if (!document.trim()) wrong.push({ field: 'document', message: t('contract.required') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('entry.reasonMissing') });
    if (proceeds === null || wrong.length > 0) return form.refuse(wrong);
    const answer = await send({ assetId: asset.id, disposedOn, document, reason, proceeds });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('asset.disposeEntered'));
    onClose();
  };
  const { errors } = form;
  return (
    <DialogForm
      title={t('asset.disposeOf', { name: asset.name })}
      submit={t('asset.dispose')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-hint">{t('asset.disposeLead')}</p>
      <DateBox
        field="disposedOn"
        label={t('asset.disposedOn')}
        errors={errors}
        value={facts.disposedOn}
        onChange={put('disposedOn')}
      />
      <TextBox
        field="document"
        label={t('asset.document')}
        errors={errors}
        max={LONGEST.document}
        value={facts.document}
        onChange={put('document')}
      />
      <YuanBox
        field="proceeds"
        label={t('asset.proceeds')}
        hint={t('asset.proceedsHint')}
        errors={errors}
        optional
        value={facts.proceeds}
        onChange={put('proceeds')}
      />
      <ReasonBox
        field="reason"
        label={t('asset.disposeReason')}
        errors={errors}
        max={LONGEST.reason}
        value={facts.reason}
        onChange={put('reason')}
      />
    </DialogForm>
  );
}
