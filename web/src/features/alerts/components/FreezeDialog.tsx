import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shanghaiIso } from '../../../lib/time';
import { ChipFilter } from '../../../ui/FilterBar';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { MomentBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { SetFreezeMutation } from '../alerts.gql';

const LONGEST = { title: 100, reason: 500 };

type Props = { centers: readonly { id: string; name: string }[]; onClose: () => void };

/** 设定封网: from when to when, in which centers, and why. */
export function FreezeDialog({ centers, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [words, setWords] = useState({ title: '', reason: '', from: '', to: '' });
  const [centerIds, setCenterIds] = useState<string[]>([]);
  const { send, busy } = useOutcome(SetFreezeMutation);
  const put = (field: keyof typeof words) => (value: string) => {
    setWords({ ...words, [field]: value });
    form.changed(field, `${field}At`);
  };
  const submit = async () => {
    const [from, to] = [shanghaiIso(words.from), shanghaiIso(words.to)];
    if (from === null) return form.refuse([{ field: 'fromAt', message: t('freeze.timeMissing') }]);
    if (to === null) return form.refuse([{ field: 'toAt', message: t('freeze.timeMissing') }]);
    const { data, errors } = await send({ title: words.title, reason: words.reason, from, to, centerIds });
    if (!data) return form.refuse(errors);
    notice(t('freeze.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('freeze.set')}
      submit={t('freeze.set')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('freeze.setText')}</p>
      <TextBox
        field="title"
        label={t('freeze.name')}
        errors={form.errors}
        max={LONGEST.title}
        value={words.title}
        onChange={put('title')}
      />
      <div className="jy-field-row">
        {(['from', 'to'] as const).map((field) => (
          <MomentBox
            key={field}
            field={`${field}At`}
            label={t(`freeze.${field}`)}
            errors={form.errors}
            value={words[field]}
            onChange={put(field)}
          />
        ))}
      </div>
      <ChipFilter
        label={t('freeze.centers')}
        options={centers.map(({ id, name }) => ({ value: id, text: name }))}
        value={centerIds}
        onChange={setCenterIds}
      />
      <p className="jy-quiet-text">{t('freeze.centersHint')}</p>
      <ReasonBox
        field="reason"
        label={t('freeze.reason')}
        errors={form.errors}
        max={LONGEST.reason}
        value={words.reason}
        onChange={put('reason')}
      />
    </DialogForm>
  );
}
