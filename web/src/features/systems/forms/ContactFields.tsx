import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import type { ContactDraft } from './system-draft';

const fields = ['role', 'name', 'phone'] as const;

type Props = {
  contact: ContactDraft;
  number: number;
  errors: readonly FormError[];
  onChange: (contact: ContactDraft) => void;
  onRemove: () => void;
};

export function ContactFields({ contact, number, errors, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="jy-line-fields">
      <legend>{t('system.contactNumber', { number: number + 1 })}</legend>
      <div className="jy-line-tools">
        <Button
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('system.removeContact', { number: number + 1 })}
          onClick={onRemove}
        />
      </div>
      <div className="jy-fields-row">
        {fields.map((field) => (
          <Field key={field} field={`contacts.${number}.${field}`} label={t(`system.contact.${field}`)} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type={field === 'phone' ? 'tel' : 'text'}
                autoComplete="off"
                maxLength={40}
                value={contact[field]}
                onChange={(event) => onChange({ ...contact, [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
