import { useTranslation } from 'react-i18next';
import type { ServiceFieldType } from '../../../graphql/enums';

export type ShownField = {
  key: string;
  label: string;
  type: ServiceFieldType;
  required: boolean;
  minimum: number | null;
  maximum: number | null;
  lengthMaximum: number | null;
  choices: readonly { value: string; label: string }[];
};

/** What a request for a service is asked: the fields of its definition. */
export function FieldTable({ fields }: { fields: readonly ShownField[] }) {
  const { t } = useTranslation();
  return (
    <table className="jy-small-table">
      <thead>
        <tr>
          <th scope="col">{t('catalog.field')}</th>
          <th scope="col">{t('catalog.fieldType')}</th>
          <th scope="col">{t('catalog.limits')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.key}>
            <th scope="row">
              {field.label}
              {!field.required && <span className="jy-quiet-text"> {t('form.optional')}</span>}
            </th>
            <td>{t(`catalog.fieldTypes.${field.type}`)}</td>
            <td>
              {[
                field.choices.map((choice) => choice.label).join(' / '),
                field.minimum === null && field.maximum === null
                  ? ''
                  : `${field.minimum ?? ''} – ${field.maximum ?? ''}`,
                field.lengthMaximum === null ? '' : t('catalog.lengthMaximum', { count: field.lengthMaximum }),
              ]
                .filter(Boolean)
                .join(' ') || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
