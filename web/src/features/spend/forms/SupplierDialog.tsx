import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CreateSupplierMutation } from '../spend.gql';

const LONGEST = { name: 160, creditCode: 18, contact: 60, phone: 40 } as const;
const fields = ['name', 'creditCode', 'contact', 'phone'] as const;

export function SupplierDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(CreateSupplierMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({ name: '', creditCode: '', contact: '', phone: '' });
  const submit = async () => {
    const answer = await send(facts);
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('supplier.created', { name: facts.name }));
    onClose();
  };
  return (
    <DialogForm
      title={t('supplier.create')}
      submit={t('supplier.create')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {fields.map((field) => (
        <TextBox
          key={field}
          field={field}
          label={t(`supplier.${field}`)}
          hint={field === 'creditCode' ? t('supplier.creditCodeHint') : undefined}
          errors={form.errors}
          optional={field === 'contact' || field === 'phone'}
          max={LONGEST[field]}
          value={facts[field]}
          onChange={(value) => {
            setFacts((now) => ({ ...now, [field]: value }));
            form.changed(field);
          }}
        />
      ))}
    </DialogForm>
  );
}
