import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CreatePriceItemMutation } from '../prices.gql';

const fields = ['meter', 'nameZh', 'nameEn', 'unitZh', 'unitEn'] as const;

/** Something new that is counted and has a price: a class of servers, a service. */
export function CreateItemDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(CreatePriceItemMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [form, setForm] = useState({ meter: '', nameZh: '', nameEn: '', unitZh: '', unitEn: '' });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send({ ...form, meter: form.meter.trim() });
    if (!answer.data) return refuse(answer.errors);
    notice(t('price.created', { name: form.nameZh }));
    onClose();
  };

  return (
    <Dialog title={t('price.create')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        {fields.map((field) => (
          <Field
            key={field}
            field={field}
            label={t(`price.new.${field}`)}
            hint={field === 'meter' ? t('price.new.meterHint') : undefined}
            errors={errors}
          >
            {(control) => (
              <Input
                {...control}
                spellCheck={field !== 'meter'}
                maxLength={60}
                value={form[field]}
                onChange={(event) => {
                  setForm((now) => ({ ...now, [field]: event.target.value }));
                  changed(field);
                }}
              />
            )}
          </Field>
        ))}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('price.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
