import { useTranslation } from 'react-i18next';
import type { CatalogRow } from './catalog-rows';

/** What a request for the service is asked: the fields of its definition. */
export function ServiceForm({ service }: { service: NonNullable<CatalogRow['service']> }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="jy-quiet-text">
        {t('catalog.definitionNumber', { number: service.number })} ·{' '}
        {t('catalog.quantityMaximum', { count: service.quantityMaximum, unit: service.unit })}
      </p>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('catalog.field')}</th>
            <th scope="col">{t('catalog.fieldType')}</th>
            <th scope="col">{t('catalog.limits')}</th>
          </tr>
        </thead>
        <tbody>
          {service.fields.map((field) => (
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
    </>
  );
}
